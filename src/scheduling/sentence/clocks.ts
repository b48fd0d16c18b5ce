/** Times of the day. "At 10" may be two of them. Pure. */
import { has, merged, type Token } from "./token.ts";
import type { Rule } from "./values.ts";

const HALF_DAY = 12 * 60;

/** The times that an hour may mean: from 13 on it is one only. */
function timesOf(hour: number, minute = 0): number[] {
  const at = hour * 60 + minute;
  if (hour > 12) return [at];
  if (hour === 12) return [at, minute];
  return hour === 0 ? [at] : [at, at + HALF_DAY];
}

function inHalf(minutes: readonly number[], half: "am" | "pm"): number[] {
  const [first = 0] = minutes;
  const hour = Math.floor(first / 60);
  if (half === "am") return hour === 12 ? [first - HALF_DAY] : [first];
  return hour < 12 && hour > 0 ? [first + HALF_DAY] : [first];
}

const clock = (part: readonly Token[], minutes: readonly number[]) => ({
  take: part.length,
  token: merged(part, { tags: ["CLOCK"], minutes }),
});

const hourOf = (token: Token | undefined): number | undefined =>
  has(token, "NUM") && token?.n !== undefined && Number.isInteger(token.n) && token.n < 24
    ? token.n
    : undefined;

const halfOf = (token: Token | undefined) => {
  if (has(token, "AM")) return "am";
  return has(token, "PM") ? "pm" : undefined;
};

/** A number with its mark, or a written time: what may be followed by morning or evening. */
function spoken(
  tokens: readonly Token[],
  at: number,
): { take: number; minutes: number[]; sure: boolean } | undefined {
  const [first, mark, third] = tokens.slice(at, at + 3);
  if (has(first, "CLOCK") && first?.minutes !== undefined) {
    return { take: 1, minutes: [...first.minutes], sure: true };
  }
  const hour = hourOf(first);
  if (hour === undefined) return undefined;
  const isHour = has(mark, "HOURMARK") || (has(mark, "UNIT") && mark?.unit === "h");
  if (!isHour) return { take: 1, minutes: timesOf(hour), sure: false };
  if (has(mark, "HOURMARK") && has(third, "HALF"))
    return { take: 3, minutes: timesOf(hour, 30), sure: true };
  const minute = has(third, "NUM") ? third?.n : undefined;
  if (
    has(mark, "HOURMARK") &&
    minute !== undefined &&
    minute < 60 &&
    has(tokens[at + 3], "SCORE")
  ) {
    return { take: 4, minutes: timesOf(hour, minute), sure: true };
  }
  return { take: 2, minutes: timesOf(hour), sure: has(mark, "HOURMARK") };
}

const withHalf: Rule = (tokens, at) => {
  const before = halfOf(tokens[at]);
  if (before !== undefined) {
    const said = spoken(tokens, at + 1);
    if (said === undefined || tooLate(said.minutes)) return undefined;
    return clock(tokens.slice(at, at + 1 + said.take), inHalf(said.minutes, before));
  }
  const said = spoken(tokens, at);
  const after = said === undefined ? undefined : halfOf(tokens[at + said.take]);
  if (said === undefined) return undefined;
  const [half] = tokens.slice(at + said.take);
  // "In 3 days" and "at 3 in the afternoon" are the same words somewhere.
  const isDays = has(half, "UNIT") && (!has(tokens[at - 1], "AT") || has(tokens[at - 2], "ONCE"));
  if (after !== undefined && !isDays && !tooLate(said.minutes)) {
    return clock(tokens.slice(at, at + said.take + 1), inHalf(said.minutes, after));
  }
  return said.sure && said.take > 1
    ? clock(tokens.slice(at, at + said.take), said.minutes)
    : undefined;
};

/** 15 in the morning is no time. */
function tooLate([first = 0]: readonly number[]): boolean {
  return first >= 13 * 60;
}

const named: Rule = (tokens, at) => {
  const [token, next] = tokens.slice(at, at + 2);
  const twelve = has(next, "NUM") && next?.n === 12 && has(tokens[at + 2], "HOURMARK");
  if (has(token, "NOON")) return clock(tokens.slice(at, at + (twelve ? 3 : 1)), [HALF_DAY]);
  if (has(token, "MIDNIGHT")) return clock(tokens.slice(at, at + 1), [0]);
  return undefined;
};

/** "At 10", with nothing behind it that it may count. */
const atHour: Rule = (tokens, at) => {
  const [word, number, next] = tokens.slice(at, at + 3);
  const hour = hourOf(number);
  if (!has(word, "AT") || hour === undefined || halfOf(next) !== undefined) return undefined;
  const counts = [
    "UNIT",
    "PERCENT",
    "ORDMARK",
    "DAYMARK",
    "PEOPLE",
    "PER_DAY",
    "PER_OTHER",
    "HOURMARK",
  ] as const;
  if (has(next, ...counts) || (has(next, "TO") && has(tokens[at + 3], "NUM"))) return undefined;
  return clock(tokens.slice(at, at + 2), timesOf(hour));
};

/** In this order. */
export const clocks: readonly Rule[] = [withHalf, named, atHour];
