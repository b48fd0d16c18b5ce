/**
 * Texts on their way to Slack. Whatever people wrote goes into plain text and rich text, where Slack
 * takes nothing for markup; only the fallback text of a message and our own links are mrkdwn, and
 * {@link literal} makes that harmless. Lengths are UTF-16 units, never less than what Slack counts; cuts are made between
 * graphemes. Pure.
 */
import { cut, isVisible, oneLine, wholeGraphemes } from "../../common/text.ts";

/** Of our own words; a longer one would be no label any more. */
const LINK_LABEL = 100;

/** The text in pieces of at most `max` units: between lines or words where it can, else graphemes. */
export function pieces(text: string, max: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = breakBefore(rest, max);
    found.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...found, rest].filter(isVisible);
}

/** Where the text is best broken, at most `max` units in; never 0. */
function breakBefore(text: string, max: number): number {
  const space = Math.max(text.lastIndexOf("\n", max - 1), text.lastIndexOf(" ", max - 1));
  // A break in the first half would waste more than it pleases.
  if (space > max / 2) return space + 1;
  // One grapheme of more than `max` units is no letter but an attack on the page.
  return wholeGraphemes(text, max) || max - Number(isLead(text.charCodeAt(max - 1)));
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
