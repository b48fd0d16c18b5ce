import fc from "fast-check";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tendSignals } from "../../src/churn/tend.ts";
import { loadSummary } from "../../src/commands/summary.ts";
import { languages } from "../../src/locales/index.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { comments } from "../../src/sampling/comments/comments.ts";
import { addSample, makeSample, removeSample } from "../../src/sampling/sample.ts";
import type { Schema } from "../../src/store/schema.ts";
import { readWorkspace } from "../../src/store/workspaces.ts";
import { adminOf } from "../commands/summary-support.ts";
import { importText } from "../importing/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";

/** A Wednesday afternoon. */
const now = new Date("2026-11-18T15:00:00Z");
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const usual = { weeks: 12, now, timeZone: "UTC" };

type Sample = ReturnType<typeof makeSample>;

/** NPS of each week before the running one, oldest first. */
function weeklyNps({ invitations }: Sample, weeks: number): number[] {
  const monday = Date.UTC(2026, 10, 16);
  return Array.from({ length: weeks }, (_, i) => {
    const start = monday - (weeks - i) * WEEK_MS;
    const scores = invitations.flatMap(({ metric, answer }) => {
      const at = answer?.at.getTime() ?? 0;
      return metric === "nps" && answer && at >= start && at < start + WEEK_MS
        ? [answer.score]
        : [];
    });
    const share = (test: (score: number) => boolean) => scores.filter(test).length / scores.length;
    return 100 * (share((score) => score >= 9) - share((score) => score <= 6));
  });
}

describe("the sample", () => {
  const sample = makeSample(usual);

  test("is the same for the same seed, and another for another", () => {
    expect(makeSample(usual)).toEqual(sample);
    expect(makeSample({ ...usual, seed: 7 })).not.toEqual(sample);
  });

  test("tells the same of the past a day later", () => {
    const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000);
    const later = makeSample({ ...usual, now: tomorrow });
    expect(later.chats.slice(0, sample.chats.length)).toEqual(sample.chats);
    expect(weeklyNps(later, 11)).toEqual(weeklyNps(sample, 11));
  });

  test("has two teams, five agents and customers in four languages who belong to companies", () => {
    expect(new Set(sample.agents.map(({ team }) => team)).size).toBe(2);
    expect(sample.agents).toHaveLength(5);
    expect(sample.customers.length).toBeGreaterThanOrEqual(150);
    expect(new Set(sample.customers.map(({ language }) => language))).toEqual(new Set(languages));
    expect(new Set(sample.customers.map(({ name }) => name)).size).toBe(sample.customers.length);
    const accounts = new Set(sample.accounts.map(({ id }) => id));
    const belonging = sample.customers.flatMap(({ accountId }) => accountId ?? []);
    expect(belonging.every((id) => accounts.has(id))).toBe(true);
    expect(belonging.length).toBeGreaterThan(sample.customers.length / 2);
  });

  test("has most chats on Mondays and few at weekends", () => {
    const byWeekday = Array<number>(7).fill(0);
    for (const { openedAt } of sample.chats) {
      const day = (openedAt.getUTCDay() + 6) % 7;
      byWeekday[day] = (byWeekday[day] ?? 0) + 1;
    }
    const [monday = 0, , , , friday = 0, saturday = 0, sunday = 0] = byWeekday;
    expect(monday).toBeGreaterThan(friday);
    expect(friday).toBeGreaterThan(2 * saturday);
    expect(saturday).toBeGreaterThan(0);
    expect(sunday).toBeGreaterThan(0);
  });

  test("about a third of those asked answer", () => {
    const asked = sample.invitations.filter(({ askedAt }) => askedAt !== null);
    const answered = asked.filter(({ answer }) => answer !== undefined);
    expect(answered.length / asked.length).toBeGreaterThan(0.28);
    expect(answered.length / asked.length).toBeLessThan(0.42);
  });

  test("has one bad week and a recovery that everybody can see", () => {
    const nps = weeklyNps(sample, 12);
    const [bad = 0, after = 0, ...recovered] = nps.slice(8);
    expect(bad).toBe(Math.min(...nps));
    const before = nps.slice(0, 8);
    expect(bad).toBeLessThan(Math.min(...before) - 20);
    expect(after).toBeGreaterThan(bad);
    expect(Math.min(...recovered)).toBeGreaterThan(after);
  });

  test("says why somebody was not asked, in the words of the gates", () => {
    const reasons = new Set(sample.invitations.map(({ stateReason }) => stateReason));
    for (const reason of ["asked-recently", "too-short", "inactive", "spam", "no-human-reply"]) {
      expect(reasons).toContain(reason);
    }
    expect(reasons).toContain("no-answer");
    expect(reasons).toContain("declined");
  });

  test("asks nobody twice within a week", () => {
    const asked = new Map<string, number[]>();
    for (const { askedAt, chat } of sample.invitations) {
      if (askedAt === null) continue;
      asked.set(chat.customer.id, [...(asked.get(chat.customer.id) ?? []), askedAt.getTime()]);
    }
    for (const times of asked.values()) {
      times.sort((a, b) => a - b);
      times.slice(1).forEach((time, i) => {
        expect(time - (times[i] ?? 0)).toBeGreaterThanOrEqual(WEEK_MS);
      });
    }
  });

  test("has comments that fit the score, in the customer's own language", () => {
    for (const { answer, chat, metric } of sample.invitations) {
      if (answer?.comment === undefined || metric !== "nps") continue;
      const own = comments[chat.customer.language];
      const fitting =
        answer.score >= 9
          ? own.happy
          : answer.score >= 7
            ? own.mixed
            : [...own.unhappy, ...own.outage];
      expect(fitting).toContain(answer.comment);
    }
  });

  test("ends now and begins on a Monday, at whatever time and place it is made", () => {
    const moments = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2028-12-31"),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom("UTC", "Asia/Tokyo", "America/New_York", "Africa/Cairo");
    fc.assert(
      fc.property(moments, zones, fc.integer({ min: 1, max: 6 }), (moment, timeZone, weeks) => {
        const { chats, invitations } = makeSample({ now: moment, timeZone, weeks });
        const times = [
          ...chats.map(({ closedAt }) => closedAt),
          ...invitations.flatMap(({ askedAt, answer }) => [askedAt, answer?.at]),
        ];
        for (const time of times) expect(+(time ?? 0)).toBeLessThanOrEqual(+moment);
        const first = Math.min(...chats.map(({ openedAt }) => +openedAt));
        const local = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(timeZone);
        expect(local.dayOfWeek).toBe(1);
        expect(+moment - first).toBeGreaterThan(weeks * WEEK_MS - 24 * 60 * 60 * 1000);
      }),
      { numRuns: 25 },
    );
  });
});

describe("what sample customers say", () => {
  test("differs at least fifteen times for every language and mood", () => {
    for (const language of languages) {
      const { happy, mixed, unhappy, outage } = comments[language];
      for (const list of [happy, mixed, unhappy])
        expect(new Set(list).size).toBeGreaterThanOrEqual(15);
      const all = [...happy, ...mixed, ...unhappy, ...outage];
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describeEitherDatabase("sample data in the store", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  const options = () => ({ workspaceId, weeks: 6, now });

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });

  async function countRows(): Promise<Record<string, number>> {
    const tables = [
      "connections",
      "accounts",
      "people",
      "identities",
      "chats",
      "handlers",
      "surveys",
      "survey_versions",
      "invitations",
      "answers",
      "answer_history",
      "decisions",
      "deliveries",
      "orders",
    ] satisfies (keyof Schema)[];
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
        where workspace_id = ${workspaceId}`.execute(database.db);
      counts[table] = rows[0]?.n ?? -1;
    }
    return counts;
  }

  test("is added once", async () => {
    const shares: number[] = [];
    const added = await addSample(database.db, {
      ...options(),
      onProgress: (share) => shares.push(share),
    });
    expect(added.kind).toBe("added");
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const counts = await countRows();
    expect(await addSample(database.db, options())).toEqual({ kind: "there" });
    expect(await countRows()).toEqual(counts);
  });

  test("can be removed as a whole, and nothing else goes with it", async () => {
    const file =
      "metric,score,answered_at,person,agent,comment\nnps,9,2026-10-01T10:00:00Z,ada,Bob,ok\n";
    await importText(database, workspaceId, file);
    const before = await countRows();
    await addSample(database.db, options());
    const clock = { now: () => options().now };
    await tendSignals({ db: database.db, clock });
    const counted = sql<{ n: number }>`select count(*)::int as n from signals s
      join people p on p.workspace_id = s.workspace_id and p.id = s.human_id
      where s.workspace_id = ${workspaceId} and p.source = 'sample'`;
    expect((await counted.execute(database.db)).rows).toEqual([{ n: 0 }]);
    // What was worked out about them before that goes as well.
    await sql`insert into signals (workspace_id, human_id, points, tier, reasons, tier_since, computed_at)
      select workspace_id, id, 0, 'low', '[]', now(), now() from people
      where workspace_id = ${workspaceId} and source = 'sample'`.execute(database.db);
    expect(await removeSample(database.db, workspaceId)).toBe(true);
    expect(await countRows()).toEqual(before);
    expect(await removeSample(database.db, workspaceId)).toBe(false);
    expect((await addSample(database.db, options())).kind).toBe("added");
  });

  test("gives every metric something to say for the running and the last week", async () => {
    await addSample(database.db, { ...options(), weeks: 12 });
    const reader = adminOf(await readWorkspace(database.db, workspaceId));
    const context = { db: database.db, clock: { now: () => now } };
    for (const period of ["week", "last week"]) {
      const read = await loadSummary(context, reader, "nps", period);
      if (!read.ok) throw new Error("no period");
      const { loaded } = read;
      expect(loaded.summary.n).toBeGreaterThanOrEqual(5);
      expect(loaded.summary.asked).toBeGreaterThan(loaded.summary.answered);
      expect(loaded.comments.length).toBeGreaterThan(0);
    }
    for (const metric of metricNames) {
      const read = await loadSummary(context, reader, metric, "90d");
      expect(read.ok && read.loaded.summary.n, metric).toBeGreaterThanOrEqual(5);
    }
  });

  test("that is interrupted while it is written leaves nothing", async () => {
    const before = await countRows();
    const reason = new Error("interrupted");
    const onProgress = (share: number) => {
      if (share > 0.5) throw reason;
    };
    await expect(addSample(database.db, { ...options(), onProgress })).rejects.toBe(reason);
    expect(await countRows()).toEqual(before);
  });
});
