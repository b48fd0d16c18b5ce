import { beforeAll, expect, test } from "vitest";
import { countSome } from "../../src/counting/count-some.ts";
import { countWorkspace } from "../../src/counting/tend.ts";
import type { Cut, Filter } from "../../src/metrics/filter.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import type { Db } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { inSnapshot } from "../../src/store/transaction.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { createDice } from "../support/random.ts";
import { type Raw, readRaw, recount } from "./recount.ts";
import { change, dyingAfter, makeGround } from "./writers.ts";

const seed = Number(process.env.COUNTING_SEED ?? Math.floor(Math.random() * 2 ** 31));
const WRITERS = 8;
/** Of each of the writers. */
const CHANGES = Number(process.env.COUNTING_CHANGES ?? 5);

/** Every figure of some metrics, periods, filters and cuts, beside what it has to be. */
async function compare(db: Db, workspaceId: number): Promise<number> {
  const now = new Date();
  const raw = await readRaw(db, workspaceId);
  const words = ["all", "month", "last month", "week", "90d", "30d"];
  const periods = words.flatMap((text) => {
    const parsed = parsePeriod(text, { now, timeZone: raw.timeZone });
    return parsed.ok ? [parsed.period] : [];
  });
  const question = { workspaceId, periods, now };
  let counted = 0;
  for (const name of ["nps", "csat"] as const) {
    const metric = metrics[name];
    const facts = await readFacts(db, { ...question, metric });
    expect(facts.map(figures)).toEqual(periods.map((each) => recount(raw, name, each, now)));
    counted += facts[0]?.histogram.reduce((sum, n) => sum + n, 0) ?? 0;
  }
  await compareParts(db, raw, { ...question, metric: metrics.csat });
  const team: Filter = { team: { values: ["A"], label: "A" } };
  const [kept] = await readFacts(db, { ...question, metric: metrics.csat, filter: team });
  const [all] = periods;
  if (kept === undefined || all === undefined) throw new Error("nothing was read");
  expect(figures(kept)).toEqual(recount(raw, "csat", all, now, { cut: "team", value: "A" }));
  return counted;
}

async function compareParts(
  db: Db,
  raw: Raw,
  question: Parameters<typeof readFacts>[1],
): Promise<void> {
  for (const by of ["team", "channel", "tag"] as const satisfies Cut[]) {
    const { rows } = await readCutFacts(db, { ...question, by });
    for (const { value, facts } of rows) {
      for (const { period, histogram } of facts) {
        const expected = recount(raw, "csat", period, question.now, { cut: by, value });
        expect([by, value, histogram]).toEqual([by, value, expected.histogram]);
      }
    }
  }
}

function figures({
  histogram,
  otherWording,
  asking,
}: Awaited<ReturnType<typeof readFacts>>[number]) {
  return { histogram, otherWording, asking };
}

describeEitherDatabase("counts under writers", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test(`D13 every figure equals a recount at any moment, whatever happens and whenever counting is killed (COUNTING_SEED=${seed})`, async () => {
    const { db } = database;
    const workspaceId = await insertWorkspace(db);
    const ground = await makeGround(db, workspaceId);
    const clock = { now: () => new Date() };
    for (let i = 0; i < 40; i += 1) await change(db, ground, createDice(seed + i));
    let writing = true;
    const writers = Array.from({ length: WRITERS }, async (_, n) => {
      const dice = createDice(seed * 31 + n);
      for (let i = 0; i < CHANGES; i += 1) await change(db, ground, dice);
    });
    const counter = (async () => {
      const dice = createDice(seed + 7);
      while (writing) {
        const dying = dice.chance(0.5) ? dyingAfter(db, dice.whole(1, 60)) : db;
        await countSome({ db: dying, clock }, workspaceId).catch((error: unknown) => {
          if (!String(error).includes("killed")) throw error;
        });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const reader = (async () => {
      while (writing) await inSnapshot(db, (snapshot) => compare(snapshot, workspaceId));
    })();
    await Promise.all(writers).finally(() => {
      writing = false;
    });
    await Promise.all([counter, reader]);
    expect(await compare(db, workspaceId)).toBeGreaterThan(0);
    await countWorkspace({ db, clock }, workspaceId);
    expect(await compare(db, workspaceId)).toBeGreaterThan(0);
    const counts = await db
      .selectFrom("counts")
      .select("day")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(counts.length).toBeGreaterThan(0);
  }, 600_000);
});
