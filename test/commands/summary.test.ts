import { beforeAll, expect, test } from "vitest";
import type { CommandRequest } from "../../src/commands/command.ts";
import { createSummaryCommand, loadSummary } from "../../src/commands/summary.ts";
import type { Language } from "../../src/locales/index.ts";
import type { MetricName } from "../../src/metrics/metric.ts";
import { summarySchema } from "../../src/metrics/summary-contract.ts";
import type { Message } from "../../src/platform.ts";
import type { Workspace } from "../../src/store/workspaces.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertInvitation, insertSurvey } from "../support/database-rows.ts";
import { adminOf, linesOf, now } from "./summary-support.ts";

const HOUR = 3_600_000;

describeEitherDatabase("the summary command", (open) => {
  let database: TestDatabase;
  let workspace: Workspace;

  beforeAll(async () => {
    database = await open();
    const { workspaceId: id } = database;
    workspace = { id, name: "Acme", timeZone: "Europe/Berlin", locale: "en" };
    const survey = await insertSurvey(database.db, id);
    await answers(survey, [10, 10, 9, 9, 9, 7, 8, 3], new Date(now.getTime() - 24 * HOUR));
    await answers(survey, [10, 5, 5, 5, 7, 0], new Date(now.getTime() - 7 * 24 * HOUR));
  });

  async function answers(survey: string, scores: readonly number[], at: Date): Promise<void> {
    const { db, workspaceId: workspace_id } = database;
    for (const score of scores) {
      const invitation_id = await insertInvitation(db, workspace_id, survey, {
        state: "answered",
        asked_at: at,
        reached_at: at,
        answered_at: at,
        expires_at: new Date(at.getTime() + HOUR),
      });
      const shared = {
        workspace_id,
        invitation_id,
        survey_id: survey,
        survey_version: 1,
        answered_at: at,
      };
      await db
        .insertInto("answers")
        .values({
          ...shared,
          question: "score",
          metric: "nps",
          score,
          scale_min: 0,
          scale_max: 10,
        })
        .execute();
      if (score < 4 || score === 10) {
        await db
          .insertInto("answers")
          .values({ ...shared, question: "why", text: `because of ${score}` })
          .execute();
      }
    }
  }

  const tokens = createTokens("a secret of at least thirty-two characters");
  const context = () => {
    const { db, patiently } = database;
    return { db, patiently, clock: { now: () => now }, tokens };
  };

  async function run(
    metric: MetricName,
    text: string,
    language: Language = "en",
    more: Partial<CommandRequest> = {},
  ): Promise<Message> {
    const request: CommandRequest = {
      workspace,
      person: { id: "00000000-0000-4000-8000-000000000001", name: "Lea", role: "lead" },
      language,
      text,
      place: undefined,
      pictures: true,
      ...more,
    };
    const reply = await createSummaryCommand(metric).run(context(), request);
    if (reply.kind !== "message") throw new Error("a summary is a message");
    return reply.message;
  }

  async function read(text: string) {
    const summary = await loadSummary(context(), adminOf(workspace), "nps", text);
    if (!summary.ok) throw new Error(summary.refusal.summary);
    return summary;
  }

  test("answers with a card, the comments low ones first, and a picture", async () => {
    const message = await run("nps", " week ");
    expect(message.summary).toBe(
      "NPS +50 (95 % range −7 to +80) · 8 answers · 8 of 8 reached answered (100%) · " +
        "5 / 2 / 1 · last week −50 (n 6): too few answers to compare",
    );
    const quotes = message.parts.filter((part) => part.kind === "quote");
    expect(quotes.map(({ text }) => text)).toEqual([
      "because of 3",
      "because of 10",
      "because of 10",
    ]);
    const pictures = message.parts.filter((part) => part.kind === "picture");
    expect(pictures).toHaveLength(1);
    expect([...(pictures[0]?.picture.png.subarray(1, 4) ?? [])]).toEqual([...Buffer.from("PNG")]);
    expect(pictures[0]?.picture.alt).toContain(message.summary);
  });

  test("where pictures cannot be shown none is drawn, and the trend is a line of text", async () => {
    const message = await run("nps", "week", "en", { pictures: false });
    expect(message.parts.some(({ kind }) => kind === "picture")).toBe(false);
    expect(linesOf(message)).toContain("Trend: ▁█ 2 weeks");
    const drawn = await run("nps", "week");
    expect(linesOf(drawn).some((line) => line.startsWith("Trend:"))).toBe(false);
    const pictures = drawn.parts.filter((part) => part.kind === "picture");
    expect(pictures.map(({ picture }) => picture.sparkline)).toEqual(["▁█ 2 weeks"]);
  });

  test("can be shared where colleagues read, and nowhere else", async () => {
    const buttons = async (place: CommandRequest["place"]) => {
      const { parts } = await run("nps", "week", "en", { place, pictures: false });
      return parts.filter((part) => part.kind === "actions").flatMap(({ options }) => options);
    };
    const [share] = await buttons({ kind: "channel", channelId: "C1" });
    expect(share?.label).toBe("Share");
    expect(tokens.verify(share?.token ?? "")).toMatchObject({
      ...{ workspaceId: workspace.id, verb: "share", question: "nps", value: "week-20261012" },
    });
    expect(await buttons({ kind: "leads" })).toHaveLength(1);
    expect(await buttons({ kind: "direct", userId: "U1" })).toEqual([]);
    expect(await buttons(undefined)).toEqual([]);
  });

  test("means this week when nothing is typed", async () => {
    expect(linesOf(await run("nps", ""))).toEqual(linesOf(await run("nps", "week")));
  });

  test("says when nobody has answered yet, without a picture", async () => {
    const message = await run("csat", "month");
    expect(message.summary).toBe(
      "CSAT satisfied: no answers yet · nobody asked in this period · last month: no answers",
    );
    expect(message.parts.some(({ kind }) => kind === "picture")).toBe(false);
    expect(linesOf(message)[2]).toContain("When a support chat is closed as solved, its customer");
    expect(linesOf(await run("nps", "2020-01")).join()).not.toContain("When a support chat");
    expect(linesOf(await run("nps", "week")).join()).not.toContain("When a support chat");
  });

  test("all time has its months as the trend and nothing before it", async () => {
    const { loaded } = await read("all");
    expect(loaded.summary).toMatchObject({ n: 14, previous: null, change: null });
    expect(loaded.trend.map(({ histogram }) => histogram.reduce((a, b) => a + b, 0))).toEqual([
      ...new Array(11).fill(0),
      14,
    ]);
  });

  test("the JSON keeps its promise", async () => {
    const { loaded } = await read("7d");
    expect(summarySchema.parse(loaded.summary)).toEqual(loaded.summary);
    expect(loaded.summary).toMatchObject({
      metric: "nps",
      period: {
        start: "2026-10-08T00:00:00+02:00",
        end: "2026-10-14T12:30:00+02:00",
        timeZone: "Europe/Berlin",
        running: true,
      },
      n: 8,
      score: 50,
      responseRate: 100,
      early: true,
      previous: { n: 6, score: -50, period: { start: "2026-10-01T00:00:00+02:00" } },
      change: { difference: 100, verdict: "too-few" },
    });
  });

  test("an unknown period is answered with the nearest one and examples, its words as a quote", async () => {
    const message = await run("nps", "wek @everyone"); // two words: too far from anything
    expect(message.parts[1]).toEqual({ kind: "quote", text: "wek @everyone" });
    const near = await run("nps", "Wekk");
    expect(near.summary).toBe("Did you mean week?");
    expect(linesOf(near).at(-1)).toBe(
      "You can write: today · yesterday · week · last week · month · last month · quarter · " +
        "last quarter · year · last year · 7d · 30d · 90d · all · 2026-W42 · 2026-10 · " +
        "2026-10-01..2026-10-31",
    );
    expect(message.summary).not.toContain("everyone");
  });

  test("an impossible period says why", async () => {
    expect((await run("nps", "2026-02-30..2026-03-01")).summary).toBe(
      "There is no such date in the calendar:",
    );
    expect((await run("nps", "2026-10-31..2026-10-01", "ru")).summary).toBe(
      "Этот период заканчивается раньше, чем начинается:",
    );
    expect((await run("nps", "1969-01")).summary).toBe("I know the years from 1970 to 2999 only:");
  });

  test("N1 N3 anything typed gets an answer", async () => {
    for (const text of ["\u0000", "\ud800", "x".repeat(40_000), "'; drop table answers; --", "ﷺ"]) {
      const message = await run("nps", text);
      expect(message.parts[0]?.kind).toBe("text");
      expect(JSON.stringify(message).length).toBeLessThan(1000);
    }
  });
});
