/** From the rows of a cut to what may be shown of them, and in which order. Pure. */
import { type Change, compare, leavesZeroOut } from "./change.ts";
import type { CutFacts, CutRow } from "./cut.ts";
import { answersIn } from "./histogram.ts";
import { hideComplement, isComparable, isEarly, isShown } from "./ladder.ts";
import type { Histogram, Metric, Range } from "./metric.ts";
import type { Facts } from "./summary.ts";

/** A row that may be shown. Scores are unrounded. */
export interface CutLine {
  /** As a filter takes it; empty: the answers that have none. */
  readonly value: string;
  readonly label: string;
  /** Answers, each counted whole. */
  readonly n: number;
  /** The same by shares, where several agents share an answer: ranges and tests go by it. */
  readonly weight: number;
  readonly facts: Facts;
  readonly score: number;
  readonly range: Range;
  readonly early: boolean;
  /** In percent; null while nobody's time to answer is over. */
  readonly responseRate: number | null;
  /** Against all other answers together; null when they may not be shown, or there are none. */
  readonly others: Change | null;
  /** Against the period compared with; null when that may not be shown. */
  readonly change: Change | null;
}

export interface CutTable {
  /** From 30 answers on, the highest score first. */
  readonly ranked: readonly CutLine[];
  /** Fewer than 30 answers: in the order of the alphabet. */
  readonly early: readonly CutLine[];
  /** Rows with answers that are not shown: too few, or others could be told from them. */
  readonly hidden: readonly Pick<CutRow, "value" | "label">[];
}

/** As much of a table as a card takes. */
export interface FoldedTable extends CutTable {
  /** What did not fit. */
  readonly folded: { readonly rows: number; readonly answers: number };
}

interface Whole {
  readonly now: Facts;
  /** Null: nothing is compared. */
  readonly before: Facts | null;
}

type ByLabel = (a: string, b: string) => number;

/**
 * The rows of a cut whose facts are those of the present period, or of the one before and the
 * present. `byLabel` is the order of the alphabet.
 */
export function cutTable(
  metric: Metric,
  { by, rows }: CutFacts,
  whole: Whole,
  byLabel: ByLabel,
): CutTable {
  // Who answered about two teams is in both with their latest answer there, and only once in all.
  const all = by === "tag" ? whole.now.histogram : sumOf(metric, rows);
  const answers = rows.map((row) => row.answers.at(-1) ?? 0);
  const hides = hideComplement(answers, answersIn(whole.now.histogram));
  const hidesBefore = hiddenBefore(rows, whole);
  const lines = rows.flatMap((row, i): CutLine[] =>
    hides[i] || answers[i] === 0 ? [] : lineOf(metric, row, all, hidesBefore[i] ?? true),
  );
  return {
    ranked: lines.filter(({ early }) => !early).toSorted((a, b) => b.score - a.score || b.n - a.n),
    early: lines.filter(({ early }) => early).toSorted((a, b) => byLabel(a.label, b.label)),
    hidden: rows
      .filter((_, i) => hides[i])
      .map(({ value, label }) => ({ value, label }))
      .toSorted((a, b) => byLabel(a.label, b.label)),
  };
}

/**
 * At most `limit` rows: those that clearly differ from the others first, then those with the most
 * answers, in the order that they had.
 */
export function foldTable({ ranked, early, hidden }: CutTable, limit: number): FoldedTable {
  const chosen = new Set([...ranked, ...early].toSorted(byInterest).slice(0, limit));
  const left = [...ranked, ...early].filter((line) => !chosen.has(line));
  return {
    ranked: ranked.filter((line) => chosen.has(line)),
    early: early.filter((line) => chosen.has(line)),
    hidden,
    folded: { rows: left.length, answers: left.reduce((sum, { n }) => sum + n, 0) },
  };
}

/** Nothing is compared with a row of the period before that could not be shown then. */
function hiddenBefore(rows: readonly CutRow[], { before }: Whole): boolean[] {
  if (before === null) return rows.map(() => true);
  const answers = rows.map((row) => row.answers.at(-2) ?? 0);
  const hides = hideComplement(answers, answersIn(before.histogram));
  return rows.map((row, i) => hides[i] === true || row.answers.length < 2);
}

function lineOf(metric: Metric, row: CutRow, all: Histogram, hidesBefore: boolean): CutLine[] {
  const facts = row.facts.at(-1);
  const n = row.answers.at(-1) ?? 0;
  const score = facts && metric.score(facts.histogram);
  const range = facts && metric.range(facts.histogram);
  if (!facts || typeof score !== "number" || !range) return [];
  const before = hidesBefore ? undefined : row.facts.at(-2);
  return [
    {
      value: row.value,
      label: row.label,
      n,
      weight: answersIn(facts.histogram),
      facts,
      score,
      range,
      early: isEarly(n),
      responseRate: responseRate(facts),
      others: againstOthers(metric, facts.histogram, n, all),
      change: before ? againstBefore(metric, facts, before, row.answers) : null,
    },
  ];
}

function sumOf({ scale }: Metric, rows: readonly CutRow[]): Histogram {
  return Array.from({ length: scale.max - scale.min + 1 }, (_, i) =>
    rows.reduce((sum, { facts }) => sum + (facts.at(-1)?.histogram[i] ?? 0), 0),
  );
}

/** Percent of those who were reached and whose time to answer is over. */
function responseRate({ asking }: Facts): number | null {
  const { closedReached, closedAnswered } = asking;
  return closedReached === 0 ? null : (100 * closedAnswered) / closedReached;
}

function againstOthers(metric: Metric, own: Histogram, n: number, all: Histogram): Change | null {
  const others = all.map((count, i) => Math.max(0, count - (own[i] ?? 0)));
  const left = answersIn(others);
  if (!isShown(left)) return null;
  return byLadder(compare(metric, own, others), isComparable(n) && isComparable(left));
}

function againstBefore(
  metric: Metric,
  now: Facts,
  before: Facts,
  answers: readonly number[],
): Change | null {
  if (now.epoch !== before.epoch || !isShown(answersIn(before.histogram))) return null;
  const change = compare(metric, now.histogram, before.histogram);
  return byLadder(change, answers.slice(-2).every(isComparable));
}

/** The ladder goes by whole answers, whatever part of them is somebody's. */
function byLadder(change: Change | null, enough: boolean): Change | null {
  if (change === null) return null;
  if (!enough) return { ...change, verdict: "too-few" };
  if (!leavesZeroOut(change.range)) return { ...change, verdict: "no-clear-change" };
  return { ...change, verdict: change.range[0] > 0 ? "up" : "down" };
}

function byInterest(a: CutLine, b: CutLine): number {
  return Number(isClear(b)) - Number(isClear(a)) || b.n - a.n;
}

/** True when a row is told apart from the others. */
function isClear({ others }: Pick<CutLine, "others">): boolean {
  return others?.verdict === "up" || others?.verdict === "down";
}
