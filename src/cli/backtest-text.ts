/** A back-test in plain English, for a terminal. Pure. */
import {
  type Backtest,
  type BacktestGate,
  type FlagQuality,
  LEAST_LOST,
  type LostShare,
} from "../metrics/churn-backtest.ts";
import type { DerivedPoints } from "../metrics/churn-derive.ts";
import { type ChurnPoints, churnReasons, churnTiers } from "../metrics/churn-reasons.ts";
import { roundHalfAway } from "../metrics/round.ts";

const NONE = "–";

/** The tables: per tier, and what flagging would have been worth beside its baselines. */
export function backtestTables(test: Backtest): string[] {
  const tiers = churnTiers.map((tier) => [tier, test.tiers[tier]] as const);
  return [
    ...table([
      ["tier", "people", "lost", "rate", "95 % range"],
      ...[...tiers, ["all", test.all] as const].map(([name, share]) => shareRow(name, share)),
    ]),
    "",
    ...table([
      ["flagging", "recall", "precision", "lift"],
      qualityRow("high", test.high),
      qualityRow("  as many, the longest silent", test.highByInactivity),
      qualityRow("watch and high", test.watch),
      qualityRow("  as many, the longest silent", test.watchByInactivity),
      ["everybody (the base rate)", "100 %", percent(test.all.rate), "1.0"],
    ]),
    "",
    `AUC ${decimals(test.auc, 2)}; of inactivity alone ${decimals(test.aucOfInactivity, 2)}; of chance 0.50.`,
  ];
}

function shareRow(name: string, { n, lost, rate, range }: LostShare): string[] {
  const span = range === null ? NONE : `${percent(range[0])} to ${percent(range[1])}`;
  return [name, count(n), count(lost), percent(rate), span];
}

function qualityRow(name: string, { recall, precision, lift }: FlagQuality): string[] {
  return [name, percent(recall), percent(precision), decimals(lift, 1)];
}

/** Each part of the gate with its verdict. */
export function gateLines(gate: BacktestGate, { all, tiers }: Backtest): string[] {
  const say = (held: boolean, what: string) => `  ${held ? "yes" : "no "}  ${what}`;
  const lower = percent(tiers.high.range?.[0] ?? null);
  return [
    gate.passed
      ? "The gate: passed. These signals may be called risk here."
      : "The gate: not passed. They stay signals.",
    say(gate.enoughLost, `at least ${LEAST_LOST} lost: ${count(all.lost)}`),
    say(gate.tiersInOrder, "each tier lost more than the one below it"),
    say(
      gate.highAboveBase,
      `the high tier is above everybody: ${lower} at least, against ${percent(all.rate)}`,
    ),
  ];
}

/** What the workspace's own points would be, and how they do on what they were not fitted on. */
export function derivedLines(derived: DerivedPoints, present: ChurnPoints): string[] {
  const rows = churnReasons.map((reason) => {
    const { n, lost, oddsRatio, points } = derived.evidence[reason];
    const ratio = decimals(oddsRatio, 2);
    return [reason, count(n), count(lost), ratio, String(present[reason]), String(points)];
  });
  return [
    `Points of your own, fitted on ${dates(derived.fittedOn)}:`,
    ...table([
      ["reason", "held", "lost", "odds ratio", "points now", "points of your own"],
      ...rows,
    ]),
    "",
    `Judged on the newer dates only (AUC with the points now: ${decimals(derived.present.auc, 2)}):`,
    ...backtestTables(derived.judged),
  ];
}

/** Days as `2026-03-01`. */
export function dates(times: readonly number[]): string {
  return times.map((at) => new Date(at).toISOString().slice(0, 10)).join(", ");
}

export function count(number: number): string {
  return number.toLocaleString("en");
}

function percent(value: number | null): string {
  return value === null ? NONE : `${roundHalfAway(value, 1).toFixed(1)} %`;
}

function decimals(value: number | null, places: number): string {
  return value === null ? NONE : roundHalfAway(value, places).toFixed(places);
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    return `  ${cells.join("   ")}`.trimEnd();
  });
}
