/** Which comments of a week are worth reading. Pure. */
import type { Level, MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";

/** What is looked at of a comment. */
interface Said {
  readonly text: string;
  readonly metric: MetricName;
  readonly score: number;
  readonly answeredAt: Date;
}

/** "thanks", "!!!!!!!!" and "aaaaaaa" tell nothing, however often they are repeated. */
const TELLING_LETTERS = 8;
/** Past this length more words are no more worth reading: a card cuts them anyway. */
const LONG_ENOUGH = 600;

/**
 * At most three: the newest beside a low score, the newest beside a high one, and the longest that
 * tells something of the others, the newer of two that are as long.
 */
export function worthReading<T extends Said>(comments: readonly T[]): T[] {
  const newest = comments.toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime());
  const telling = newest.filter(({ text }) => tells(text));
  const chosen: T[] = [];
  const choose = (comment: T | undefined) => {
    if (comment !== undefined) chosen.push(comment);
  };
  choose(newestOf(newest, telling, "low"));
  choose(newestOf(newest, telling, "high"));
  const others = telling.filter((comment) => !chosen.includes(comment));
  choose(others.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0]);
  return chosen;
}

/** One that tells something, else any. */
function newestOf<T extends Said>(all: readonly T[], telling: readonly T[], level: Level) {
  const is = ({ metric, score }: T) => metrics[metric].levelOf(score) === level;
  return telling.find(is) ?? all.find(is);
}

function tells(text: string): boolean {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]/gu)).size >= TELLING_LETTERS;
}

function lengthOf({ text }: Said): number {
  return Math.min(text.trim().length, LONG_ENOUGH);
}
