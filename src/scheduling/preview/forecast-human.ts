/** What is known of a human while a forecast goes on: facts as they are, and what it made of them. Pure. */

import { rulesOf } from "../definition/kind-rules.ts";
import type { Candidate } from "../gates/candidate.ts";
import type { Coming } from "./forecast-queue.ts";

type Asked = Pick<Coming, "kind" | "scheduleId" | "surveyId"> & { readonly at: number };

/** A human in a forecast. */
export interface ForecastHuman {
  /** What waits to be decided. */
  readonly waiting: Set<Coming>;
  readonly asked: Asked[];
  /** Chats that the forecast asked about. */
  readonly chats: Set<string>;
}

export function newHuman(): ForecastHuman {
  return { waiting: new Set(), asked: [], chats: new Set() };
}

/** Notes that somebody is asked. */
export function noteAsked(human: ForecastHuman, coming: Coming, now: number): void {
  human.waiting.delete(coming);
  const { kind, scheduleId, surveyId } = coming;
  human.asked.push({ kind, scheduleId, surveyId, at: now });
  if (coming.chatId !== null) human.chats.add(coming.chatId);
  coming.askedAt = now;
}

/** What only the forecast knows. */
export interface Evolved {
  readonly human: ForecastHuman;
  /** The last slot of the schedule's daily cap that the forecast gave. */
  readonly lastSlot: number | undefined;
}

/**
 * The facts about a question as they will be by then: whom the forecast asked, who waits, which
 * slots are given. Nobody answers, declines or pauses in a forecast.
 */
export function asItWillBe(
  candidate: Candidate,
  coming: Coming,
  { human, lastSlot }: Evolved,
): Candidate {
  const { chat, schedule } = candidate;
  const replayed = coming.origin === "replayed";
  const before = coming.isNew ? never : candidate.before;
  const lastOf = (fits: (asked: Asked) => boolean, known: number | null) =>
    human.asked.reduce((last, asked) => (fits(asked) ? later(last, asked.at) : last), known);
  return {
    ...candidate,
    before: {
      ...before,
      same: !replayed && (before.same || isAboutAskedChat(coming, human)),
      cappedAt: lastOf(({ kind }) => rulesOf(kind).capped, before.cappedAt),
      kindAt: lastOf((asked) => isOfItsClock(asked, coming), before.kindAt),
      anyAt: lastOf(() => true, before.anyAt),
    },
    betterDueAt: betterDueAt(coming, human),
    chat: chat === null || !replayed ? chat : shifted(chat, coming.shiftMs),
    schedule: schedule && {
      ...schedule,
      // The one that is looked at is on in its forecast.
      on: schedule.on || coming.schedule !== null,
      share: schedule.share && {
        ...schedule.share,
        mine: coming.slotAt ?? schedule.share.mine,
        last: later(schedule.share.last, lastSlot ?? null),
      },
    },
    deadline: coming.deadline ?? candidate.deadline,
  };
}

const never: Candidate["before"] = {
  ...{ same: false, cappedAt: null, kindAt: null, anyAt: null, declinedAt: null },
};

/** Another step of a programme has no part in the clock of this one. */
function isOfItsClock(asked: Asked, { kind, scheduleId, surveyId }: Coming): boolean {
  if (asked.kind !== kind) return false;
  return asked.scheduleId !== scheduleId || asked.surveyId === surveyId;
}

function later(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function isAboutAskedChat({ kind, chatId }: Coming, human: ForecastHuman): boolean {
  return (kind === "chat" || kind === "manual") && chatId !== null && human.chats.has(chatId);
}

function betterDueAt(coming: Coming, { waiting }: ForecastHuman): number | null {
  const { rank } = rulesOf(coming.kind);
  let first: number | null = null;
  for (const other of waiting) {
    if (rulesOf(other.kind).rank < rank && other.dueAt < (first ?? Number.POSITIVE_INFINITY))
      first = other.dueAt;
  }
  return first;
}

function shifted(chat: NonNullable<Candidate["chat"]>, ms: number): Candidate["chat"] {
  const { closedAt, lastMessageAt } = chat;
  return {
    ...chat,
    closedAt: closedAt + ms,
    lastMessageAt: lastMessageAt === null ? null : lastMessageAt + ms,
  };
}
