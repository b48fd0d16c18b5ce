/** The cards of coverage, drivers and alerts at their longest, on each platform and in each language. */
import { expect, test } from "vitest";
import { alertCard } from "../../src/alerts/card.ts";
import type { Alert } from "../../src/alerts/find.ts";
import { goesWith } from "../../src/alerts/goes-with.ts";
import { type CoverageTable, coverageCard } from "../../src/commands/coverage-card.ts";
import { driversCard, driversPicture } from "../../src/commands/drivers-card.ts";
import { languages } from "../../src/locales/index.ts";
import { watchUnits } from "../../src/metrics/funnel-coverage.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";
import type { CoverageRow } from "../../src/store/coverage.ts";
import type { DriverName } from "../../src/store/driver-facts.ts";
import { expectShownWhole } from "../support/every-platform.ts";
import { linesOf, loadedSummary, plain } from "./summary-support.ts";

const picture = { png: new Uint8Array([1]), width: 10, height: 10, alt: "a picture" };

const row = (label: string, more: Partial<CoverageRow> = {}): CoverageRow => ({
  ...{ value: label, label, closed: 60, eligible: 50, asked: 45, byHand: 2, waiting: 1 },
  ...{ spam: 2, inactive: 3, tooShort: 3, noHumanReply: 2, reopened: 1, leftOpen: 1 },
  ...{ unasked: { "asked-recently": 2, "never-again": 1, "not-planned": 1 }, ...more },
});

/** Twenty units of which one lets everything past, and one has hardly any chats. */
function table(by: CoverageTable["by"]): CoverageTable {
  const units = Array.from({ length: 18 }, (_, i) => row(`A rather long name of ${by} ${i}`));
  const bad = row(`The odd ${by}`, {
    ...{ asked: 10, byHand: 9, spam: 20, inactive: 20, tooShort: 20 },
    ...{ noHumanReply: 20, reopened: 30, leftOpen: 40 },
  });
  return { by, units: watchUnits([...units, bad, row("", { closed: 3, leftOpen: 0 })]) };
}

const coverage = {
  title: "Coverage · last week",
  whole: row("", { closed: 1200, eligible: 1000, asked: 900 }),
  tables: [table("team"), table("agent")],
};

const names: readonly DriverName[] = [
  ...(["first-reply", "contacts", "messages", "reopenings", "handed-over"] as const).map(
    (kind) => ({ kind }),
  ),
  ...Array.from(
    { length: 25 },
    (_, i) => ({ kind: "tag", tag: `a-tag-with-a-name-${i}` }) as const,
  ),
];

const drivers = {
  ...{
    metric: "nps" as const,
    title: "What goes together with NPS · last week",
    n: 5000,
    total: 12_000,
  },
  ...{ name: "What goes together with NPS", when: "last week" },
  drivers: names.slice(0, 20).map((name, i) => ({
    ...{ name, n: 5000, correlation: (i % 2 === 0 ? -1 : 1) * (0.4 - 0.02 * i) },
    ...{ range: [-0.5, 0.5] as const, beyondChance: i < 16 },
  })),
  unknown: names.slice(20),
};

function alerts(): Alert[] {
  return metricNames.flatMap((name) => {
    const metric = metrics[name];
    const histogram = metric.displayed.map((_, i) => 40 + i);
    const { now, before } = loadedSummary({ metric: name, histogram, before: histogram });
    if (before === null) return [];
    const shift = { direction: "down", difference: -20, range: [-35, -5] } as const;
    const companions = [
      { kind: "score", by: "channel", label: "#help-with-a-long-name", n: 90, difference: -40 },
      { kind: "share", by: "tag", label: "outage", n: 60, now: 31, before: 5 },
    ] as const;
    const about = { ...shift, metric, now, before, with: companions, lowComments: 7 };
    return ["", "Billing"].map((team): Alert => ({ ...about, team }));
  });
}

test.each(languages)("are shown with every word on each platform (%s)", (language) => {
  const week = alerts()[0]?.now.period ?? expect.unreachable("no week");
  expectShownWhole(coverageCard(coverage, language));
  expectShownWhole(coverageCard({ ...coverage, tables: [table("agent")] }, language));
  expectShownWhole(driversCard(drivers, language, picture));
  expectShownWhole(alertCard(alerts(), week, language));
  const drawn = driversPicture(drivers, language);
  expect(drawn?.rows.length).toBeLessThanOrEqual(20);
  // One line of a picture has no room for the name and the period.
  expect(drawn).toMatchObject({
    title: drivers.name,
    subtitle: expect.stringMatching(/^last week · /),
  });
});

test("the odd unit is named with everything that is odd about it, and nobody with few chats", () => {
  const text = linesOf(coverageCard(coverage, "en")).map(plain).join("\n");
  expect(text).toContain(
    "⚠ The odd team is outside of what chance explains: fewer asked than elsewhere, more marked as spam or deleted",
  );
  expect(text.match(/is outside of what chance explains/g)).toHaveLength(2);
  expect(text).not.toContain("no team");
  // Three chats would follow from all others: one more unit is hidden with them.
  expect(table("team").units.filter(({ hidden }) => hidden)).toHaveLength(2);
});

test("chats that nobody wrote in make no agent odd, and are not odd themselves", () => {
  const agents = ["Kim", "Noor", "Robin"].map((name) => row(name, { noHumanReply: 0 }));
  const nobody = row("", { closed: 60, eligible: 0, asked: 0, noHumanReply: 60 });
  const isNobody = ({ value }: CoverageRow) => value === "";
  const watched = watchUnits([...agents, nobody], 240, isNobody);
  expect(watched.map(({ flags }) => flags)).toEqual([[], [], [], []]);
  expect(watchUnits([...agents, nobody], 240).at(-1)?.flags).toContain("no-human-reply");
});

test("a change goes together with the part whose score moved, and with the one that grew", () => {
  const { nps } = metrics;
  const facts = (groups: readonly [number, number]) => {
    const [low, high] = groups;
    const histogram = [low, 0, 0, 0, 0, 0, 0, 0, 0, 0, high];
    const { now } = loadedSummary({ metric: "nps", histogram });
    return now;
  };
  const part = (
    label: string,
    now: readonly [number, number],
    before: readonly [number, number],
  ) => ({
    ...{ value: label, label, facts: [facts(now), facts(before)] },
    answers: [now[0] + now[1], before[0] + before[1]],
  });
  const rows = [
    part("#help", [40, 10], [10, 90]),
    part("#sales", [5, 45], [5, 95]),
    part("outage", [60, 0], [4, 0]),
  ];
  const found = goesWith(nps, "down", [{ by: "channel", rows }]);
  expect(found).toMatchObject([
    { kind: "score", label: "#help", n: 50 },
    { kind: "score", label: "#sales" },
    { kind: "share", label: "outage", n: 60 },
    { kind: "share" },
  ]);
  expect(found[0]).toHaveProperty("difference", -140);
  expect(goesWith(nps, "down", [{ by: "channel", rows: rows.slice(0, 1) }])).toEqual([]);
});
