/** What is known of a human while a forecast goes on: facts as they are, and what it made of them. Pure. */

import type { ForecastHumanFacts } from "../../store/forecast-facts.ts";
import { kinds, rulesOf } from "../definition/kind-rules.ts";
import type { Candidate } from "../gates/candidate.ts";
import type { Coming } from "./forecast-queue.ts";

/** Something that was asked, or is in the forecast; `at`: epoch milliseconds. */
export interface Asked {
  readonly kind: Coming["kind"];
  readonly scheduleId: string | null;
  readonly surveyId: string | null;
  readonly at: number;
}

/** A human in a forecast. */
export interface ForecastHuman {
  readonly facts: Omit<ForecastHumanFacts, "asked">;
  /** Before the forecast, and in it. */
  asked: readonly Asked[];
  readonly declined: readonly { readonly kind: Coming["kind"]; readonly at: number }[];
  /** What waits to be decided. */
  waiting: readonly Coming[];
  /** Chats that the forecast asked about. */
  chats: readonly string[];
}

/** Everybody that a forecast has met; `alike`: the same text, kept once for all. */
export function createHumans(alike: (text: string) => string) {
  const met = new Map<string, ForecastHuman>();
  /** Who is met for the first time in a replay is somebody without a past, and nobody who is there. */
  const again = new Map<string, ForecastHuman>();
  const zones = new Map<string | null, readonly (string | null)[]>();
  /** Most have one row, and a time zone that thousands have. */
  const alikeZones = (all: readonly (string | null)[]) => {
    const [zone = null] = all;
    const kept = zones.get(zone) ?? all;
    zones.set(zone, kept);
    return kept;
  };
  return {
    has: (humanId: string) => met.has(humanId),
    meet({ asked, ...facts }: ForecastHumanFacts): void {
      const declined = asked.flatMap(({ kind, declinedAt }) =>
        declinedAt === null ? [] : { kind, at: declinedAt },
      );
      const isOne = facts.people.length === 1;
      met.set(facts.humanId, {
        facts: isOne ? { ...facts, people: nothing, zones: alikeZones(facts.zones) } : facts,
        asked: asked.map((each) => ({
          kind: kinds.find((kind) => kind === each.kind) ?? each.kind,
          scheduleId: each.scheduleId === null ? null : alike(each.scheduleId),
          surveyId: alike(each.surveyId),
          at: each.at,
        })),
        declined: declined.length === 0 ? nothing : declined,
        waiting: nothing,
        chats: nothing,
      });
    },
    of(humanId: string, isNew: boolean): ForecastHuman | undefined {
      const known = met.get(humanId);
      if (known === undefined || !isNew) return known;
      const made = again.get(humanId) ?? newcomer(known.facts);
      again.set(humanId, made);
      return made;
    },
  };
}

const nothing: readonly never[] = [];

function newcomer(facts: ForecastHuman["facts"]): ForecastHuman {
  return { facts, asked: nothing, declined: nothing, waiting: nothing, chats: nothing };
}

/** Whether they want no questions, or are customers no more. */
export function isGone({ facts: { never, leftAt } }: ForecastHuman, now: number): boolean {
  return never || (leftAt !== null && leftAt <= now);
}

/** By whose clock they live: that of the row that is met comes first. */
export function zonesFor(
  { people, zones }: Pick<ForecastHumanFacts, "people" | "zones">,
  personId: string,
): readonly (string | null)[] {
  const own = people.indexOf(personId);
  return own < 1 ? zones : [zones[own] ?? null, ...zones.toSpliced(own, 1)];
}

// A new list each time: one that grows takes room for many more.

/** Notes that a question waits. */
export function noteWaiting(human: ForecastHuman, coming: Coming): void {
  if (!human.waiting.includes(coming)) human.waiting = human.waiting.concat(coming);
}

/** Notes that it waits no more. */
export function stopWaiting(human: ForecastHuman, coming: Coming): void {
  const others = human.waiting.filter((each) => each !== coming);
  human.waiting = others.length === 0 ? nothing : others;
}

/** Notes that somebody is asked. */
export function noteAsked(human: ForecastHuman, coming: Coming, now: number): void {
  const { kind, scheduleId, surveyId, chatId } = coming;
  human.asked = human.asked.concat({ kind, scheduleId, surveyId, at: now });
  if (chatId !== null) human.chats = human.chats.concat(chatId);
  coming.askedAt = now;
}

/**
 * The facts about a question as they will be by then: whom the forecast asked, who waits, which
 * slots are given. Nobody answers, declines or pauses in a forecast. `lastSlot`: the last one of the
 * schedule's daily cap that the forecast gave.
 */
export function asItWillBe(
  candidate: Candidate,
  coming: Coming,
  lastSlot: number | undefined,
): Candidate {
  const { chat, schedule, before } = candidate;
  const { human } = coming;
  const replayed = coming.origin === "replayed";
  const lastOf = (fits: (asked: Asked) => boolean) => {
    let last: number | null = null;
    for (const asked of human.asked) if (fits(asked)) last = Math.max(last ?? asked.at, asked.at);
    return last;
  };
  return {
    ...candidate,
    before: {
      same: !replayed && (before.same || isAboutAskedChat(coming, human)),
      cappedAt: lastOf(({ kind }) => rulesOf(kind).capped),
      kindAt: lastOf((asked) => isOfItsClock(asked, coming)),
      anyAt: lastOf(() => true),
      declinedAt: before.declinedAt,
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

/** Another step of a programme has no part in the clock of this one. */
function isOfItsClock(asked: Asked, { kind, scheduleId, surveyId }: Coming): boolean {
  if (asked.kind !== kind) return false;
  const isOfIt = scheduleId !== null && asked.scheduleId === scheduleId;
  return !isOfIt || asked.surveyId === surveyId;
}

function later(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function isAboutAskedChat({ kind, chatId }: Coming, { chats }: ForecastHuman): boolean {
  return (kind === "chat" || kind === "manual") && chatId !== null && chats.includes(chatId);
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
