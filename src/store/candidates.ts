/** The facts that the gates look at, as they are now, for many at once. */
import { sql } from "kysely";
import type { Schedule } from "../scheduling/definition/schedule.ts";
import type { Candidate } from "../scheduling/gates/candidate.ts";
import { inAudience } from "./audience.ts";
import { readFacts } from "./candidate-facts.ts";
import { type Around, timesOf, toCandidate } from "./candidate-of.ts";
import { listSchedules } from "./schedules.ts";
import type { Db, InvitationKind } from "./schema.ts";
import { readSettings } from "./settings.ts";

/** Whom and what a decision is about; an invitation, or one that may become one. Times: epoch ms. */
export interface Subject {
  readonly personId: string;
  readonly kind: InvitationKind;
  /** The invitation itself, which is no reason against itself. */
  readonly invitationId?: string | null;
  readonly surveyId?: string | null;
  /** Where they would be asked. */
  readonly connectionId?: string | null;
  readonly scheduleId?: string | null;
  /** Why, as its invitation has it. */
  readonly reasonKey?: string | null;
  readonly chatId?: string | null;
  readonly closing?: number | null;
  /** The slot of its schedule's daily cap that it has. */
  readonly slotAt?: number | null;
  /** From then on it asks about nothing. */
  readonly expiresAt?: number | null;
  /** They are here, or wished it for now: the hours do not matter. */
  readonly present?: boolean;
  /** Until when they do not want to be disturbed. */
  readonly quietUntil?: number | null;
}

/** One candidate for each subject, in their order; `undefined` for a person who is not there. */
export async function readCandidates(
  db: Db,
  workspaceId: number,
  subjects: readonly Subject[],
  now: Date,
): Promise<(Candidate | undefined)[]> {
  if (subjects.length === 0) return [];
  const settings = await readSettings(db, workspaceId);
  const used = new Set(subjects.map(({ scheduleId }) => scheduleId ?? null));
  const none = used.size === 1 && used.has(null);
  const all = none ? [] : await listSchedules(db, workspaceId);
  const schedules = new Map(all.filter(({ id }) => used.has(id)).map((each) => [each.id, each]));
  const misfits = await findMisfits(db, workspaceId, subjects, { schedules, now });
  const lastSlots = await readLastSlots(db, workspaceId, [...schedules.values()]);
  const fits = (scheduleId: string, personId: string) => !misfits.has(misfit(scheduleId, personId));
  const around: Around = {
    ...timesOf(settings, schedules.values()),
    ...{ schedules, fits, lastSlots, now },
  };
  const candidates = subjects.map((): Candidate | undefined => undefined);
  for (const facts of await readFacts(db, workspaceId, subjects, now)) {
    const subject = subjects[facts.n];
    if (subject !== undefined) candidates[facts.n] = toCandidate(subject, facts, around);
  }
  return candidates;
}

/** `schedule:person` of those who are not in the audience any more; a statement for each that says whom. */
async function findMisfits(
  db: Db,
  workspaceId: number,
  subjects: readonly Subject[],
  { schedules, now }: Pick<Around, "schedules" | "now">,
): Promise<ReadonlySet<string>> {
  const misfits = new Set<string>();
  for (const schedule of schedules.values()) {
    const { id } = schedule;
    const people = subjects.flatMap((each) => (each.scheduleId === id ? [each.personId] : []));
    for (const person of await misfitsOf(db, workspaceId, schedule, people, now))
      misfits.add(misfit(id, person));
  }
  return misfits;
}

function misfit(scheduleId: string, personId: string): string {
  return `${scheduleId}:${personId}`;
}

/** Of these rows of people those whose human is not in the audience of a schedule. */
export async function misfitsOf(
  db: Db,
  workspaceId: number,
  { definition: { audience } }: Schedule,
  people: readonly string[],
  now: Date,
): Promise<string[]> {
  if (people.length === 0 || Object.keys(audience).length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${[...people]}::uuid[])
      and not ${inAudience(workspaceId, audience, now, "p")}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The last slot that was given, of the schedules that have a daily cap. */
export async function readLastSlots(
  db: Db,
  workspaceId: number,
  schedules: readonly Schedule[],
): Promise<ReadonlyMap<string, number>> {
  const capped = schedules.filter(({ definition }) => definition.limits.perDay !== undefined);
  if (capped.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date }>`
    select s.id, last.slot_at as at
    from unnest(${capped.map(({ id }) => id)}::uuid[]) s (id)
    cross join lateral (
      select i.slot_at from invitations i
      where i.workspace_id = ${workspaceId} and i.schedule_id = s.id and i.slot_at is not null
      order by i.slot_at desc limit 1
    ) last`.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
}
