/** From facts to what the gates look at. Pure. */
import { rulesOf } from "../scheduling/definition/kind-rules.ts";
import { durationMs, type Schedule } from "../scheduling/definition/schedule.ts";
import { hoursOf } from "../scheduling/definition/timing.ts";
import type { WorkingHours } from "../scheduling/gates/calendar.ts";
import type { Candidate } from "../scheduling/gates/candidate.ts";
import { CHAT_VALID_MS } from "../scheduling/gates/gates.ts";
import { firstTimeZone, narrowedTo } from "../scheduling/gates/hours.ts";
import { drawOf } from "../scheduling/gates/sample.ts";
import type { Facts } from "./candidate-facts.ts";
import type { Subject } from "./candidates.ts";
import type { Consent } from "./schema.ts";
import type { WorkspaceSettings } from "./settings.ts";

/** What is the same for all that are decided about at a time. */
export interface Around {
  readonly stopped: boolean;
  readonly hours: WorkingHours;
  /** Of the schedules that have some; by id. */
  readonly ownHours: ReadonlyMap<string, WorkingHours>;
  readonly timeZone: string;
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Whether somebody, by their row of people, is in the audience of a schedule. */
  readonly fits: (scheduleId: string, personId: string) => boolean;
  readonly lastSlots: ReadonlyMap<string, number>;
  readonly now: Date;
}

/** What the gates look at. */
export function toCandidate(subject: Subject, facts: Facts, around: Around): Candidate {
  const { kind, scheduleId = null } = subject;
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
    surveyOn: facts.survey_on,
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

/** When it is asked: hours are made once, for what is worked out for them is kept with them (gates/hours.ts). */
export function timesOf(
  { timeZone, asking, hours: { holidays } }: WorkspaceSettings,
  schedules: Iterable<Schedule>,
): Pick<Around, "stopped" | "hours" | "ownHours" | "timeZone"> {
  const { stopped, days, from, to } = asking;
  const hours = { days, from, to, holidays };
  const ownHours = new Map<string, WorkingHours>();
  for (const { id, definition } of schedules) {
    const own = definition.limits.hours;
    if (own !== undefined) ownHours.set(id, narrowedTo(hours, hoursOf(own)));
  }
  return { stopped, hours, ownHours, timeZone };
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
    fits: around.fits(id, subject.personId),
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
