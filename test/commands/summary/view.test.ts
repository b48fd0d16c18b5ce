import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { summaryCard } from "../../../src/commands/summary/card.ts";
import {
  type LoadedSummary,
  loadView,
  type SummaryView,
} from "../../../src/commands/summary/load.ts";
import { loadSummary } from "../../../src/commands/summary.ts";
import { previousPeriod } from "../../../src/metrics/period-steps.ts";
import { parsePeriod } from "../../../src/metrics/period-text.ts";
import { summarySchema } from "../../../src/metrics/summary-contract.ts";
import { changeSettings } from "../../../src/store/settings.ts";
import { readWorkspace } from "../../../src/store/workspaces.ts";
import { describeEitherDatabase, type TestDatabase } from "../../support/database.ts";
import { tokenOf } from "../../support/messenger.ts";
import { robin } from "../../support/world.ts";
import { buttonsOf, createReading, type Reading } from "../reading-support.ts";
import { adminOf, linesOf } from "../summary-support.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const channel = { kind: "channel", channelId: "C-support" } as const;

describeEitherDatabase("a summary of a view", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  async function load(reading: Reading, text: string): Promise<LoadedSummary> {
    const { world } = reading;
    const reader = adminOf(await readWorkspace(database.db, world.workspaceId));
    const read = await loadSummary({ db: database.db, clock: world.clock }, reader, "nps", text);
    if (!read.ok) throw new Error(read.refusal.summary);
    expect(summarySchema.parse(read.loaded.summary)).toEqual(read.loaded.summary);
    return read.loaded;
  }

  const set = (reading: Reading, change: Parameters<typeof changeSettings>[2]) =>
    changeSettings(database.db, reading.world.workspaceId, change, {
      ...{ actor: "operator", at: reading.world.clock.now() },
    });

  /** The last seven days, as somebody sees them. */
  async function seen({ world }: Reading, view: Partial<SummaryView>) {
    const workspace = await readWorkspace(database.db, world.workspaceId);
    const now = world.clock.now();
    const parsed = parsePeriod("7d", { now, timeZone: workspace.timeZone });
    if (!parsed.ok) throw new Error(parsed.problem);
    const { period } = parsed;
    const loaded = await loadView({ db: database.db, clock: world.clock }, workspace, "nps", {
      ...{ period, before: previousPeriod(period, now), versus: "before", filter: {} },
      scope: { sees: "everything", filter: {}, singleAnswers: true },
      ...view,
    });
    return { loaded };
  }

  /** As many customers, who gave 10 ten days ago and something else in the last week. */
  async function enter(n: number, now: (i: number) => number): Promise<Reading> {
    const reading = await createReading(database);
    const joined = reading.ago(400 * DAY);
    for (let i = 0; i < n; i++) {
      const person = await reading.person(`Nr ${i}`, { joined_at: joined });
      const team = i % 2 === 0 ? "Billing" : "Sales";
      await reading.answer("nps", { score: 10, at: reading.ago(10 * DAY), person, team });
      await reading.answer("nps", { score: now(i), at: reading.ago(HOUR), person, team });
    }
    return reading;
  }

  test("has the target, the same people twice, and the base of whom everybody was asked", async () => {
    const reading = await enter(34, (i) => (i < 17 ? 0 : 9));
    await set(reading, { targets: { nps: 40 } });
    const { summary } = await load(reading, "7d");
    expect(summary).toMatchObject({
      ...{ n: 34, score: 0, population: 34, range: [0, 0] },
      target: { value: 40, verdict: "not-reached", more: 0 },
      paired: { n: 34, difference: -100, verdict: "down" },
      change: { verdict: "down" },
    });
    // One score has one range, on whichever card it stands.
    const cx = linesOf(await reading.types(robin, "cx", "7d"));
    expect(cx.find((line) => line.startsWith("NPS"))).toContain("NPS 0 (95 % range 0 to 0)");
    const home = linesOf(await reading.types(robin, "aftertalk", "home"));
    expect(home.find((line) => line.startsWith("NPS"))).toContain("NPS 0 (95 % range 0 to 0)");
    // Somebody who was not asked is in the base, too.
    await reading.person("Somebody else", { joined_at: reading.ago(400 * DAY) });
    const after = (await load(reading, "7d")).summary;
    expect(after.population).toBeNull();
    expect(after.range?.[0]).toBeLessThan(0);
    expect(
      (await load(reading, "7d by team")).summary.cut?.rows.map(({ label, n }) => [label, n]),
    ).toEqual(
      expect.arrayContaining([
        ["Billing", 17],
        ["Sales", 17],
      ]),
    );
  });

  test("is compared with the period that was named, within what was picked", async () => {
    const reading = await enter(6, (i) => (i % 2 === 0 ? 0 : 9));
    const text = "today for team:Billing vs all";
    const { summary, before } = await load(reading, text);
    expect(summary).toMatchObject({ n: 3, versus: "period", previous: { n: 3 } });
    expect(before?.period.kind).toBe("all");
  });

  test("never compares two wordings, and says since when", async () => {
    const reading = await enter(6, () => 9);
    const { workspaceId } = reading.world;
    const survey = await reading.survey("nps");
    await sql`insert into survey_versions (workspace_id, survey_id, version, series, definition)
      values (${workspaceId}, ${survey}, 2, 1, '{}')`.execute(database.db);
    await sql`insert into metric_epochs (workspace_id, metric, epoch, starts_at, survey_id, survey_version)
      values (${workspaceId}, 'nps', 1, ${reading.ago(5 * DAY)}, ${survey}, 2)`.execute(
      database.db,
    );
    await sql`update answers set survey_version = 2 where workspace_id = ${workspaceId}
      and answered_at > ${reading.ago(DAY)}`.execute(database.db);
    const loaded = await load(reading, "7d");
    expect(loaded.summary).toMatchObject({
      ...{ epoch: 1, n: 6, notCompared: "wording", change: null, paired: null },
      previous: { epoch: 0, n: 6 },
    });
    expect(loaded.wordingSince).toEqual(reading.ago(5 * DAY));
  });

  test("of totals is cut by nothing but teams' batches, and says so", async () => {
    const reading = await enter(11, (i) => (i % 2 === 0 ? 9 : 3));
    await set(reading, { promise: "totals" });
    for (const table of ["answers", "invitations"] as const)
      await sql`update ${sql.table(table)} set promise = 'totals'
        where workspace_id = ${reading.world.workspaceId}`.execute(database.db);
    reading.world.clock.advance(2 * DAY);
    // Six answered about Billing and five about Sales: a batch of each, and one waits for four more.
    const { summary, cut } = await load(reading, "7d by team");
    expect(cut?.refused).toBeUndefined();
    expect(summary).toMatchObject({ n: 10, score: 0 });
    expect(summary.cut?.rows).toMatchObject([
      { value: "Billing", n: 5, score: 100 },
      { value: "Sales", n: 5, score: -100 },
    ]);
    expect((await load(reading, "7d by channel")).cut?.refused).toBe("totals");
    expect((await load(reading, "7d by score")).cut?.refused).toBeUndefined();
    const tag = { values: ["refund"], label: "refund" };
    const { loaded } = await seen(reading, { filter: { tag } });
    expect(loaded).toBeUndefined();
  });

  test("shows who sees no single answers neither words nor counts that would tell one", async () => {
    const reading = await enter(8, (i) => (i === 0 ? 0 : 9));
    const own = { sees: "own", filter: {}, singleAnswers: false } as const;
    const { loaded } = await seen(reading, { scope: own });
    expect(loaded).toMatchObject({ singleAnswers: false, comments: [], summary: { n: 8 } });
    const lines = loaded && linesOf(summaryCard(loaded, "en")).join("\n");
    // One of eight was unhappy: the score may be seen, who that was must not be guessed.
    expect(lines).toContain("NPS +75");
    expect(lines).not.toMatch(/Detractors|Promoters|Answers by score/);
  });

  test("is shared as it was looked at: picked, cut and compared", async () => {
    const reading = await enter(12, () => 9);
    const text = "7d by team for team:Billing vs all";
    const own = await reading.types(robin, "nps", text, { place: channel, pictures: false });
    await reading.presses(robin, tokenOf(own, "Share"), { place: channel, pictures: false });
    await reading.world.settle();
    const [posted] = reading.world.messenger.sent;
    expect(posted?.message.summary).toBe(own.summary);
    expect(own.summary).toMatch(/^team Billing · by team · NPS \+100 .* all time \+100 \(n 6\)/);
    expect(buttonsOf(own)).toHaveLength(1);
  });
});
