/**
 * Texts on their way to Slack. Whatever people wrote goes into plain text and rich text, where Slack
 * takes nothing for markup; only the fallback text of a message and our own links are mrkdwn, and
 * {@link literal} makes that harmless. Lengths are UTF-16 units, never less than what Slack counts; cuts are made between
 * graphemes. Pure.
 */

/** Control characters other than line ends, noncharacters, byte order marks. */
const UNWANTED = /(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}\uFEFF]/gu;
/** They would turn round whatever stands behind them: embeddings, overrides, isolates. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Of our own words; a longer one would be no label any more. */
const LINK_LABEL = 100;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * The text as Slack can take it: well-formed, no control characters, line ends as `\n`, both ends
 * trimmed; "" when there is nothing to see in it. Cleaning twice changes nothing.
 */
export function clean(text: string): string {
  const tidy = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNWANTED, "")
    .replace(TURNING, "")
    .trim();
  return VISIBLE.test(tidy) ? tidy : "";
}

/** The same on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, " ");
}

/** At most `max` units; what is longer ends in "…" behind a whole grapheme. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, wholeGraphemes(text, max - 1)).trimEnd()}…`;
}

/** The text in pieces of at most `max` units: between lines or words where it can, else graphemes. */
export function pieces(text: string, max: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = breakBefore(rest, max);
    found.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...found, rest].filter((piece) => VISIBLE.test(piece));
}

/** Where the text is best broken, at most `max` units in; never 0. */
function breakBefore(text: string, max: number): number {
  const space = Math.max(text.lastIndexOf("\n", max - 1), text.lastIndexOf(" ", max - 1));
  // A break in the first half would waste more than it pleases.
  if (space > max / 2) return space + 1;
  // One grapheme of more than `max` units is no letter but an attack on the page.
  return wholeGraphemes(text, max) || max - Number(isLead(text.charCodeAt(max - 1)));
}

/** How many units the whole graphemes within the first `max` units have. */
function wholeGraphemes(text: string, max: number): number {
  const start = plainBorder(text, max);
  let end = start;
  // A border at `max` is known only with what follows it.
  for (const { segment } of graphemes.segment(text.slice(start, max + FOLLOWING))) {
    if (end + segment.length > max) break;
    end += segment.length;
  }
  return end;
}

const FOLLOWING = 64;

/** No grapheme goes on between two of these: Latin, Cyrillic and Chinese texts are cut quickly. */
const PLAIN = /^[\x20-\x7E\u0410-\u044F\u4E00-\u9FFF]{2}$/;
const LOOK_BACK = 500;

function plainBorder(text: string, max: number): number {
  for (let i = max; i > Math.max(0, max - LOOK_BACK); i -= 1) {
    if (PLAIN.test(text.slice(i - 1, i + 1))) return i;
  }
  return 0;
}

function isLead(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** What would be live, and the sign that looks like it and is not. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/&/g, "&amp;"],
  [/</g, "&lt;"],
  // At the beginning of a line it would quote, escaped or not.
  [/^>/, "›"],
  [/>/g, "&gt;"],
  [/\*/g, "∗"],
  [/~/g, "∼"],
  [/`/g, "ˋ"],
  [/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "ˍ"],
  // Of an emoji or an address, not of "You answered: 9" or 10:30.
  [/:(?=\S)(?!(?<=\d:)\d\d(?![^\s.,;!?)]))/g, "∶"],
  // A word joiner cannot be seen, but ends every address and every name.
  [/\.(?=\p{L})/gu, ".\u2060"],
  [/([@#])(?=[\p{L}\p{N}])/gu, "$1\u2060"],
];

/** One line of mrkdwn that reads like `text` and in which nothing is alive. */
export function literal(text: string, max: number): string {
  const line = cut(oneLine(text), max);
  return LOOKALIKES.reduce((words, [live, dead]) => words.replace(live, dead), line);
}

/** A link in mrkdwn; `url` is a normalised one (`URL.href`). */
export function mrkdwnLink(url: string, label: string): string {
  const address = url.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E");
  return `<${address.replaceAll("&", "&amp;")}|${literal(label, LINK_LABEL).replaceAll("|", "ǀ")}>`;
}
