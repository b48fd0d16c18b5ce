/** What a single character is, for the tokens. Every test looks at one character only. */

const DIGIT = /^\p{Nd}$/u;
const LETTER = /^[\p{L}〇]$/u;
const HAN = /^[\p{Script=Han}〇]$/u;
const COMBINING = /^\p{M}$/u;
const INVISIBLE = /^(?:[\p{Default_Ignorable_Code_Point}\p{Cf}]|\u20E3)$/u;
const PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]$/u;
const SPACE = /^\s$/u;
const NUMERAL = /^\p{N}$/u;

type Test = (character: string | undefined) => boolean;
const by = (pattern: RegExp): Test => {
  return (character) => character !== undefined && pattern.test(character);
};

export const isDigit = by(DIGIT);
export const isLetter = by(LETTER);
export const isHan = by(HAN);
export const isCombining = by(COMBINING);
/** Zero-width characters, direction marks, variation selectors, the frame of 7️⃣. */
export const isInvisible = by(INVISIBLE);
export const isPicture = by(PICTURE);
export const isSpace = by(SPACE);
/** A number that is no decimal digit: ½, ², Ⅸ, and 🔟, which Unicode calls a symbol. */
export const isNumeral: Test = (character) => character === "🔟" || by(NUMERAL)(character);

const oneOf = (characters: readonly string[]): Test => {
  const set = new Set(characters);
  return (character) => character !== undefined && set.has(character);
};

/** Ends of sentences, as {@link fold} writes them ("…" is "..."). */
export const isStrongBreak = oneOf([
  "\n",
  ".",
  "..",
  "...",
  "!",
  "!!",
  "!?",
  "?",
  "??",
  "?!",
  ";",
  "。",
  "؟",
]);
export const isSoftBreak = oneOf([
  ",",
  ":",
  "、",
  "(",
  ")",
  "[",
  "]",
  "【",
  "】",
  "|",
  "•",
  "·",
  "،",
]);
export const isDash = oneOf(["-", "‐", "‑", "‒", "–", "—", "―"]);
export const isLongDash = oneOf(["—", "―"]);
export const isHyphen = oneOf(["-", "‐", "‑"]);
export const isQuote = oneOf([
  '"',
  "'",
  "“",
  "”",
  "„",
  "‘",
  "’",
  "«",
  "»",
  "「",
  "」",
  "『",
  "』",
  "`",
]);
export const isApostrophe = oneOf(["'", "’", "`", "´", "ʼ"]);
/** Signs that some chats wrap around bold and italic words. */
export const isMarkup = oneOf(["*", "_"]);
/** Signs that make one number of two when they stand between digits: 7.5, 10:30, 1,000. */
export const isInsideNumbers = oneOf([".", ",", ":", "٫", "٬"]);
export const isFilledStar = oneOf(["⭐", "🌟", "★"]);
export const isEmptyStar = oneOf(["☆", "✩"]);

/** Numbers in circles: ① is 1, ⓪ is 0. */
const CIRCLED: readonly (readonly [first: number, last: number, value: number])[] = [
  [0x2460, 0x2473, 1],
  [0x24ea, 0x24ea, 0],
  [0x24f5, 0x24fe, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
  [0x1f51f, 0x1f51f, 10],
];

/** The value of a number in a circle or of 🔟; undefined for any other numeral. */
export function circledValue(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0;
  const row = CIRCLED.find(([first, last]) => code >= first && code <= last);
  return row === undefined ? undefined : row[2] + code - row[0];
}

/** The value 0–9 of a decimal digit of any script: they stand in Unicode in rows of ten. */
export function digitValue(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (first > 0 && isDigit(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}

/** Without case, width and accents: "Ё", "Ｅ" and "é" compare as "е", "e" and "e". */
export function fold(character: string): string {
  if (character < "\u0080") return character.toLowerCase();
  return character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
