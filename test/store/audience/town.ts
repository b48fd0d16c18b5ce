/** People to be chosen from, and choosing them without a database. */
import fc from "fast-check";
import type { Audience } from "../../../src/scheduling/definition/schedule.ts";
import { newId } from "../../../src/store/ids.ts";

export const NOW = new Date("2026-11-02T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

export const accountNames = ["Acme", "Birch & Söhne", "O'Neill"] as const;
export const platforms = ["playground", "messenger"] as const;
const plans = ["free", "Pro"] as const;
const tags = ["vip", "beta", 'quo"te'] as const;
const teams = ["Billing", "Technical"] as const;
const locales = ["en", "en-GB", "ru", "zh", "zh-CN", "zh-TW", "zh-Hant-HK", "de_AT"] as const;

const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null, freq: 2 });
/** Around whole days, where it matters. */
const time = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(-1, 0, 1))
  .map(([days, off]) => new Date(NOW.getTime() - days * DAY_MS + off));
const some = <T>(of: readonly T[]) => fc.subarray([...of], { maxLength: 2 });

const chat = fc.record({
  platform: fc.constantFrom(...platforms),
  team: maybe(fc.constantFrom(...teams)),
  tags: some(tags),
  openedAt: time,
  lastMessageAt: maybe(time),
  closedAt: maybe(time),
});
const answer = fc.record({
  metric: fc.constantFrom("nps" as const, "csat" as const),
  score: fc.integer({ min: 1, max: 5 }),
  at: time,
  promise: fc.constantFrom("named" as const, "named" as const, "totals" as const),
});
const row = fc.record({
  role: fc.constantFrom(
    "customer" as const,
    "customer" as const,
    "customer" as const,
    "agent" as const,
  ),
  bot: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
  source: fc.constantFrom(
    "platform" as const,
    "import" as const,
    "platform" as const,
    "sample" as const,
  ),
  account: maybe(fc.constantFrom(...accountNames)),
  accountRole: maybe(fc.constantFrom("buyer" as const, "user" as const)),
  plan: maybe(fc.constantFrom(...plans)),
  locale: maybe(fc.constantFrom(...locales)),
  tags: some(tags),
  joinedAt: maybe(time),
  createdAt: time,
  activeAt: maybe(time),
  on: some(platforms),
  chats: fc.array(chat, { maxLength: 2 }),
  answers: fc.array(answer, { maxLength: 2 }),
});

export type PersonRow =
  typeof row extends fc.Arbitrary<infer R> ? R & { readonly id: string } : never;

/** Somebody with all their rows; the first stands for them. */
export interface Human {
  readonly rows: readonly PersonRow[];
  readonly tier: "low" | "watch" | "high" | null;
}

const human = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 3 }),
  tier: maybe(fc.constantFrom("low" as const, "watch" as const, "high" as const)),
});

/** The same people for the same seed, but for their ids. */
export function makeTown(seed: number, size: number): Human[] {
  return fc.sample(human, { seed, numRuns: size }).map(({ rows, tier }) => ({
    tier,
    // Ids grow with time, so that the first row of a human has the lowest, as people/humans.ts has it.
    rows: rows.map((each, place) => ({
      ...each,
      id: newId(),
      answers: inOrder(each.answers, place),
    })),
  }));
}

/** No two answers of a human at the same instant: which is the latest would be nobody's to say. */
function inOrder<T extends { at: Date }>(answers: readonly T[], row: number): T[] {
  return answers.map((each, n) => ({
    ...each,
    at: new Date(each.at.getTime() + 10 * (3 * n + row)),
  }));
}

const limits = (min: number, max: number) => {
  const limit = fc.integer({ min, max });
  return fc.oneof(
    limit.map((low) => ({ min: low })),
    limit.map((high) => ({ max: high })),
    fc.tuple(limit, limit).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
  );
};
const days = limits(0, 11);
const list = <T extends string>(of: readonly T[]) =>
  fc.subarray([...of, "nothing"], { minLength: 1 });

/** Audiences of few segments, for of many nobody is left. */
export const audiences: fc.Arbitrary<Audience> = fc
  .record({
    accounts: list([...accountNames, "birch & söhne", "key-0"]),
    accountRole: fc.constantFrom("buyer" as const, "user" as const),
    plans: list([...plans, "company"]),
    languages: list(["en", "ru", "zh-Hans", "zh-Hant", "zh", "de"]),
    platforms: list(platforms),
    tags: list(tags),
    teams: list(teams),
    lastScore: fc
      .tuple(fc.constantFrom("nps" as const, "csat" as const), limits(1, 5))
      .map(([metric, range]) => ({ metric, ...range })),
    daysSinceJoined: days,
    daysSinceLastChat: days,
    daysSinceActive: days,
    neverAnswered: fc.boolean(),
    signals: fc.constantFrom("low" as const, "watch" as const, "high" as const),
  })
  .chain((all) =>
    fc
      .subarray(Object.keys(all), { maxLength: 3 })
      .map((kept) => Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key)))),
  );

/** Accounts in the order of their names have the keys key-0 …; the first is of the plan "company". */
const keyOf = (account: PersonRow["account"]) =>
  `key-${account === null ? -1 : accountNames.indexOf(account)}`;
const planOf = (account: string | null) => (account === accountNames[0] ? "company" : null);

/** Whether somebody is of an audience: the same rules, said once more without SQL. */
export function fits({ rows, tier }: Human, audience: Audience): boolean {
  const has = (list: readonly string[] | undefined, value: string | null) =>
    list === undefined ||
    (value !== null && list.some((each) => each.toLowerCase() === value.toLowerCase()));
  const chats = rows.flatMap((each) => each.chats);
  const answers = rows.flatMap((each) => each.answers);
  const { accounts, plans: wanted, languages, tags: marks, teams: groups } = audience;
  const latest = answers
    .filter(({ metric, promise }) => metric === audience.lastScore?.metric && promise === "named")
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const score = latest[0]?.score ?? Number.NaN;
  return (
    rows.some(
      ({ account, accountRole }) =>
        (has(accounts, account) || (account !== null && accounts?.includes(keyOf(account)))) &&
        (audience.accountRole === undefined || audience.accountRole === accountRole),
    ) &&
    rows.some(({ plan, account }) => has(wanted, plan) || has(wanted, planOf(account))) &&
    (languages === undefined ||
      rows.some(({ locale }) => locale !== null && speaks(locale, languages))) &&
    (audience.platforms === undefined ||
      rows.some(({ on }) => on.some((each) => audience.platforms?.includes(each)))) &&
    (marks === undefined ||
      [...rows, ...chats].some((each) => each.tags.some((tag) => marks.includes(tag)))) &&
    (groups === undefined || chats.some(({ team }) => team !== null && groups.includes(team))) &&
    (audience.lastScore === undefined ||
      (score >= (audience.lastScore.min ?? 0) && score <= (audience.lastScore.max ?? 99))) &&
    within(audience.daysSinceJoined, first(rows.map((each) => each.joinedAt ?? each.createdAt))) &&
    within(audience.daysSinceLastChat, last(chats.flatMap(timesOf))) &&
    within(audience.daysSinceActive, last(rows.map((each) => each.activeAt))) &&
    (audience.neverAnswered === undefined || audience.neverAnswered === (answers.length === 0)) &&
    (audience.signals === undefined || audience.signals === (tier ?? "low"))
  );
}

function timesOf({ openedAt, lastMessageAt, closedAt }: PersonRow["chats"][number]) {
  return [openedAt, lastMessageAt, closedAt];
}
const sorted = (times: readonly (Date | null)[]) =>
  times.flatMap((at) => (at === null ? [] : [at.getTime()])).sort((a, b) => a - b);
const first = (times: readonly (Date | null)[]) => sorted(times)[0];
const last = (times: readonly (Date | null)[]) => sorted(times).at(-1);

function within(
  range: { min?: number; max?: number } | undefined,
  at: number | undefined,
): boolean {
  if (range === undefined) return true;
  if (at === undefined) return false;
  const days = Math.floor((NOW.getTime() - at) / DAY_MS);
  return days >= (range.min ?? -1) && days <= (range.max ?? 99);
}

function speaks(locale: string, wanted: readonly string[]): boolean {
  const { language, script } = new Intl.Locale(locale.replaceAll("_", "-")).maximize();
  return wanted.some((each) => each === language || each === `${language}-${script}`);
}

/** A customer of ours: no row of them is a bot or of the team, and they are no sample. */
export function isCustomer({ rows }: Human): boolean {
  return rows.every(({ role, bot }) => role === "customer" && !bot) && rows[0]?.source !== "sample";
}
