/** What a workspace has set for itself, kept as JSON with the workspace; what it has not has defaults. */
import { z } from "zod";
import { audit } from "./audit.ts";
import { keepPromise } from "./promises.ts";
import type { Db } from "./schema.ts";
import {
  channel,
  clockTime,
  date,
  days,
  holidays,
  points,
  targets,
  timeZone,
  weekday,
  weekdays,
} from "./settings-fields.ts";

/** Each part is filled up by itself: what is set later is added without a migration. */
const settings = z.object({
  /** Where the workspace is; kept beside the others, because queries use it. */
  timeZone: timeZone.default("UTC"),
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
      days: weekdays.default([1, 2, 3, 4, 5]),
      from: clockTime.default("09:00"),
      to: clockTime.default("17:00"),
      /** Days on which nobody works and nobody is asked: `YYYY-MM-DD`, or `MM-DD` of every year. */
      holidays: holidays.default([]),
    })
    .refine(({ from, to }) => from < to, { error: "the working day ends after it begins" })
    .prefault({}),
  /** When people are asked, by their own clocks. */
  asking: z
    .object({
      days: weekdays.default([1, 2, 3, 4, 5]),
      from: clockTime.default("09:00"),
      to: clockTime.default("17:00"),
      /** True: nobody is asked anything until it is false again; what waits stays. */
      stopped: z.boolean().default(false),
    })
    .refine(({ from, to }) => from < to, { error: "the hours end after they begin" })
    .prefault({}),
  digest: z
    .object({
      on: z.boolean().default(true),
      /** 1 (Monday) to 7, and a time, in the workspace's time zone. */
      day: weekday.default(1),
      time: clockTime.default("09:00"),
      /** Where instead of the leads' channel: `platform:channelId`. */
      channel: channel.nullable().default(null),
    })
    .prefault({}),
  churn: z
    .object({
      /** Whoever has fewer than three activities is silent after so many days. */
      silentDays: days.default(60),
      /** Points of each reason, where the back-test gave others than the usual ones. */
      points: points.nullable().default(null),
      /** When a back-test passed: from then on it may be called risk. `YYYY-MM-DD`. */
      provenOn: date.nullable().default(null),
    })
    .prefault({}),
  /** Where a score should be, in its own unit; null: nowhere. */
  targets: z.object(targets).prefault({}),
  /** A change that is beyond chance is told to the leads by itself. */
  alerts: z.object({ on: z.boolean().default(true) }).prefault({}),
  /** What was promised about first replies. */
  firstReply: z
    .object({
      withinMinutes: z
        .number()
        .int()
        .min(1)
        .max(60 * 24 * 30)
        .default(240),
      /** The clock that counts: working hours only, or every hour. */
      clock: z.enum(["working", "calendar"]).default("working"),
    })
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
  /** Who may do what, beside the roles. */
  agents: z
    .object({
      /** True: agents see single scores and comments of their own chats, not only figures. */
      singleScores: z.boolean().default(false),
    })
    .prefault({}),
  approval: z
    .object({
      /** True: what makes us ask more people, others or otherwise waits until a second admin agrees. */
      secondPerson: z.boolean().default(false),
    })
    .prefault({}),
  accounts: z
    .object({
      /** People with a verified address at a company's domain belong to its account. */
      byEmailDomain: z.boolean().default(false),
    })
    .prefault({}),
});

/** The shape of all settings, part by part. */
export const settingsSchema = settings;

export type WorkspaceSettings = z.infer<typeof settings>;

/** The settings with nothing set. */
export const defaultSettings: WorkspaceSettings = settings.parse({});

/** Checks and fills up what is to be set; throws a ZodError whose paths name the wrong fields. */
function checkSettings(wanted: unknown): WorkspaceSettings {
  return settings.parse(wanted);
}

/** The settings of a workspace; what this program does not understand has its default. */
export async function readSettings(db: Db, workspaceId: number): Promise<WorkspaceSettings> {
  const row = await db
    .selectFrom("workspaces")
    .select(["settings", "time_zone"])
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const parsed = settings.safeParse(row.settings);
  return { ...(parsed.success ? parsed.data : defaultSettings), timeZone: row.time_zone };
}

/** What is to be set: parts of the settings, and only those fields that change. */
export type SettingsChange = {
  readonly [K in keyof WorkspaceSettings]?: WorkspaceSettings[K] extends object
    ? Partial<WorkspaceSettings[K]>
    : WorkspaceSettings[K];
};

/**
 * Changes some settings of a workspace and notes who did, with what was there before. Returns what
 * holds from now on. Throws a ZodError whose paths name the wrong fields. Call inside a transaction.
 */
export async function changeSettings(
  db: Db,
  workspaceId: number,
  change: SettingsChange,
  by: { readonly actor: string; readonly at: Date; readonly origin?: string },
): Promise<WorkspaceSettings> {
  const row = await db
    .selectFrom("workspaces")
    .select("settings")
    .where("id", "=", workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const before = await readSettings(db, workspaceId);
  const wanted = merge(z.record(z.string(), z.unknown()).catch({}).parse(row.settings), change);
  const after = { ...checkSettings(wanted), timeZone: change.timeZone ?? before.timeZone };
  const { timeZone: _, ...kept } = wanted;
  await db
    .updateTable("workspaces")
    .set({ settings: JSON.stringify(kept), time_zone: after.timeZone })
    .where("id", "=", workspaceId)
    .execute();
  if (after.promise !== before.promise) await keepPromise(db, workspaceId, after.promise);
  const details = differences(before, after);
  if (Object.keys(details).length > 0) {
    await audit(db, workspaceId, by.at, {
      ...{ actor: by.actor, action: "settings", details, origin: by.origin },
    });
  }
  return after;
}

type Fields = Record<string, unknown>;

/** The settings that {@link flatten} made these of. Throws a ZodError whose paths name the wrong fields. */
export function settingsFrom(values: Readonly<Fields>): WorkspaceSettings {
  return checkSettings(settingsChange(values));
}

/** A change by the names of settings with dots, as {@link flatten} gives them. */
export function settingsChange(values: Readonly<Fields>): SettingsChange {
  const change: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const [part = "", field] = name.split(".");
    const before = change[part];
    change[part] =
      field === undefined ? value : { ...(isFields(before) ? before : {}), [field]: value };
  }
  return change;
}

/** Only what is set is kept: what is not has the default of the program that reads it. */
function merge(there: Fields, change: Fields): Fields {
  const merged = { ...there };
  for (const [name, value] of Object.entries(change)) {
    const before = merged[name];
    merged[name] = isFields(before) && isFields(value) ? { ...before, ...value } : value;
  }
  return merged;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** By the names that an operator types: `retention.textsDays`. */
function differences(
  before: Fields,
  after: Fields,
): Record<string, { from: unknown; to: unknown }> {
  const old = flatten(before);
  return Object.fromEntries(
    Object.entries(flatten(after))
      .filter(([name, to]) => JSON.stringify(old[name]) !== JSON.stringify(to))
      .map(([name, to]) => [name, { from: old[name], to }]),
  );
}

/** The settings by their names with dots: `hours.from`. A setting is a field of a part, or a part. */
export function flatten(settings: Fields): Fields {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]): [string, unknown][] =>
      isFields(value)
        ? Object.entries(value).map(([inner, each]) => [`${name}.${inner}`, each])
        : [[name, value]],
    ),
  );
}
