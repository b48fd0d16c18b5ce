import { answersIn } from "./histogram.ts";
import {
  type Counts,
  type Difference,
  type Group,
  type Histogram,
  type Level,
  levels,
  type Metric,
  type Range,
  type Unit,
} from "./metric.ts";
import { adjustedWald, netDifference, newcombe, tInterval, wilson } from "./range.ts";

/** How the three groups become one number, with its range and its test. */
interface Headline {
  readonly unit: Unit;
  readonly domain: Range;
  /** Called only with at least one answer. */
  score(counts: Counts, n: number): number;
  range(counts: Counts, n: number): Range | null;
  difference(now: Counts, before: Counts, z?: number): Difference | null;
}

/** Share of high minus share of low, in points. */
export const netScore: Headline = {
  unit: "points",
  domain: [-100, 100],
  score: (counts, n) => (100 * (counts.high - counts.low)) / n,
  range: (counts) => adjustedWald(counts),
  difference: netDifference,
};

/** Share of high, in percent. */
export const shareOfHigh: Headline = {
  unit: "percent",
  domain: [0, 100],
  score: (counts, n) => (100 * counts.high) / n,
  range: (counts, n) => wilson({ hits: counts.high, n }),
  difference: (now, before, z) =>
    newcombe({ hits: now.high, n: sum(now) }, { hits: before.high, n: sum(before) }, z),
};

/** What a metric's file says of itself; everything else follows from it. */
interface Definition
  extends Pick<Metric, "name" | "scale" | "groups" | "onePerPerson" | "meanFrom"> {
  readonly headline: Headline;
  /** Names of the steps, lowest first, when they are words: such a metric has no mean. */
  readonly words?: readonly string[];
  /** True when people see the highest step first. */
  readonly highestFirst?: boolean;
}

/** Builds the pure functions of a metric from its definition. */
export function defineMetric(definition: Definition): Metric {
  const { name, scale, groups, onePerPerson, meanFrom, headline, words, highestFirst } = definition;
  const steps = Array.from({ length: scale.max - scale.min + 1 }, (_, i) => scale.min + i);
  const levelOf = (score: number) => levelIn(groups, score);
  const count = (histogram: Histogram) => countLevels(histogram, steps, levelOf);
  const moments = (histogram: Histogram) => (words ? null : momentsOf(histogram, steps));
  return {
    name,
    scale,
    groups,
    onePerPerson,
    meanFrom,
    unit: headline.unit,
    domain: headline.domain,
    displayed: highestFirst ? steps.toReversed() : steps,
    stepName: (score) => words?.[score - scale.min] ?? String(score),
    levelOf,
    groupOf: (score) => groups[levelOf(score)].name,
    count,
    score: (histogram) => {
      const n = answersIn(histogram);
      return n === 0 ? null : headline.score(count(histogram), n);
    },
    range: (histogram) => headline.range(count(histogram), answersIn(histogram)),
    mean: (histogram) => moments(histogram)?.mean ?? null,
    meanRange: (histogram) => {
      const found = moments(histogram);
      return found && tInterval(found.mean, found.variance, answersIn(histogram));
    },
    difference: (now, before, z) => headline.difference(count(now), count(before), z),
  };
}

function levelIn(groups: Readonly<Record<Level, Group>>, score: number): Level {
  const level = levels.find((each) => score >= groups[each].from && score <= groups[each].to);
  if (level === undefined) throw new RangeError(`score ${score} belongs to no group`);
  return level;
}

function countLevels(
  histogram: Histogram,
  steps: readonly number[],
  levelOf: (score: number) => Level,
): Counts {
  const counts = { high: 0, middle: 0, low: 0 };
  steps.forEach((score, i) => {
    counts[levelOf(score)] += histogram[i] ?? 0;
  });
  return counts;
}

/** Mean and sample variance; null when nobody answered. */
function momentsOf(
  histogram: Histogram,
  steps: readonly number[],
): { mean: number; variance: number } | null {
  const n = answersIn(histogram);
  if (n === 0) return null;
  const weighted = (value: (score: number) => number) =>
    steps.reduce((total, score, i) => total + value(score) * (histogram[i] ?? 0), 0);
  const mean = weighted((score) => score) / n;
  return { mean, variance: weighted((score) => (score - mean) ** 2) / Math.max(1, n - 1) };
}

function sum(counts: Counts): number {
  return counts.high + counts.middle + counts.low;
}
