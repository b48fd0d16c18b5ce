/**
 * A reply in pieces that can be compared: words without case and accents, numbers in digits of any
 * script, stars, breaks between clauses, and all other signs. One pass, no backtracking.
 */
import {
  circledValue,
  digitValue,
  fold,
  isApostrophe,
  isCombining,
  isDash,
  isDigit,
  isEmptyStar,
  isFilledStar,
  isHan,
  isHyphen,
  isInsideNumbers,
  isInvisible,
  isLetter,
  isLongDash,
  isMarkup,
  isNumeral,
  isPicture,
  isQuote,
  isSoftBreak,
  isSpace,
  isStrongBreak,
} from "./characters.ts";
import { traditionalToSimplified } from "./languages/traditional.ts";

interface Place {
  /** Where it stands in the text, in UTF-16 units, the end exclusive. */
  readonly start: number;
  readonly end: number;
  /** True when nothing stands between it and the token before. */
  readonly glued: boolean;
}

type Body =
  /** Each Han character is a word of its own, in its simplified form. */
  | { readonly kind: "word"; readonly text: string; readonly han: boolean }
  /** `plain` is false for decimals, times, fractions and digits that continue a word. */
  | { readonly kind: "number"; readonly value: number; readonly plain: boolean }
  | { readonly kind: "star"; readonly filled: boolean }
  /** The end of a clause, or of a sentence when `strong`. `text` is the sign itself. */
  | { readonly kind: "break"; readonly text: string; readonly strong: boolean }
  | { readonly kind: "mark"; readonly text: string };

export type Token = Place & Body;

/** What was read at one place: how many characters it took, and the token if there is one. */
interface Step {
  readonly taken: number;
  readonly body?: Body;
  readonly gap?: boolean;
  /** A mark on top of the digits before: a crossed-out 9 is no 9. */
  readonly spoils?: boolean;
}

interface Before {
  readonly glued: boolean;
  readonly last: Token | undefined;
}

/** The tokens of a text, first to last. Linear in its length. */
export function tokensOf(text: string): Token[] {
  const characters = [...text];
  const tokens: Token[] = [];
  let start = 0;
  let glued = false;
  for (let i = 0; i < characters.length; ) {
    const step = read(characters, i, { glued, last: tokens.at(-1) });
    let end = start;
    for (const taken of characters.slice(i, i + step.taken)) end += taken.length;
    if (step.body !== undefined) tokens.push({ ...step.body, start, end, glued });
    if (step.spoils) spoilLast(tokens);
    glued = step.body !== undefined || (glued && !step.gap);
    start = end;
    i += step.taken;
  }
  return tokens;
}

function read(characters: readonly string[], i: number, before: Before): Step {
  const character = characters[i] ?? "";
  if (isSpace(character) && character !== "\n") return { taken: 1, gap: true };
  if (isInvisible(character)) return { taken: 1 };
  if (isDigit(character)) return readDigits(characters, i, before);
  if (isCombining(character)) return { taken: 1, spoils: true };
  if (isLetter(character)) return readWord(characters, i);
  if (isFilledStar(character)) return { taken: 1, body: { kind: "star", filled: true } };
  if (isEmptyStar(character)) return { taken: 1, body: { kind: "star", filled: false } };
  if (isNumeral(character)) return readNumeral(character);
  return readSign(characters, i, before);
}

function readSign(characters: readonly string[], i: number, before: Before): Step {
  const character = characters[i] ?? "";
  const sign = fold(character);
  if (isDash(sign)) return readDash(characters, i, before);
  if (isStrongBreak(sign)) return { taken: 1, body: { kind: "break", text: sign, strong: true } };
  // "8~" is a friendly 8, "~8" is somewhere around it.
  const friendly = sign === "~" && !isDigit(characters[i + 1]);
  if (friendly || isSoftBreak(sign) || isPicture(character)) return soft(sign);
  if (isMarkup(sign)) return { taken: 1 };
  return { taken: 1, body: { kind: "mark", text: isQuote(sign) ? '"' : sign } };
}

function soft(text: string, taken = 1): Step {
  return { taken, body: { kind: "break", text, strong: false } };
}

function readDigits(characters: readonly string[], from: number, before: Before): Step {
  let digits = "";
  let whole = true;
  let i = from;
  for (; i < characters.length; i += 1) {
    const character = characters[i] ?? "";
    if (isDigit(character)) digits += digitValue(character);
    else if (isInsideNumbers(fold(character)) && isDigit(characters[i + 1])) whole = false;
    else if (!isInvisible(character)) break;
  }
  const leadingZero = digits.length > 1 && digits.startsWith("0");
  const inWord = before.glued && before.last?.kind === "word" && !before.last.han;
  const plain = whole && !leadingZero && !inWord && !isFraction(before);
  return { taken: i - from, body: { kind: "number", value: Number(digits), plain } };
}

/** ".9" is less than one, "slow.9" is the end of a sentence. */
function isFraction({ glued, last }: Before): boolean {
  return glued && last?.kind === "break" && isInsideNumbers(last.text) && !last.glued;
}

function readNumeral(character: string): Step {
  const value = circledValue(character);
  const plain = value !== undefined;
  return { taken: 1, body: { kind: "number", value: value ?? Number.NaN, plain } };
}

function readWord(characters: readonly string[], from: number): Step {
  const first = characters[from] ?? "";
  if (isHan(first)) {
    const text = traditionalToSimplified.get(first) ?? fold(first);
    return { taken: 1, body: { kind: "word", text, han: true } };
  }
  let text = "";
  let i = from;
  for (; i < characters.length; i += 1) {
    const character = characters[i] ?? "";
    if (isApostrophe(character) && isLetter(characters[i + 1])) continue;
    if (isLetter(character) && !isHan(character)) text += fold(character);
    else if (!isCombining(character) && !isInvisible(character)) break;
  }
  return { taken: i - from, body: { kind: "word", text, han: false } };
}

/**
 * A dash is a break ("7 – slow"), a hyphen ("so-so", "7-8") or a minus ("-1"), by what stands around
 * it. One that belongs to a digit is kept as a mark, so that "-1" and "9-" are no 1 and 9.
 */
function readDash(characters: readonly string[], from: number, before: Before): Step {
  let i = from;
  while (isDash(characters[i])) i += 1;
  const taken = i - from;
  const dash = characters[from];
  const mark: Step = { taken, body: { kind: "mark", text: "-" } };
  if (taken > 1) return soft("-", taken);
  const next = characters[i];
  if (next !== undefined && !isSpace(next)) {
    if (!before.glued) return isDigit(next) && !isLongDash(dash) ? mark : soft("-");
    const range = isDigit(next) && before.last?.kind === "number";
    return range || isHyphen(dash) ? mark : soft("-");
  }
  const nextSolid = characters.slice(i, i + 4).find((character) => !isSpace(character));
  const minus = before.last === undefined && isDigit(nextSolid) && !isLongDash(dash);
  const trailing = next === undefined && before.last?.kind === "number";
  return minus || trailing ? mark : soft("-");
}

function spoilLast(tokens: Token[]): void {
  const last = tokens.at(-1);
  if (last?.kind === "number") tokens[tokens.length - 1] = { ...last, plain: false };
}
