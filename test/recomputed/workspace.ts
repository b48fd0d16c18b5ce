/**
 * A year of made-up support as plain rows: people met twice and people who try things out, chats with
 * several handlers, questions that nobody answered, answers by word of a former wording.
 */
import { randomUUID } from "node:crypto";
import { createDice, type Dice } from "../support/random.ts";
import type { Name } from "./figures.ts";
import { scales } from "./figures.ts";

export const TIME_ZONE = "Europe/Berlin";
export const NOW = new Date("2026-11-05T13:20:00Z");
const DAY = 24 * 3_600_000;
const DAYS = 420;
/** NPS is asked in other words from here on. */
export const REWORDED = new Date("2026-08-19T09:00:00Z");

export interface Person {
  readonly id: string;
  readonly name: string;
  /** The row that stands for the human; null: this one. */
  readonly human: string | null;
  readonly test: boolean;
  readonly role: "customer" | "agent";
  readonly bot: boolean;
  /** The account that they belong to. */
  readonly account: string | null;
}

export interface Chat {
  readonly id: string;
  readonly customer: string;
  readonly team: string | null;
  readonly channel: string;
  readonly tags: readonly string[];
  readonly opened: Date;
  readonly firstWrote: Date;
  readonly firstReplied: Date | null;
  readonly closed: Date | null;
  /** Messages of each who handled it. */
  readonly handlers: readonly { readonly person: string; readonly messages: number }[];
}

export interface Asked {
  readonly id: string;
  readonly survey: Survey["key"];
  readonly version: number;
  readonly person: string | null;
  readonly chat: Chat | null;
  readonly askedAt: Date | null;
  readonly reachedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly answers: readonly Given[];
}

export interface Given {
  readonly question: string;
  readonly metric: Name;
  readonly score: number;
  readonly at: Date;
}

export interface Survey {
  readonly key: "nps" | "csat" | "ces" | "feelings";
  readonly id: string;
  readonly metrics: readonly Name[];
  readonly versions: readonly { readonly version: number; readonly from: Date }[];
}

export interface Town {
  readonly accounts: readonly string[];
  readonly people: ReadonlyMap<string, Person>;
  readonly chats: readonly Chat[];
  readonly surveys: readonly Survey[];
  readonly asked: readonly Asked[];
}

const START = new Date(NOW.getTime() - DAYS * DAY);

export function buildTown(seed: number, size = 2600): Town {
  const dice = createDice(seed);
  const accounts = Array.from({ length: 6 }, () => randomUUID());
  const everybody = buildPeople(accounts);
  const people = new Map(everybody.map((person) => [person.id, person]));
  const surveys = buildSurveys();
  const chats: Chat[] = [];
  const asked: Asked[] = [];
  for (let i = 0; i < size; i += 1) {
    const chat = buildChat(dice, everybody);
    chats.push(chat);
    if (chat.closed !== null && dice.chance(0.85))
      asked.push(buildAsked(dice, dice.pick(surveys), chat, chat.closed));
  }
  return { accounts, people, chats, surveys, asked };
}

function buildPeople(accounts: readonly string[]): Person[] {
  const person = (name: string, more: Partial<Person> = {}): Person => {
    const usual = {
      human: null,
      test: false,
      role: "customer",
      bot: false,
      account: null,
    } as const;
    return { id: randomUUID(), name, ...usual, ...more };
  };
  const customers = Array.from({ length: 150 }, (_, i) =>
    person(`customer ${i}`, { account: accounts[i % 8] ?? null }),
  );
  const again = customers
    .slice(0, 30)
    .map(({ id, name }) => person(`${name} again`, { human: id }));
  const trying = [person("trying 1", { test: true }), person("trying 2", { test: true })];
  const agents = ["Anna", "Ben", "Chen", "Dasha"].map((name) => person(name, { role: "agent" }));
  return [
    ...customers,
    ...again,
    ...trying,
    ...agents,
    person("Botty", { role: "agent", bot: true }),
  ];
}

function buildSurveys(): Survey[] {
  const first = { version: 1, from: START };
  return [
    {
      key: "nps",
      id: randomUUID(),
      metrics: ["nps"],
      versions: [first, { version: 2, from: REWORDED }],
    },
    { key: "csat", id: randomUUID(), metrics: ["csat", "resolution"], versions: [first] },
    { key: "ces", id: randomUUID(), metrics: ["ces"], versions: [first] },
    { key: "feelings", id: randomUUID(), metrics: ["emotion", "expectation"], versions: [first] },
  ];
}

const teams = ["Billing", "Refunds", "Сервис", "客服", null] as const;

function buildChat(dice: Dice, people: readonly Person[]): Chat {
  const customers = people.filter(({ role }) => role === "customer");
  const agents = people.filter(({ role }) => role === "agent");
  const opened = new Date(START.getTime() + dice.number() * DAYS * DAY);
  const firstWrote = new Date(opened.getTime() + dice.whole(0, 60) * 1000);
  const repliedAfter = dice.wait(45 * 60_000);
  const replied = new Date(Math.floor(firstWrote.getTime() + repliedAfter));
  const answered = dice.chance(0.93) && replied < NOW;
  const closed = new Date(
    Math.floor((answered ? replied : firstWrote).getTime() + dice.wait(DAY / 2)),
  );
  const handling = new Map<string, number>();
  for (let i = dice.whole(1, 3); i > 0; i -= 1)
    handling.set(dice.pick(agents).id, dice.whole(1, 6));
  return {
    id: randomUUID(),
    customer: dice.pick(customers).id,
    team: dice.pick(teams),
    channel: dice.pick(["#help", "#pay", "mail"]),
    tags: ["refund", "late", "late"].filter(() => dice.chance(0.3)),
    opened,
    firstWrote,
    firstReplied: answered ? replied : null,
    closed: closed < NOW ? closed : null,
    handlers: [...handling].map(([person, messages]) => ({ person, messages })),
  };
}

const WEEK = 7 * DAY;

function buildAsked(dice: Dice, survey: Survey, chat: Chat, closed: Date): Asked {
  const askedAt = new Date(closed.getTime() + 15 * 60_000);
  const version = survey.versions.findLast(({ from }) => from <= askedAt) ?? { version: 1 };
  const at = new Date(Math.floor(askedAt.getTime() + Math.min(dice.wait(DAY / 2), WEEK)));
  const answers = dice.chance(0.55) && at < NOW;
  const reached = answers || dice.chance(0.9);
  return {
    id: randomUUID(),
    survey: survey.key,
    version: version.version,
    person: dice.chance(0.95) ? chat.customer : null,
    chat,
    askedAt: dice.chance(0.97) ? askedAt : null,
    reachedAt: reached ? askedAt : null,
    expiresAt: new Date(askedAt.getTime() + WEEK),
    answers: answers ? buildAnswers(dice, survey, at) : [],
  };
}

function buildAnswers(dice: Dice, survey: Survey, at: Date): Given[] {
  return survey.metrics.flatMap((metric, i): Given[] => {
    if (i > 0 && dice.chance(0.3)) return [];
    const { min, max } = scales[metric];
    const score = Math.max(dice.whole(min, max), dice.whole(min, max));
    return [{ question: `q${i}`, metric, score, at: new Date(at.getTime() + i * 20_000) }];
  });
}
