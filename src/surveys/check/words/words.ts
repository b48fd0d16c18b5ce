/** What a language has to bring for its questions to be looked at: words as data, no logic. */
import type { MetricName } from "../../../metrics/metric.ts";
import type { WarningCode } from "../finding.ts";

/** Something to be found in a question. */
export interface LintRule {
  readonly code: WarningCode;
  readonly find: RegExp;
  /** What to put in its place for a better wording, with `$1` as ever. */
  readonly instead?: string;
  /** Only in what is answered with a button: in an open question it does no harm. */
  readonly closed?: true;
}

export interface LintWords {
  readonly rules: readonly LintRule[];
  /** A question of at most so many words is read once; in Chinese they are signs. */
  readonly longest: number;
  /** What a question of a metric asks about. */
  readonly fits: { readonly [M in MetricName]?: RegExp };
  /** What the good and the bad end of a scale say; "not satisfied" is bad, though it has "satisfied". */
  readonly good: RegExp;
  readonly bad: RegExp;
  /** A low, then a high number that is said to mean something: "1 = best", "5 is the worst". */
  readonly lowIsGood: RegExp;
  readonly highIsBad: RegExp;
}

/** Whole words of an alphabet, one of them. */
export function word(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, "iu");
}

/** Words of an alphabet from the beginning of one on; whatever follows is in the pattern. */
export function from(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})`, "iu");
}
