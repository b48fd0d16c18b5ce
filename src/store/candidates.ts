/** The facts that the gates look at, as they are now, for many at once. */
import { sql } from "kysely";
import { rulesOf } from "../scheduling/definition/kind-rules.ts";
import { durationMs, type Schedule } from "../scheduling/definition/schedule.ts";
import { hoursOf } from "../scheduling/definition/timing.ts";
import type { WorkingHours } from "../scheduling/gates/calendar.ts";
import type { Candidate } from "../scheduling/gates/candidate.ts";
import { CHAT_VALID_MS } from "../scheduling/gates/gates.ts";
import { firstTimeZone, narrowedTo } from "../scheduling/gates/hours.ts";
import { drawOf } from "../scheduling/gates/sample.ts";
import { inAudience } from "./audience.ts";
import { type Facts, readFacts } from "./candidate-facts.ts";
import { listSchedules } from "./schedules.ts";
import type { Consent, Db, InvitationKind } from "./schema.ts";
import { readSettings, type WorkspaceSettings } from "./settings.ts";

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

/** What is taken instead of what is kept, to look ahead as if it was so. */
export interface Supposed {
  readonly settings: WorkspaceSettings;
  /** All that are on. */
  readonly schedules: readonly Schedule[];
  /** Whether a survey is asked in questions of a kind, by its id. */
  readonly isAsked: (surveyId: string, kind: InvitationKind) => boolean;
}

/** One candidate for each subject, in their order; `undefined` for a person who is not there. */
export async function readCandidates(
  db: Db,
  workspaceId: number,
  subjects: readonly Subject[],
  now: Date,
  supposed?: Supposed,
): Promise<(Candidate | undefined)[]> {
  if (subjects.length === 0) return [];
  const settings = supposed?.settings ?? (await readSettings(db, workspaceId));
  const { timeZone } = settings;
  const { stopped, days, from, to } = settings.asking;
  const hours = { days, from, to, holidays: settings.hours.holidays };
  const used = new Set(subjects.map(({ scheduleId }) => scheduleId ?? null));
  const none = used.size === 1 && used.has(null);
  const all = none ? [] : (supposed?.schedules ?? (await listSchedules(db, workspaceId)));
  const schedules = new Map(all.filter(({ id }) => used.has(id)).map((each) => [each.id, each]));
  const misfits = await findMisfits(db, workspaceId, subjects, { schedules, now });
  const lastSlots = await readLastSlots(db, workspaceId, [...schedules.values()]);
  const ownHours = ownHoursOf(schedules.values(), hours);
  const isAsked = supposed?.isAsked;
  const around = {
    ...{ stopped, hours, ownHours, timeZone, schedules, misfits, lastSlots, now, isAsked },
  };
  const candidates = subjects.map((): Candidate | undefined => undefined);
  for (const facts of await readFacts(db, workspaceId, subjects, now)) {
    const subject = subjects[facts.n];
    if (subject !== undefined) candidates[facts.n] = toCandidate(subject, facts, around);
  }
  return candidates;
}

interface Around {
  readonly stopped: boolean;
  readonly hours: WorkingHours;
  /** Of the schedules that have some; by id. */
  readonly ownHours: ReadonlyMap<string, WorkingHours>;
  readonly timeZone: string;
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** `schedule:person` of those who are not in its audience. */
  readonly misfits: ReadonlySet<string>;
  readonly lastSlots: ReadonlyMap<string, number>;
  readonly now: Date;
  /** Undefined: as they are. */
  readonly isAsked: Supposed["isAsked"] | undefined;
}

function toCandidate(subject: Subject, facts: Facts, around: Around): Candidate {
  const { kind, scheduleId = null, surveyId = null } = subject;
  const schedule = scheduleId === null ? undefined : around.schedules.get(scheduleId);
  const limits = schedule?.definition.limits;
  const rules = rulesOf(kind);
  const anyHour =
    kind === "manual" || limits?.anyHour === true || facts.rehearsal || subject.present === true;
  const timeZone = firstTimeZone(facts.zones, around.timeZone);
  return {
    humanId: facts.human_id,
    kind,
    stopped: around.stopped,
    person: {
      role: facts.role ?? "customer",
      bot: facts.bot,
      test: facts.test,
      consent: consentOf(facts),
      pausedUntil: facts.paused_until?.getTime() ?? null,
      left: facts.has_left,
      known: facts.known,
    },
    surveyOn:
      surveyId === null ? facts.survey_on : (around.isAsked?.(surveyId, kind) ?? facts.survey_on),
    schedule: scheduleId === null ? null : scheduleFacts(scheduleId, subject, facts, around),
    chat: chatFacts(subject, facts, schedule, around.now),
    before: {
      same: facts.same,
      cappedAt: facts.capped_at?.getTime() ?? null,
      kindAt: facts.kind_at?.getTime() ?? null,
      anyAt: facts.any_at?.getTime() ?? null,
      declinedAt: facts.declined_at?.getTime() ?? null,
    },
    betterDueAt: facts.better_due_at?.getTime() ?? null,
    everyMs: limits?.every === undefined ? rules.everyMs : durationMs(limits.every),
    restMs: limits?.rest === undefined ? rules.restMs : durationMs(limits.rest),
    hours: anyHour ? null : { ...hoursFor(scheduleId, around), timeZone },
    quietUntil: subject.quietUntil ?? null,
    deadline: deadlineOf(subject, facts, around.now),
  };
}

/** Each made once: what is worked out for hours is kept with them (scheduling/gates/hours.ts). */
function ownHoursOf(schedules: Iterable<Schedule>, hours: WorkingHours) {
  const found = new Map<string, WorkingHours>();
  for (const { id, definition } of schedules) {
    const own = definition.limits.hours;
    if (own !== undefined) found.set(id, narrowedTo(hours, hoursOf(own)));
  }
  return found;
}

function hoursFor(scheduleId: string | null, { hours, ownHours }: Around) {
  const own = scheduleId === null ? undefined : ownHours.get(scheduleId);
  return own === undefined ? { hours } : { hours: own, own: true };
}

function consentOf({ never, paused }: Facts): Consent {
  if (never) return "never";
  return paused ? "paused" : "open";
}

function scheduleFacts(
  id: string,
  subject: Subject,
  facts: Facts,
  around: Around,
): Candidate["schedule"] {
  const schedule = around.schedules.get(id);
  const { sample, perDay } = schedule?.definition.limits ?? {};
  return {
    id,
    on: schedule?.state === "on",
    fits: !around.misfits.has(misfit(id, subject.personId)),
    sample: sample === undefined ? null : { share: sample, draw: drawOf(id, facts.human_id) },
    share:
      perDay === undefined
        ? null
        : {
            perDay,
            timeZone: around.timeZone,
            mine: subject.slotAt ?? null,
            last: around.lastSlots.get(id) ?? null,
          },
  };
}

/** How a chat went matters to what is asked because it was closed, and to nothing else. */
function chatFacts(
  { kind, closing }: Subject,
  facts: Facts,
  schedule: Schedule | undefined,
  now: Date,
): Candidate["chat"] {
  const closes = kind === "chat" || schedule?.definition.trigger.on === "chat-closed";
  if (!closes || facts.chat_state === null) return null;
  return {
    open: facts.chat_state === "open",
    closings: facts.closings ?? 0,
    closing: closing ?? 0,
    closedAt: (facts.closed_at ?? now).getTime(),
    lastMessageAt: facts.last_message_at?.getTime() ?? null,
    closeReason: facts.close_reason ?? "manual",
    humanReplied: facts.first_replied_at !== null,
    customerMessages: facts.customer_messages ?? 0,
    customerCharacters: facts.customer_characters ?? 0,
  };
}

function deadlineOf({ kind, expiresAt }: Subject, facts: Facts, now: Date): number {
  if (expiresAt !== undefined && expiresAt !== null) return expiresAt;
  if (kind === "chat" && facts.closed_at !== null) return facts.closed_at.getTime() + CHAT_VALID_MS;
  return now.getTime() + rulesOf(kind).waitMs;
}

/** Who is not in the audience of the schedule any more; one statement for each that says whom. */
async function findMisfits(
  db: Db,
  workspaceId: number,
  subjects: readonly Subject[],
  { schedules, now }: Pick<Around, "schedules" | "now">,
): Promise<ReadonlySet<string>> {
  const misfits = new Set<string>();
  for (const { id, definition } of schedules.values()) {
    if (Object.keys(definition.audience).length === 0) continue;
    const people = subjects.flatMap((each) => (each.scheduleId === id ? [each.personId] : []));
    const { rows } = await sql<{ id: string }>`
      select p.id from people p
      where p.workspace_id = ${workspaceId} and p.id = any(${people}::uuid[])
        and not ${inAudience(workspaceId, definition.audience, now, "p")}`.execute(db);
    for (const row of rows) misfits.add(misfit(id, row.id));
  }
  return misfits;
}

function misfit(scheduleId: string, personId: string): string {
  return `${scheduleId}:${personId}`;
}

/** The last slot that was given, of the schedules that have a daily cap. */
async function readLastSlots(
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
