import { expect, test } from "vitest";
import { summaryColumns, summaryRow } from "../../src/exporting/summary-row.ts";
import { nps } from "../../src/metrics/nps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { ofGroups } from "../metrics/support.ts";

const now = new Date("2026-10-14T10:30:00Z");

/** A period of as many answers as the groups say, with `open` questions that can still be answered. */
function rowOf(text: string, groups: readonly [number, number, number], open = 0) {
  const parsed = parsePeriod(text, { now, timeZone: "UTC" });
  if (!parsed.ok) throw new Error(parsed.problem);
  const asking = { asked: 20, reached: 20, answered: 8, closedReached: 20 - open };
  const histogram = ofGroups(nps, ...groups);
  const answers = groups.reduce((sum, n) => sum + n, 0);
  const cells = summaryRow({
    ...{ metric: nps, promise: "named", cut: "", group: "", groupId: "" },
    ...{ shown: answers >= 5, answers },
    facts: {
      ...{ period: parsed.period, histogram, epoch: 0, otherWording: 0 },
      asking: { ...asking, closedAnswered: 8, open },
    },
  });
  return Object.fromEntries(summaryColumns.map((column, i) => [column, cells[i]]));
}

test("figures are so far while a period goes on, and while somebody may still answer", () => {
  expect(rowOf("week", [5, 2, 1])).toMatchObject({ so_far: "yes", score: 50 });
  expect(rowOf("last week", [5, 2, 1], 3)).toMatchObject({ so_far: "yes", score: 50 });
  expect(rowOf("last week", [5, 2, 1])).toMatchObject({ so_far: null, early: "yes" });
});

test("fewer than five answers have no score, and nothing that a score follows from", () => {
  const row = rowOf("last week", [2, 1, 1]);
  expect(row).toMatchObject({ n: 4, score: null, low: null, high: null, mean: null });
  expect(row).toMatchObject({ count_high: null, count_low: null, step_0: null, step_10: null });
});
