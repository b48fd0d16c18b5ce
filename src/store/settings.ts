/** What a workspace has set for itself, kept as JSON with the workspace; what it has not has defaults. */
import { z } from "zod";
import type { Db } from "./schema.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const days = z.number().int().positive().max(36_500);

/** Each part is filled up by itself: what is set later is added without a migration. */
const settings = z.object({
  /** After so many days it is gone; numbers stay (docs/privacy.md). */
  retention: z
    .object({
      /** What people wrote: comments, and words in cases. */
      textsDays: days.default(180),
      answersDays: days.default(3 * 365),
      /** Ids of events: no platform redelivers after 24 hours. */
      inboxHours: z
        .number()
        .int()
        .min(24)
        .max(30 * 24)
        .default(72),
      deliveriesDays: z.number().int().min(3).max(30).default(30),
    })
    .prefault({}),
  /** What people are told about who reads their answers. */
  promise: z.enum(["named", "totals"]).default("named"),
  /** When somebody works here, in the workspace's time zone; days are 1 (Monday) to 7. */
  hours: z
    .object({
      days: z.array(z.number().int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5]),
      from: clockTime.default("09:00"),
      to: clockTime.default("17:00"),
    })
    .refine(({ from, to }) => from < to, { error: "the working day ends after it begins" })
    .prefault({}),
  cases: z
    .object({
      /** Working days until somebody has to have replied. */
      replyWithinDays: z.number().positive().max(30).default(1),
      /** Whom an overdue case goes to. */
      escalateTo: z.enum(["lead", "admin"]).default("admin"),
      recoveryAfterDays: days.default(14),
    })
    .prefault({}),
  accounts: z
    .object({
      /** People with a verified address at a company's domain belong to its account. */
      byEmailDomain: z.boolean().default(false),
    })
    .prefault({}),
});

export type WorkspaceSettings = z.infer<typeof settings>;

/** The settings with nothing set. */
export const defaultSettings: WorkspaceSettings = settings.parse({});

/** Checks and fills up what is to be set; throws a ZodError whose paths name the wrong fields. */
export function checkSettings(wanted: unknown): WorkspaceSettings {
  return settings.parse(wanted);
}

/** The settings of a workspace; what this program does not understand has its default. */
export async function readSettings(db: Db, workspaceId: number): Promise<WorkspaceSettings> {
  const row = await db
    .selectFrom("workspaces")
    .select("settings")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const parsed = settings.safeParse(row.settings);
  return parsed.success ? parsed.data : defaultSettings;
}
