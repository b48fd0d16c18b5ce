import { describe, expect, test } from "vitest";
import { renderMessage as renderDiscord } from "../../../adapters/discord/render.ts";
import { renderMessage as renderSlack } from "../../../adapters/slack/render.ts";
import { summaryCard } from "../../../src/commands/summary/card.ts";
import { withCut } from "../../../src/commands/summary/cut-load.ts";
import { cutPicture } from "../../../src/commands/summary/cut-picture.ts";
import type { LoadedSummary } from "../../../src/commands/summary/load.ts";
import { languages } from "../../../src/locales/index.ts";
import type { Cut } from "../../../src/metrics/filter.ts";
import { summarySchema } from "../../../src/metrics/summary-contract.ts";
import { linesOf, loadedSummary } from "../summary-support.ts";

const asking = { asked: 90, reached: 80, answered: 30, closedReached: 80, closedAnswered: 28 };
const of = (high: number, middle: number, low: number) => [
  ...[low, 0, 0, 0, 0, 0, 0, middle, 0, 0, high],
];

interface Row {
  readonly label: string;
  readonly value?: string;
  readonly now: readonly number[];
  readonly before?: readonly number[];
  readonly answers?: number;
}

/** A summary that is cut, as it would come from the database. */
function cutSummary(
  by: Cut,
  rows: readonly Row[],
  more: Partial<Parameters<typeof loadedSummary>[0]> = {},
  covered: Record<string, { asked: number; eligible: number }> = {},
): LoadedSummary {
  const sum = (which: "now" | "before") =>
    of(0, 0, 0).map((_, i) => rows.reduce((all, row) => all + (row[which]?.[i] ?? 0), 0));
  const whole = { metric: "nps", histogram: sum("now"), before: sum("before") } as const;
  const loaded = loadedSummary({ ...whole, asking, ...more });
  const count = (histogram: readonly number[]) => histogram.reduce((all, n) => all + n, 0);
  const facts = {
    by,
    rows: rows.map(({ label, value = label, now, before = of(0, 0, 0), answers }) => ({
      value,
      label,
      facts: [
        { ...loaded.now, histogram: before },
        { ...loaded.now, histogram: now },
      ],
      answers: [count(before), answers ?? count(now)],
    })),
  };
  return {
    ...loaded,
    trend: [],
    ...withCut(loaded, { by, facts, coverage: new Map(Object.entries(covered)) }),
  };
}

describe("a summary that is cut", () => {
  const teams = [
    { label: "Sales", now: of(40, 10, 10), before: of(40, 10, 10) },
    { label: "Billing", now: of(20, 10, 40), before: of(50, 20, 10) },
    { label: "Zoo", now: of(6, 1, 1) },
    { label: "Art", now: of(1, 5, 3) },
    { label: "Two", now: of(1, 0, 1) },
    { label: "", value: "", now: of(3, 1, 0) },
  ];

  test("has its rows with score, range, n, response rate, coverage, and how they differ", () => {
    const loaded = cutSummary("team", teams, {}, { Billing: { asked: 41, eligible: 50 } });
    const lines = linesOf(summaryCard(loaded, "en"));
    expect(lines[0]).toBe("NPS · by team · this week, Oct 12 – 18, 2026 · so far");
    const from = lines.indexOf("By team, the highest score first; the 95 % range in brackets");
    expect(lines.slice(from + 1, from + 9)).toEqual([
      "Sales: +50 (+29 to +67) · n 60 · 35% answered · higher than the others (+65)",
      "Billing: −29 (−47 to −7) · n 70 · 35% answered · coverage 82% · " +
        "lower than the others (−72) · down against last week (−79)",
      "Fewer than 30 answers: an early signal, in the order of the alphabet",
      "Art: −22 (−54 to +20) · n 9 · 35% answered",
      "Zoo: +63 (+1 to +90) · n 8 · 35% answered",
      "Not shown: 2, with fewer than 5 answers or so that these cannot be worked out from the rest.",
      "Each row has a person’s latest answer in it, so the rows may add up to more than the whole.",
      "Answers: 153",
    ]);
    // Neither bars nor a trend take the room of the rows.
    expect(lines).not.toContain("Answers by score");
    expect(lines.join()).not.toMatch(/Two|no team/);
  });

  test("keeps its promise to machines, with nothing of hidden rows but their names", () => {
    const { summary } = cutSummary("team", teams, {}, { Billing: { asked: 41, eligible: 50 } });
    expect(summarySchema.parse(summary)).toEqual(summary);
    expect(summary.cut?.rows.map(({ label, n }) => [label, n])).toEqual([
      ...[
        ["Sales", 60],
        ["Billing", 70],
        ["Art", 9],
        ["Zoo", 8],
      ],
      ...[
        ["", null],
        ["Two", null],
      ],
    ]);
    const [, billing] = summary.cut?.rows ?? [];
    expect(billing).toMatchObject({
      ...{ hidden: false, early: false, coverage: { asked: 41, eligible: 50 } },
      ...{ others: { verdict: "down" }, change: { verdict: "down" } },
    });
    expect(Object.values(summary.cut?.rows.at(-1) ?? {}).filter((each) => each !== null)).toEqual([
      ...["Two", "Two", true, false],
    ]);
  });

  test("by agent says how answers are shared, and ranks nobody below 30", () => {
    const half = of(10, 4, 2).map((n) => n / 2);
    const lines = linesOf(
      summaryCard(
        cutSummary("agent", [
          { label: "Ada", now: half, answers: 16 },
          { label: "Bob", now: of(40, 10, 10) },
        ]),
        "en",
      ),
    );
    expect(lines).toContain("Ada: +50 (−7 to +80) · n 16, in shares 8 · 35% answered");
    expect(lines.join()).toContain("Agents share an answer by their parts of the conversation");
    expect(
      lines.indexOf("Fewer than 30 answers: an early signal, in the order of the alphabet"),
    ).toBeGreaterThan(lines.findIndex((line) => line.startsWith("Bob:")));
  });

  test("by agent tells people, bots and both apart, and nothing where there are no bots", () => {
    const loaded = cutSummary("agent", [{ label: "Ada", now: of(40, 10, 10) }]);
    const handled = (value: string, now: readonly number[]) => ({
      ...{ value, label: value, facts: [{ ...loaded.now, histogram: now }] },
      answers: [now.reduce((all, n) => all + n, 0)],
    });
    const lines = (bots: readonly number[]) => {
      const handling = [handled("people", of(30, 10, 5)), handled("bots", bots)];
      const facts = { by: "agent", rows: [] } as const;
      const read = { by: "agent", facts, coverage: new Map(), handling } as const;
      return linesOf(summaryCard({ ...loaded, ...withCut(loaded, read) }, "en"));
    };
    expect(lines(of(10, 0, 20)).join("\n")).toMatch(
      /By who handled the chat.*\nPeople alone: \+56 .*\nBots alone: −33 /,
    );
    expect(lines(of(0, 0, 0)).join()).not.toContain("By who handled the chat");
  });

  test("by score has each step with its share, range and change", () => {
    const loaded = cutSummary("score", [], { histogram: of(26, 16, 10), before: of(22, 13, 12) });
    const lines = linesOf(summaryCard(loaded, "en"));
    expect(lines).toContain(
      "By score: the share of each, its 95 % range in brackets, and the share before (last week); a word stands only where it clearly changed",
    );
    expect(lines).toContain("10: 26 · 50% (37% to 63%) · before 47%");
    expect(summarySchema.parse(loaded.summary).cut?.steps).toHaveLength(11);
  });

  test("of tags says that they overlap, and many rows that chance is among them", () => {
    const tags = Array.from({ length: 20 }, (_, i) => ({ label: `t${i}`, now: of(20, 10, 5) }));
    const lines = linesOf(summaryCard(cutSummary("tag", tags), "en"));
    expect(lines).toContain("and 8 more: 280 answers");
    expect(lines.join()).toContain("An answer can have several tags");
    expect(lines.join()).toContain("about one in twenty looks different by chance");
  });

  test("says why there are no rows of answers that are seen only in totals", () => {
    const loaded = loadedSummary({ metric: "nps", histogram: of(26, 16, 10) });
    const cut = { by: "agent", facts: "totals", coverage: new Map() } as const;
    const lines = linesOf(summaryCard({ ...loaded, ...withCut(loaded, cut) }, "en"));
    expect(lines.join()).toContain("so there are no rows by agent");
  });

  test("has a picture of the rows that are shown, and words that say the same", () => {
    const loaded = cutSummary("team", teams, { beside: { target: 40 } });
    if (loaded.cut === undefined) throw new Error("it is cut");
    const picture = cutPicture({ ...loaded, cut: loaded.cut }, "en");
    expect(picture?.rows.map(({ label, n, early }) => [label, n, early])).toEqual([
      ["Sales", 60, false],
      ["Billing", 70, false],
      ["Art", 9, true],
      ["Zoo", 8, true],
    ]);
    expect(picture).toMatchObject({
      title: "NPS by team",
      target: { value: 40, label: "target +40" },
    });
    expect(picture?.alt).toContain("Sales +50, Billing −29, Art −22, Zoo +63");
  });
});

describe("300 teams with long names", () => {
  const name = (i: number) =>
    `第${i}客户成功与售后服务支持团队（华东区域重点客户专属通道）`.repeat(2);
  const rows = Array.from({ length: 300 }, (_, i) => ({
    label: name(i),
    now: of(20 + (i % 30), 10, 5 + (i % 20)),
    before: of(20, 10, 10),
  }));
  const comments = Array.from({ length: 5 }, (_, i) => ({
    ...({
      text: `回答 ${i} `.repeat(60),
      metric: "nps",
      score: i,
      answeredAt: new Date(),
    } as const),
    ...{ person: "王小明", chatUrl: `https://chat.example/${i}` },
  }));

  test.each(languages)("fit what Slack and Discord take, in %s", (language) => {
    const covered = Object.fromEntries(rows.map(({ label }) => [label, { asked: 4, eligible: 9 }]));
    const loaded = cutSummary("team", rows, { beside: { target: 40 }, comments }, covered);
    const card = summaryCard(loaded, language, { picture: "missing" });
    const slack = renderSlack(card).blocks;
    expect(slack.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(slack).length).toBeLessThanOrEqual(13_200);
    const discord = JSON.stringify(renderDiscord(card).components);
    const last = linesOf(card).find((line) => line.includes("288")) ?? "";
    expect(last).not.toBe("");
    // What is folded stands behind the last row: it is there when all rows are.
    for (const drawn of [JSON.stringify(slack), discord]) expect(drawn).toContain("288");
  });
});
