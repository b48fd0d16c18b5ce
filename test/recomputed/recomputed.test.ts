import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { countWorkspace } from "../../src/counting/tend.ts";
import type { CutRow } from "../../src/metrics/cut.ts";
import type { Period } from "../../src/metrics/period.ts";
import { previousPeriod } from "../../src/metrics/period-steps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { type Facts, summarise } from "../../src/metrics/summary.ts";
import type { Summary } from "../../src/metrics/summary-contract.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { type Span, spansAt } from "./calendar.ts";
import { changeOf, meanOf, type Name, rangeOf, scales, scoreOf, sharesOf } from "./figures.ts";
import { insertTown } from "./insert.ts";
import { askedIn, type Counted, countedIn, epochAt } from "./recount.ts";
import { type Asked, buildTown, NOW, REWORDED, TIME_ZONE, type Town } from "./workspace.ts";

const seed = Number(process.env.RECOMPUTED_SEED ?? Date.now() % 1_000_000);
const names = Object.keys(scales) as Name[];
const spans = spansAt(NOW, TIME_ZONE);
const cutNames = ["team", "channel", "tag", "language", "account", "agent"] as const;

describeEitherDatabase(`figures computed once more, seed ${seed}`, (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let town: Town;

  beforeAll(async () => {
    database = await open();
    workspaceId = await insertWorkspace(database.db, { time_zone: TIME_ZONE });
    town = buildTown(seed);
    await insertTown(database.db, workspaceId, town);
    await database.db
      .insertInto("metric_epochs")
      .values({
        workspace_id: workspaceId,
        metric: "nps",
        epoch: 1,
        starts_at: REWORDED,
        survey_id: town.surveys[0]?.id ?? "",
        survey_version: 2,
      })
      .execute();
  });

  const read = (name: Name, periods: readonly Period[]) =>
    readFacts(database.db, { workspaceId, metric: metrics[name], periods, now: NOW });

  describe.each(["answers", "counts of closed days"])("from %s", (from) => {
    beforeAll(async () => {
      if (from === "answers") return;
      const clock = { now: () => NOW };
      await countWorkspace({ db: database.db, clock }, workspaceId);
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from counts
        where workspace_id = ${workspaceId}`.execute(database.db);
      expect(rows[0]?.n).toBeGreaterThan(1000);
    });

    test.each(names)("%s in every period", async (name) => {
      for (const { now, before } of spans) await comparePeriod(name, now, before);
    });

    test.each(cutNames)("every score by %s", async (by) => {
      const some = spans.filter(({ now }) => ["week", "last month", "year"].includes(now.typed));
      for (const name of ["nps", "csat"] as const) {
        for (const { now } of some) await compareCut(name, by, now);
      }
    });
  });

  async function comparePeriod(name: Name, now: Span, before: Span | null) {
    const parsed = parsePeriod(now.typed, { now: NOW, timeZone: TIME_ZONE });
    if (!parsed.ok) throw new Error(now.typed);
    const previous = previousPeriod(parsed.period, NOW);
    const periods = [parsed.period, ...(previous === null ? [] : [previous])];
    const [present, past = null] = await read(name, periods);
    if (present === undefined) throw new Error("no facts");
    const said = summarise(metrics[name], present, past);
    const what = `${name} ${now.typed}`;
    expect([parsed.period.start, parsed.period.end], what).toEqual([now.start, now.end]);
    const scores = compareFacts(name, now, present, said, what);
    if (before === null || past === null) return expect(said.previous, what).toBeNull();
    expect([past.period.start, past.period.end], what).toEqual([before.start, before.end]);
    const earlier = compareFacts(name, before, past, said.previous, `${what}, before`);
    const comparable = epochAt(name, now.end, NOW) === epochAt(name, before.end, NOW);
    const changed = comparable ? changeOf(name, scores, earlier) : null;
    if (changed === null) return expect(said.change, what).toBeNull();
    expectClose(said.change?.difference, changed.difference, what);
    expectClose(said.change?.range[0], changed.range[0], what);
    expectClose(said.change?.range[1], changed.range[1], what);
    expectClose(said.change?.p, changed.p, what);
    expect(said.change?.verdict, what).toBe(
      verdictOf(scores.length, earlier.length, changed.range),
    );
  }

  /** Returns the scores that count. */
  function compareFacts(
    name: Name,
    span: Span,
    facts: Facts,
    said: Summary["previous"],
    what: string,
  ): number[] {
    const { counted, otherWording } = countedIn(town, name, span, NOW);
    const scores = counted.map(({ given }) => given.score);
    const { high, low, n } = sharesOf(name, scores);
    expect(facts.otherWording, what).toBe(otherWording);
    expect(facts.histogram, what).toEqual(histogramOf(name, scores));
    expect(said?.n, what).toBe(n);
    expect(Object.values(said?.groups ?? {}), what).toEqual([high, n - high - low, low]);
    expectClose(said?.score, scoreOf(name, scores), what);
    expectClose(said?.range?.[0] ?? null, rangeOf(name, scores)?.[0] ?? null, what);
    expectClose(said?.range?.[1] ?? null, rangeOf(name, scores)?.[1] ?? null, what);
    expectClose(said?.mean, meanOf(name, scores), what);
    const { asked, reached, answered, responseRate } = askedIn(town, name, span, NOW);
    expect([said?.asked, said?.reached, said?.answered], what).toEqual([asked, reached, answered]);
    expectClose(said?.responseRate, responseRate, what);
    return scores;
  }

  const cutBy: Record<(typeof cutNames)[number], (counted: Counted) => readonly string[]> = {
    team: ({ asked }) => [asked.chat?.team ?? ""],
    channel: ({ asked }) => [asked.chat?.channel ?? ""],
    tag: ({ asked }) => [...new Set(asked.chat?.tags ?? [])],
    language: () => ["en"],
    account: ({ asked }) => [accountOf(asked.person)],
    agent: ({ asked }) => agentsOf(asked).map(({ person }) => person),
  };

  const accountOf = (id: string | null) =>
    (id === null ? null : town.people.get(id)?.account) ?? "";

  const agentsOf = ({ chat }: Asked) =>
    (chat?.handlers ?? []).filter(({ person }) => town.people.get(person)?.bot === false);

  /** An agent's part of an answer: of what people wrote to the customer. */
  const partOf = (asked: Asked, agent: string) => {
    const agents = agentsOf(asked);
    const all = agents.reduce((sum, { messages }) => sum + messages, 0);
    return (agents.find(({ person }) => person === agent)?.messages ?? 0) / all;
  };

  async function compareCut(name: Name, by: (typeof cutNames)[number], span: Span) {
    const parsed = parsePeriod(span.typed, { now: NOW, timeZone: TIME_ZONE });
    if (!parsed.ok) throw new Error(span.typed);
    const periods = [parsed.period];
    const question = { workspaceId, metric: metrics[name], periods, now: NOW };
    const { rows } = await readCutFacts(database.db, { ...question, by });
    const valuesOf = cutBy[by];
    const all = countedIn(town, name, span, NOW, () => true);
    const values = new Set(
      [...all.counted, ...town.asked.map((asked) => ({ asked, given: NOTHING }))].flatMap(valuesOf),
    );
    for (const value of values) {
      const { counted } = countedIn(town, name, span, NOW, (each) =>
        valuesOf(each).includes(value),
      );
      const row = rows.find((each: CutRow) => each.value === value);
      const what = `${name} ${span.typed} by ${by}: ${value}`;
      expect(row?.answers[0] ?? 0, what).toBe(counted.length);
      const { min, max } = scales[name];
      for (let score = min; score <= max; score += 1) {
        const own = counted.filter(({ given }) => given.score === score);
        const parts = own.map(({ asked }) => (by === "agent" ? partOf(asked, value) : 1));
        const truth = parts.reduce((sum, part) => sum + part, 0);
        expectClose(row?.facts[0]?.histogram[score - min] ?? 0, truth, what);
      }
    }
  }
});

const NOTHING = { question: "", metric: "nps", score: 0, at: new Date(0) } as const;

function histogramOf(name: Name, scores: readonly number[]): number[] {
  const { min, max } = scales[name];
  return Array.from(
    { length: max - min + 1 },
    (_, i) => scores.filter((score) => score === min + i).length,
  );
}

function verdictOf(now: number, before: number, [low, high]: readonly [number, number]): string {
  if (now < 30 || before < 30) return "too-few";
  if (low > 0) return "up";
  return high < 0 ? "down" : "no-clear-change";
}

/** Equal but for the last digits of a double. */
function expectClose(said: number | null | undefined, truth: number | null, what: string): void {
  if (truth === null || said === null || said === undefined) {
    expect(said, what).toBe(truth);
  } else {
    const allowed = 1e-7 * Math.max(1, Math.abs(truth));
    expect(Math.abs(said - truth), what).toBeLessThan(allowed);
  }
}
