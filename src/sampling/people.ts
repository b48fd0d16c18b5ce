/** The sample's customers, their companies, and the agents who help them. All names are invented. */
import type { Language } from "../locales/index.ts";
import type { Random } from "./random.ts";
import { always, type SampleSpan, type SampleStay, staysOf } from "./stays.ts";

const CUSTOMERS = 360;
/** Behind the first of them people belong to no company. */
const IN_COMPANIES = 200;

export interface SampleAccount {
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
  readonly stay: SampleStay;
}

export interface SampleCustomer {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  /** Null: belongs to no company. */
  readonly accountId: string | null;
  readonly accountRole: "buyer" | "user" | null;
  readonly stay: SampleStay;
  /** −1 … 1: some people are harder to please than others. */
  readonly temper: number;
}

export interface SampleAgent {
  readonly id: string;
  readonly name: string;
  readonly team: "Billing" | "Technical";
  /** −1 … 1, added to how well a chat goes. */
  readonly skill: number;
}

const companies = {
  first: ["Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbour"],
  second: ["Foods", "Logistics", "Studio", "Energy", "Clinics"],
} as const;

const names: Readonly<Record<Language, { first: readonly string[]; last: readonly string[] }>> = {
  en: {
    first: [
      "Alice",
      "Ben",
      "Chloe",
      "Daniel",
      "Emma",
      "Finn",
      "Grace",
      "Henry",
      "Isla",
      "Jack",
      "Kate",
      "Leo",
      "Mia",
      "Noah",
      "Olive",
      "Paul",
      "Ruth",
    ],
    last: [
      "Archer",
      "Bell",
      "Carter",
      "Dawson",
      "Ellis",
      "Fox",
      "Grant",
      "Hughes",
      "Innes",
      "Jarvis",
      "Keane",
      "Lloyd",
      "Moss",
    ],
  },
  ru: {
    first: [
      "Анна",
      "Борис",
      "Вера",
      "Глеб",
      "Дарья",
      "Егор",
      "Мария",
      "Олег",
      "Павел",
      "Софья",
      "Тимур",
    ],
    last: ["Бойко", "Долгих", "Коваль", "Литвин", "Седых", "Черных", "Шевченко", "Юрченко"],
  },
  "zh-Hans": {
    first: ["建国", "晓明", "志强", "雨晨", "佳怡", "思远", "梓涵", "文静", "天宇", "晓燕", "明哲"],
    last: ["李", "王", "张", "刘", "陈", "杨", "赵"],
  },
  "zh-Hant": {
    first: ["家豪", "雅婷", "志明", "淑芬", "怡君", "冠宇", "承恩", "佩珊"],
    last: ["林", "黃", "吳", "蔡", "許", "鄭", "葉"],
  },
};

const languageShares: readonly (readonly [Language, number])[] = [
  ["en", 50],
  ["ru", 20],
  ["zh-Hans", 18],
  ["zh-Hant", 12],
];

/** Forty companies; the first that writes for one is its buyer. */
export function makeAccounts(random: Random, span: SampleSpan): SampleAccount[] {
  const names = companies.second.flatMap((second) =>
    companies.first.map((first) => [first, second] as const),
  );
  const stays = staysOf(names.length, { ...span, joining: 2, leaving: 2 });
  return names.map(([first, second], i) => ({
    id: random.uuid(),
    externalId: `sample:${first}-${second}`.toLowerCase(),
    name: `${first} ${second}`,
    stay: stays[i] ?? always,
  }));
}

export function makeCustomers(
  random: Random,
  accounts: readonly SampleAccount[],
  span: SampleSpan,
): SampleCustomer[] {
  const counts = new Map<Language, number>();
  const alone = staysOf(CUSTOMERS - IN_COMPANIES, { ...span, joining: 9, leaving: 7 });
  return Array.from({ length: CUSTOMERS }, (_, i) => {
    const language = random.weighted(languageShares);
    const count = counts.get(language) ?? 0;
    counts.set(language, count + 1);
    const account = i < IN_COMPANIES ? accounts[i % accounts.length] : undefined;
    const role = i < accounts.length ? "buyer" : "user";
    return {
      id: random.uuid(),
      name: makeName(language, count),
      language,
      accountId: account?.id ?? null,
      accountRole: account === undefined ? null : role,
      stay: account?.stay ?? alone[i - IN_COMPANIES] ?? always,
      temper: random.next() * 2 - 1,
    };
  });
}

/** Different for every number up to the product of the lists, which have no common divisor. */
function makeName(language: Language, number: number): string {
  const { first, last } = names[language];
  const given = first[number % first.length] ?? "";
  const family = last[number % last.length] ?? "";
  return language.startsWith("zh") ? `${family}${given}` : `${given} ${family}`;
}

export function makeAgents(random: Random): SampleAgent[] {
  const agents = [
    ["Nadia", "Billing", 0.5],
    ["Tom", "Billing", -0.2],
    ["Priya", "Technical", 0.6],
    ["Marek", "Technical", 0],
    ["Yuki", "Technical", -0.4],
  ] as const;
  return agents.map(([name, team, skill]) => ({ id: random.uuid(), name, team, skill }));
}
