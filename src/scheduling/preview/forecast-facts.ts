/**
 * What a forecast knows of those whom it is about. Read when a question is put in, of each human once,
 * however many questions there are; who is of an audience that goes by days is looked up at each time.
 */
import type { Facts } from "../../store/candidate-facts.ts";
import { timesOf, toCandidate } from "../../store/candidate-of.ts";
import { misfitsOf, readLastSlots } from "../../store/candidates.ts";
import { connectionsOf } from "../../store/connections.ts";
import { readForecastChats, readForecastHumans } from "../../store/forecast-facts.ts";
import type { Db, InvitationKind } from "../../store/schema.ts";
import type { WorkspaceSettings } from "../../store/settings.ts";
import { longestWaitMs } from "../definition/kind-rules.ts";
import { durationMs, type Schedule } from "../definition/schedule.ts";
import type { Candidate } from "../gates/candidate.ts";
import { createHumans, type ForecastHuman, zonesFor } from "./forecast-human.ts";
import type { Coming } from "./forecast-queue.ts";

export interface ForecastFacts {
  /** Reads what is not known yet of these humans. */
  meet(humanIds: readonly string[]): Promise<void>;
  /** One that was met; `isNew`: as somebody who is met for the first time, of whom nothing is known. */
  humanOf(humanId: string, isNew: boolean): ForecastHuman | undefined;
  /** The same text, kept once for all. */
  alike(text: string): string;
  /** Reads what these questions are about, and who is of their audience, where no day changes that. */
  look(coming: readonly Coming[]): Promise<void>;
  /** Finds out who of these is of their audience at a time, where that goes by days. */
  fit(due: readonly Coming[], now: number): Promise<void>;
  /** What the gates look at, as far as it is known by now. */
  candidateOf(coming: Coming, now: number): Candidate;
}

export interface FactsAbout {
  readonly workspaceId: number;
  readonly settings: WorkspaceSettings;
  /** All that there are, those of the forecast as they are in it. */
  readonly schedules: readonly Schedule[];
  /** Whether a survey is asked in questions of a kind, by its id. */
  readonly isAsked: (surveyId: string, kind: InvitationKind) => boolean;
  readonly from: Date;
}

/** What no schedule asks is open so long at least. */
const USUALLY_OPEN_MS = 7 * 24 * 60 * 60 * 1000;
/** So many are read at once. */
const PAGE = 1000;

export async function createFacts(db: Db, about: FactsAbout): Promise<ForecastFacts> {
  const { workspaceId, settings, isAsked, from } = about;
  const schedules = new Map(about.schedules.map((each) => [each.id, each]));
  const scheduleOf = ({ scheduleId }: Coming) => schedules.get(scheduleId ?? "");
  const past = pastOf(about.schedules, from);
  const alike = createTexts();
  const humans = createHumans(alike);
  const connections = await connectionsOf(db, workspaceId);
  const rehearsals = connections.filter((each) => each.settings.rehearsal);
  const rehearsing = new Set(rehearsals.map(({ id }) => id));
  const around = {
    ...timesOf(settings, about.schedules),
    ...{ schedules, lastSlots: await readLastSlots(db, workspaceId, about.schedules) },
  };

  async function findChats(coming: readonly Coming[]): Promise<void> {
    for (const page of pagesOf(coming.filter((each) => isAboutChat(each, scheduleOf(each))))) {
      const ids = page.map(({ chatId }) => chatId ?? "");
      const whose = page.map(({ human }) => human.facts.humanId);
      const found = await readForecastChats(db, workspaceId, ids, whose);
      const chats = new Map(found.map((chat) => [chat.id, chat]));
      for (const each of page) each.chat = chats.get(each.chatId ?? "") ?? null;
    }
  }

  async function findFits(
    coming: readonly Coming[],
    now: number,
    isOpen: (coming: Coming, schedule: Schedule) => boolean,
  ): Promise<void> {
    for (const [schedule, all] of Map.groupBy(coming, scheduleOf)) {
      if (schedule === undefined) continue;
      for (const page of pagesOf(all.filter((each) => isOpen(each, schedule)))) {
        const ids = page.map(({ personId }) => personId);
        const misfits = await misfitsOf(db, workspaceId, schedule, ids, new Date(now));
        const isMisfit = new Set(misfits);
        for (const each of page) each.fits = !isMisfit.has(each.personId);
      }
    }
  }

  return {
    async meet(humanIds) {
      const news = new Set(humanIds.filter((id) => !humans.has(id)));
      for (const page of pagesOf([...news])) {
        for (const read of await readForecastHumans(db, workspaceId, page, past)) humans.meet(read);
      }
    },
    humanOf: humans.of,
    alike,
    async look(coming) {
      await findChats(coming);
      // Whoever was found by looking through the audience is in it.
      const isOpen = (each: Coming, schedule: Schedule) =>
        each.fitsAt === null && !goesByDays(schedule);
      await findFits(coming, from.getTime(), isOpen);
    },
    fit: (due, now) =>
      findFits(due, now, (each, schedule) => each.fitsAt !== now && goesByDays(schedule)),
    candidateOf(coming, now) {
      const { surveyId, kind, personId, scheduleId, closing, slotAt, deadline } = coming;
      const facts: Facts = {
        ...factsOf(coming, now),
        rehearsal: rehearsing.has(coming.connectionId),
        survey_on: surveyId === null || isAsked(surveyId, kind),
      };
      const subject = { personId, kind, scheduleId, closing, slotAt, expiresAt: deadline };
      return toCandidate(subject, facts, {
        ...around,
        fits: () => coming.fits,
        now: new Date(now),
      });
    },
  };
}

/** How far back what was asked may hold something back. */
function pastOf(schedules: readonly Schedule[], from: Date) {
  const limits = schedules.map(({ definition }) => definition.limits);
  const waits = limits.flatMap(({ every, rest }) => [every ?? "0d", rest ?? "0d"]).map(durationMs);
  const open = limits.map(({ expireAfter }) => durationMs(expireAfter));
  const since = new Date(from.getTime() - Math.max(longestWaitMs, ...waits));
  return { since, openMs: Math.max(USUALLY_OPEN_MS, ...open) };
}

function* pagesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += PAGE) yield all.slice(at, at + PAGE);
}

/** Each text once, however often it was read. */
function createTexts(): ForecastFacts["alike"] {
  const texts = new Map<string, string>();
  return (text) => {
    const known = texts.get(text) ?? text;
    texts.set(text, known);
    return known;
  };
}

/** How its chat went matters, or whether it was asked about. */
function isAboutChat({ kind, chatId }: Coming, schedule: Schedule | undefined): boolean {
  if (chatId === null) return false;
  return kind === "chat" || kind === "manual" || schedule?.definition.trigger.on === "chat-closed";
}

/** Who is of its audience depends on the day. */
export function goesByDays({ definition }: Pick<Schedule, "definition">): boolean {
  return Object.keys(definition.audience).some((segment) => segment.startsWith("daysSince"));
}

/** As a decision reads them (store/candidate-facts.ts); when something was asked is told by the forecast. */
function factsOf(coming: Coming, now: number): Omit<Facts, "rehearsal" | "survey_on"> {
  const { human, chat, kind } = coming;
  const { humanId, leftAt, pausedUntil, ...facts } = human.facts;
  let declinedAt = 0;
  for (const each of human.declined)
    if (each.kind === kind) declinedAt = Math.max(declinedAt, each.at);
  const isOfChat = kind === "chat" || kind === "manual";
  return {
    ...{ n: 0, human_id: humanId, bot: facts.bot, test: facts.test, role: facts.role },
    ...{ never: facts.never, paused: facts.paused, paused_until: pausedUntil },
    zones: zonesFor(facts, coming.personId),
    ...{ has_left: leftAt !== null && leftAt <= now, known: coming.isKnown },
    ...{ capped_at: null, kind_at: null, any_at: null, better_due_at: null },
    declined_at: declinedAt === 0 ? null : new Date(declinedAt),
    same: isOfChat && chat?.asked === true,
    ...{ chat_state: chat?.state ?? null, closings: chat?.closings ?? null },
    ...{ closed_at: chat?.closedAt ?? null, last_message_at: chat?.lastMessageAt ?? null },
    ...{ close_reason: chat?.closeReason ?? null, first_replied_at: chat?.firstRepliedAt ?? null },
    customer_messages: chat?.customerMessages ?? null,
    customer_characters: chat?.customerCharacters ?? null,
  };
}
