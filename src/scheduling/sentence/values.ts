/** Numbers and units become lengths, times and days: what the grammar has as one word. Pure. */
import { clocks } from "./clocks.ts";
import { addsUp } from "./numerals.ts";
import { has, merged, type Tag, type Token } from "./token.ts";
import type { Unit } from "./words/words.ts";

/** What begins at a place, as one token; how many tokens it takes. */
export type Rule = (
  tokens: readonly Token[],
  at: number,
) => { take: number; token: Token } | undefined;

/** The tokens with all values in them. */
export function withValues(tokens: readonly Token[]): Token[] {
  return passes.reduce((now, rules) => rewrite(now, rules), [...tokens]);
}

function rewrite(tokens: readonly Token[], rules: readonly Rule[]): Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = rules.map((rule) => rule(tokens, at)).find((each) => each !== undefined);
    const token = found?.token ?? tokens[at];
    if (token !== undefined) made.push(token);
    at += found?.take ?? 1;
  }
  return made;
}

const isWhole = (token: Token | undefined): token is Token & { n: number } =>
  has(token, "NUM") && token?.n !== undefined && Number.isInteger(token.n);

const wordNumbers: Rule = (tokens, at) => {
  const [one, other] = tokens.slice(at, at + 2);
  if (!isWhole(one) || one.n < 20) return undefined;
  const skip = isHyphen(other) ? 1 : 0;
  const last = tokens[at + 1 + skip];
  if (!isWhole(last) || !addsUp(one.n, last.n) || one.tags.length > 1) return undefined;
  const part = tokens.slice(at, at + 2 + skip);
  return { take: part.length, token: merged(part, { tags: ["NUM"], n: one.n + last.n }) };
};

/** Only words are added up: "90 5" is two numbers. */
const notDigits =
  (rule: Rule, isDigits: (token: Token) => boolean): Rule =>
  (tokens, at) => {
    const found = rule(tokens, at);
    const part = tokens.slice(at, at + (found?.take ?? 0));
    return part.some(isDigits) ? undefined : found;
  };

const isHyphen = (token: Token | undefined) =>
  has(token, "TO") &&
  token !== undefined &&
  token.end - token.start === 1 &&
  !has(token, "UNKNOWN");

function lengthToken(part: readonly Token[], n: number, unit: Unit, more: readonly Tag[] = []) {
  const day: readonly Tag[] = n === 1 && unit === "d" ? ["ONE_DAY"] : [];
  return { take: part.length, token: merged(part, { tags: ["DUR", ...day, ...more], n, unit }) };
}

/** 90 days, 90-day, 30d. */
const lengths: Rule = (tokens, at) => {
  const [amount, second] = tokens.slice(at, at + 2);
  if (!isWhole(amount)) return undefined;
  const skip = isHyphen(second) ? 1 : 0;
  const unit = tokens[at + 1 + skip];
  if (!has(unit, "UNIT") || unit?.unit === undefined) return undefined;
  return lengthToken(tokens.slice(at, at + 2 + skip), amount.n, unit.unit);
};

/** A week; "in week" as some languages say it for one. */
const oneOf: Rule = (tokens, at) => {
  const [first, unit] = tokens.slice(at, at + 2);
  if (!has(unit, "UNIT") || unit?.unit === undefined) return undefined;
  if (has(first, "A")) return lengthToken(tokens.slice(at, at + 2), 1, unit.unit);
  return undefined;
};

/** After a word for "in", a unit is one of it. */
const unitAlone: Rule = (tokens, at) => {
  const unit = tokens[at];
  if (!has(unit, "UNIT") || unit?.unit === undefined || unit.tags.includes("DUR")) return undefined;
  const before = tokens[at - 1];
  if (!has(before, "IN") || has(before, "INLAST") || has(unit, "PLURAL")) return undefined;
  return lengthToken([unit], 1, unit.unit);
};

const everyOf: Rule = (tokens, at) => {
  const part = (take: number) => tokens.slice(at, at + take);
  const [first, second] = part(2);
  const every = (take: number, length: Token | undefined, n = length?.n ?? 1) => {
    if (length?.unit === undefined) return undefined;
    return { take, token: everyToken(part(take), n, length.unit) };
  };
  if (has(first, "EVERY_GAP") && has(second, "DUR")) {
    if (second?.n !== 1) return every(2, second);
    return { take: 2, token: merged(part(2), { tags: ["OTHER"], ...withUnit(second) }) };
  }
  if (has(first, "EVERYW")) {
    if (has(second, "DUR")) return every(2, second);
    if (has(second, "UNIT") && !has(second, "PLURAL")) return every(2, second, 1);
  }
  return undefined;
};

/** Every other week, every second Friday. */
const everyOther: Rule = (tokens, at) => {
  const part = tokens.slice(at, at + 3);
  const [first, second, third] = part;
  if (has(first, "EVERY_OTHER_WEEK") && has(second, "WEEKDAY")) {
    const token = merged(part.slice(0, 2), { tags: ["OTHER"], unit: "w", ...withDay(second) });
    return { take: 2, token };
  }
  if (!has(first, "EVERYW") || !has(second, "OTHERW")) return undefined;
  if (!has(third, "UNIT", "WEEKDAY")) return undefined;
  const of = has(third, "UNIT") ? withUnit(third) : { unit: "w" as const, ...withDay(third) };
  return { take: 3, token: merged(part, { tags: ["OTHER"], ...of }) };
};

const withDay = (token: Token | undefined) => (token?.n === undefined ? {} : { n: token.n });

const withUnit = (token: Token | undefined) =>
  token?.unit === undefined ? {} : { unit: token.unit };

const everyTags: Partial<Record<Unit, Tag>> = {
  ...{ d: "EVERY_DAY", w: "EVERY_WEEK", M: "EVERY_MONTH", Q: "EVERY_QUARTER", Y: "EVERY_YEAR" },
};

function everyToken(
  part: readonly Token[],
  n: number,
  unit: Unit,
  once: readonly Tag[] = [],
): Token {
  const more = n === 1 ? everyTags[unit] : undefined;
  return merged(part, {
    tags: [...(more === undefined ? (["EVERY"] as const) : (["EVERY", more] as const)), ...once],
    n,
    unit,
  });
}

/** "Daily" is every day. */
const everyWords: Rule = (tokens, at) => {
  const token = tokens[at];
  const found = Object.entries(everyTags).find(([, tag]) => has(token, tag));
  if (token === undefined || found === undefined || has(token, "EVERY")) return undefined;
  const unit = (["d", "w", "M", "Q", "Y"] as const).find((each) => each === found[0]);
  if (unit === undefined) return undefined;
  const every = everyToken([token], 1, unit);
  return { take: 1, token: { ...every, tags: [...new Set([...every.tags, ...token.tags])] } };
};

/** Once in 90 days; 90 days' "every" with "once" after it. */
const onceIn: Rule = (tokens, at) => {
  const [first, second, third] = tokens.slice(at, at + 3);
  const part = (take: number) => tokens.slice(at, at + take);
  const every = (take: number, length: Token | undefined) =>
    length?.unit === undefined
      ? undefined
      : { take, token: everyToken(part(take), length.n ?? 1, length.unit, ["ONCE"]) };
  if (has(first, "ONCE")) {
    if (has(second, "EVERY", "DUR")) return every(2, second);
    const joins = has(second, "PERW", "IN", "AT", "ON", "WITHIN");
    if (joins && has(third, "DUR", "UNIT", "EVERY") && !has(third, "PLURAL"))
      return every(3, third);
    if (has(second, "PER_OTHER")) return every(2, second);
    if (has(second, "PER_DAY")) return { take: 2, token: everyToken(part(2), 1, "d", ["ONCE"]) };
  }
  if (has(first, "EVERY", "DUR") && has(second, "ONCE")) return every(2, first);
  return undefined;
};

/** The 1st, day 1; the last day. */
const monthDays: Rule = (tokens, at) => {
  const [first, second] = tokens.slice(at, at + 2);
  const day = (take: number, n: number) => {
    return { take, token: merged(tokens.slice(at, at + take), { tags: ["MDAY"], n }) };
  };
  if (isWhole(first) && has(second, "ORDMARK", "DAYMARK") && !has(second, "TO")) {
    const third = tokens[at + 2];
    if (has(second, "ORDMARK") && (has(third, "DAYMARK") || third?.unit === "d"))
      return day(3, first.n);
    return day(2, first.n);
  }
  if (has(first, "ORD") && first?.n !== undefined) {
    const isDay = has(second, "DAYMARK") || (has(second, "UNIT") && second?.unit === "d");
    return isDay ? day(2, first.n) : undefined;
  }
  const one = has(second, "NUM") && second?.n === 1 && tokens[at + 2]?.unit === "d";
  if (has(first, "LASTW") && one) return day(3, 0);
  if (has(first, "LASTW") && has(second, "UNIT") && second?.unit === "d") return day(2, 0);
  return undefined;
};

/** Next month: a time that comes once. */
const nextUnit: Rule = (tokens, at) => {
  const part = tokens.slice(at, at + 2);
  const [first, unit] = part;
  if (!has(first, "NEXTW") || !has(unit, "UNIT", "WEEKDAY")) return undefined;
  const made = { tags: ["NEXTW"] as const, ...withDay(unit), ...withUnit(unit) };
  return { take: 2, token: merged(part, made) };
};

const passes: readonly (readonly Rule[])[] = [
  [notDigits(wordNumbers, (token) => token.tags.includes("CLOCK"))],
  clocks,
  [nextUnit],
  [monthDays],
  [lengths, oneOf],
  [unitAlone],
  [everyOf, everyOther],
  [everyWords],
  [onceIn],
];
