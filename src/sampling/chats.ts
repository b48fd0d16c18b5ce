/** The support chats of the sample: when, with whom, how fast and how well they went. Pure. */
import { Temporal } from "temporal-polyfill";
import type { CloseReason } from "../platform.ts";
import type { SampleAgent, SampleCustomer } from "./people.ts";
import type { Random } from "./random.ts";
import { isStaying } from "./stays.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Chats on an average day, and how days and hours differ from it (Monday first, hours from 7). */
const CHATS_A_DAY = 52;
const weekdayShare = [1.3, 1.2, 1.1, 1.05, 0.95, 0.35, 0.25] as const;
const hourShares: readonly (readonly [hour: number, share: number])[] = [
  2, 4, 7, 9, 9, 6, 5, 7, 8, 8, 6, 3, 2, 2, 1,
].map((share, i) => [i + 7, share]);

/** Days of the outage's week on which things were down, Monday = 0. */
const outageDays = [1, 2];

/** The usual minutes until a reply, and how much a longer wait spoils a chat. */
const USUAL_WAIT = 6;
const WAITING = 0.25;

/** What chats are called that have no touchpoint of their own. */
const SUPPORT = "support chat";

/** What is special about a week. `mood` moves how chats go: 0 as usual, below 0 worse. */
interface Week {
  readonly mood: number;
  readonly outage: boolean;
}

/** A chat as it was when it was closed. */
export interface SampleChat {
  readonly id: string;
  readonly customer: SampleCustomer;
  /** The first one handled most of it. Empty: no human ever replied. */
  readonly agents: readonly SampleAgent[];
  readonly team: SampleAgent["team"];
  readonly tags: readonly string[];
  readonly touchpoint: string;
  readonly openedAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly closedAt: Date;
  readonly closeReason: CloseReason;
  readonly customerMessages: number;
  readonly customerCharacters: number;
  readonly duringOutage: boolean;
  /** How well it went: 0 as usual, mostly between −1.5 and 1.5. */
  readonly quality: number;
}

export interface ChatSpan {
  /** Full weeks before the running one. */
  readonly weeks: number;
  readonly now: Date;
  readonly timeZone: string;
}

function todayOf({ now, timeZone }: Pick<ChatSpan, "now" | "timeZone">): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
}

/** The Monday on which everything begins. */
export function firstDayOf({ weeks, ...span }: ChatSpan): Temporal.PlainDate {
  const today = todayOf(span);
  return today.subtract({ days: today.dayOfWeek - 1, weeks });
}

/** All chats closed before `now`, oldest first. */
export function makeChats(
  random: Random,
  { weeks, now, timeZone }: ChatSpan,
  customers: readonly SampleCustomer[],
  agents: readonly SampleAgent[],
): SampleChat[] {
  const today = todayOf({ now, timeZone });
  const monday = firstDayOf({ weeks, now, timeZone });
  const chats: SampleChat[] = [];
  for (
    let date = monday;
    Temporal.PlainDate.compare(date, today) <= 0;
    date = date.add({ days: 1 })
  ) {
    const midnight = date.toZonedDateTime(timeZone).epochMilliseconds;
    const week = weekOf(Math.floor(monday.until(date).days / 7), weeks);
    const down = week.outage && outageDays.includes(date.dayOfWeek - 1);
    for (let i = chatsOn(random, date.dayOfWeek, down); i > 0; i--) {
      const openedAt = midnight + openingTime(random);
      chats.push(makeChat(random, openedAt, { ...week, outage: down }, customers, agents));
    }
  }
  return chats
    .filter((chat) => chat.closedAt < now)
    .sort((a, b) => a.closedAt.getTime() - b.closedAt.getTime());
}

/** One bad week about a month ago, half recovered in the next, then better than before. */
function weekOf(index: number, weeks: number): Week {
  const outageWeek = Math.max(0, weeks - 4);
  if (index === outageWeek) return { mood: -0.8, outage: true };
  if (index === outageWeek + 1) return { mood: -0.35, outage: false };
  return { mood: index > outageWeek ? 0.05 : 0, outage: false };
}

function chatsOn(random: Random, dayOfWeek: number, down: boolean): number {
  const usual = CHATS_A_DAY * (weekdayShare[dayOfWeek - 1] ?? 1) * (down ? 2 : 1);
  return Math.round(usual * (0.8 + 0.4 * random.next()));
}

function openingTime(random: Random): number {
  return (random.weighted(hourShares) + random.next()) * HOUR_MS;
}

function makeChat(
  random: Random,
  openedAt: number,
  week: Week,
  customers: readonly SampleCustomer[],
  agents: readonly SampleAgent[],
): SampleChat {
  const team = random.chance(week.outage ? 0.15 : 0.4) ? "Billing" : "Technical";
  const handlers = chooseAgents(
    random,
    agents.filter((agent) => agent.team === team),
  );
  const customer = whoIsThere(customers, random.next() ** 1.2, openedAt);
  const usual = week.outage ? 35 : USUAL_WAIT;
  // Squared: some are lucky, and some have to wait long.
  const waitedTimes = (random.skewed(usual) / usual) ** 2;
  const waited = usual * waitedTimes * MINUTE_MS;
  const lasted = waited + random.skewed(40) * MINUTE_MS;
  const customerMessages = random.weighted([
    [1, 8],
    [2, 15],
    [3, 22],
    [5, 25],
    [8, 20],
    [12, 10],
  ]);
  const skill = handlers[0]?.skill ?? -0.5;
  const id = random.uuid();
  const tag = random.pick(tagsOf(team, week.outage));
  const { touchpoint, mood } = about[tag];
  return {
    ...{ id, customer, agents: handlers, team, touchpoint },
    tags: [tag],
    openedAt: new Date(openedAt),
    firstRepliedAt: handlers.length === 0 ? null : new Date(openedAt + waited),
    closedAt: new Date(openedAt + lasted),
    closeReason: random.weighted([
      ["solved", 80],
      ["manual", 11],
      ["inactivity", 7],
      ["spam", 2],
    ]),
    customerMessages,
    customerCharacters: customerMessages * random.between(25, 110),
    duringOutage: week.outage,
    quality:
      week.mood +
      0.35 * skill +
      0.5 * customer.temper +
      mood -
      WAITING * Math.log(waitedTimes) +
      (random.next() - 0.5) * 1.3,
  };
}

/** Mostly one, sometimes a second one who takes over, seldom nobody. */
function chooseAgents(random: Random, team: readonly SampleAgent[]): SampleAgent[] {
  const first = random.between(0, team.length - 1);
  if (random.chance(0.03)) return [];
  return random.chance(0.15)
    ? [...team.slice(first), ...team.slice(0, first)].slice(0, 2)
    : team.slice(first, first + 1);
}

type Tag = "outage" | "invoice" | "refund" | "plan" | "login" | "how-to" | "integration";

/** Where in a customer's journey it happens, and how much better or worse it goes there. */
const about: Readonly<Record<Tag, { readonly touchpoint: string; readonly mood: number }>> = {
  outage: { touchpoint: SUPPORT, mood: 0 },
  login: { touchpoint: SUPPORT, mood: 0 },
  integration: { touchpoint: SUPPORT, mood: -0.05 },
  "how-to": { touchpoint: "onboarding", mood: 0.3 },
  invoice: { touchpoint: "billing", mood: 0.05 },
  plan: { touchpoint: "billing", mood: 0.1 },
  refund: { touchpoint: "refund", mood: -0.4 },
};

function tagsOf(team: SampleAgent["team"], down: boolean): [Tag, ...Tag[]] {
  if (down) return ["outage"];
  return team === "Billing" ? ["invoice", "refund", "plan"] : ["login", "how-to", "integration"];
}

/** The one at this share of the list, or the next one who is a customer at that time. */
function whoIsThere(
  customers: readonly SampleCustomer[],
  share: number,
  at: number,
): SampleCustomer {
  const from = Math.floor(customers.length * share);
  const inTurn = [...customers.slice(from), ...customers.slice(0, from)];
  const customer = inTurn.find(({ stay }) => isStaying(stay, at));
  if (customer === undefined) throw new RangeError("a chat needs a customer");
  return customer;
}
