/** Everything that is kept about a human, for themselves. */
import { z } from "zod";
import type { Language } from "../locales/index.ts";
import { identitiesOf, rowsOfHuman } from "../store/identities-of.ts";
import { type OwnChoice, readOwnChoices } from "../store/own-choices.ts";
import { readOwnRows } from "../store/own-data.ts";
import type { Db } from "../store/schema.ts";
import { readWorkspace } from "../store/workspaces.ts";
import type { Wording } from "../surveys/survey.ts";

/** One answer of theirs, as a reader wants to see it. */
export interface OwnAnswer {
  readonly askedAt: string | null;
  readonly answeredAt: string;
  readonly metric: string | null;
  readonly score: number | null;
  readonly choice: string | null;
  readonly text: string | null;
  /** What the choice was called, where it is one of the survey's own. */
  readonly chosen?: Wording;
  /** In which language that is read by whoever speaks none of its own, where the survey says so. */
  readonly fallback?: Language;
}

/** `tables` is complete; the rest is what a summary in words is made of. Times are ISO 8601 in UTC. */
export interface OwnData {
  readonly format: "aftertalk-own-data-1";
  readonly madeAt: string;
  readonly workspace: string;
  readonly names: readonly string[];
  readonly emails: readonly string[];
  /** Where we know them from. */
  readonly platforms: readonly string[];
  readonly consent: "open" | "paused" | "never";
  readonly pausedUntil: string | null;
  /** When we first heard of them. */
  readonly since: string;
  /** How often they were asked. */
  readonly asked: number;
  /** Oldest first. */
  readonly answers: readonly OwnAnswer[];
  readonly chats: number;
  readonly cases: number;
  readonly quotes: number;
  /** Every personal column of every table that has something of theirs: docs/privacy.md. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

const time = z.string().transform((text) => new Date(text).toISOString());
const shapes = {
  people: z.object({
    name: z.string(),
    email: z.string().nullable(),
    consent: z.enum(["open", "paused", "never"]),
    paused_until: time.nullable(),
    created_at: time,
  }),
  answers: z.object({
    question: z.string(),
    asked_at: time.nullable(),
    answered_at: time,
    metric: z.string().nullable(),
    score: z.number().nullable(),
    choice: z.string().nullable(),
    text: z.string().nullable(),
  }),
  invitations: z.object({ asked_at: time.nullable() }),
} as const;

/** Reads it; `undefined` when there is no such person. `personId` is any row of the human. */
export async function readOwnData(
  db: Db,
  workspaceId: number,
  personId: string,
  now: Date,
): Promise<OwnData | undefined> {
  const people = await rowsOfHuman(db, workspaceId, personId);
  if (people.length === 0) return undefined;
  const tables = await readOwnRows(db, { workspaceId, people });
  const known = await identitiesOf(db, workspaceId, people);
  const rows = shapes.people.array().parse(tables.people ?? []);
  const asked = shapes.invitations.array().parse(tables.invitations ?? []);
  return {
    format: "aftertalk-own-data-1",
    madeAt: now.toISOString(),
    workspace: (await readWorkspace(db, workspaceId)).name,
    names: distinct(rows.map(({ name }) => name)),
    emails: distinct(rows.flatMap(({ email }) => email ?? [])),
    platforms: distinct(known.map(({ platform }) => platform)),
    ...strictest(rows),
    since: rows.map((row) => row.created_at).sort()[0] ?? now.toISOString(),
    asked: asked.filter((each) => each.asked_at !== null).length,
    answers: ownAnswers(tables.answers ?? [], await readOwnChoices(db, workspaceId, people)),
    chats: tables.chats?.length ?? 0,
    cases: tables.cases?.length ?? 0,
    quotes: tables.quotes?.length ?? 0,
    tables,
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

type PersonRow = z.infer<typeof shapes.people>;

/** What holds for the human: all rows say the same, else the strictest. */
function strictest(rows: readonly PersonRow[]): Pick<OwnData, "consent" | "pausedUntil"> {
  for (const consent of ["never", "paused"] as const) {
    const own = rows.filter((row) => row.consent === consent);
    const [pausedUntil = null] = own
      .map((row) => row.paused_until)
      .sort()
      .reverse();
    if (own.length > 0) return { consent, pausedUntil };
  }
  return { consent: "open", pausedUntil: null };
}

function ownAnswers(rows: readonly unknown[], choices: readonly OwnChoice[]): OwnAnswer[] {
  const keyOf = (question: string, answeredAt: string) => `${question} ${answeredAt}`;
  const words = new Map(
    choices.map((each) => [keyOf(each.question, each.answeredAt.toISOString()), each] as const),
  );
  return shapes.answers
    .array()
    .parse(rows)
    .map(({ asked_at: askedAt, answered_at: answeredAt, question, ...value }) => {
      const { wording: chosen, fallback } = words.get(keyOf(question, answeredAt)) ?? {};
      const called = { ...(chosen && { chosen }), ...(fallback && { fallback }) };
      return { askedAt, answeredAt, ...value, ...called };
    })
    .sort((a, b) => a.answeredAt.localeCompare(b.answeredAt));
}
