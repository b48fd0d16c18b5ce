/**
 * Discord's Markdown as people see it ("Reference", section on message formatting): the words
 * without their markup, and what in them leads elsewhere. What is escaped comes out as it was typed.
 */

export interface Shown {
  readonly text: string;
  /** Addresses of links whose words hide where they go. */
  readonly hidden: readonly string[];
}

/** A rule at a place of the text; `inner`: read it too, `text`: show it as it is. */
interface Rule {
  readonly at: RegExp;
  readonly show: (found: RegExpExecArray, inner: (text: string) => string) => string;
}

const first = (found: RegExpExecArray): string => found.slice(1).find((group) => group) ?? "";
const read: Rule["show"] = (found, inner) => inner(first(found));
const asItIs: Rule["show"] = (found) => first(found);

/** In the order in which Discord's clients try them. Sticky, so that `\b` looks back. */
const rules: readonly Rule[] = [
  { at: /\\([^0-9A-Za-z\s])/y, show: asItIs },
  { at: /(`+)([\s\S]*?[^`])\1(?!`)/y, show: (found) => found[2] ?? "" },
  // Bare addresses and those in angle brackets: what is read is where they go.
  { at: /<([^: >]+:\/[^ >]+)>/y, show: asItIs },
  { at: /(https?:\/\/[^\s<]+[^<.,:;"')\]\s])/y, show: asItIs },
  { at: /<a?(:\w{2,32}:)\d+>/y, show: asItIs },
  { at: /<(?:@[!&]?|#)(\d+)>/y, show: (found) => `@${found[1]}` },
  { at: /<(t:-?\d+(?::\w)?)>/y, show: asItIs },
  { at: /<(\/[\w -]+):\d+>/y, show: asItIs },
  { at: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, show: read },
  { at: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, show: read },
  { at: /\b_((?:__|\\[\s\S]|[^\\_])+?)_\b/y, show: read },
  {
    at: /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
    show: read,
  },
  { at: /~~(?=\S)((?:\\[\s\S]|[^\\])*?\S)~~/y, show: read },
  { at: /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, show: read },
];
const maskedLink = /\[((?:\\[\s\S]|[^\]\\])+)\]\(<?(https?:\/\/[^)\s>]+)>?[^)]*\)/y;

/** What is read of a text. */
export function shownText(markdown: string): Shown {
  const hidden: string[] = [];
  const inline = (text: string): string => {
    let out = "";
    for (let at = 0; at < text.length; ) {
      const { shown, length } = piece(text, at, inline, hidden);
      out += shown;
      at += length;
    }
    return out;
  };
  // Code first: nothing in it is markup.
  const blocks = markdown.split(/```(?:[\w+-]*\n)?([\s\S]+?)\n?```/);
  const text = blocks
    .map((block, index) => (index % 2 === 1 ? block : inline(withoutLineMarks(block))))
    .join("");
  return { text, hidden };
}

function piece(
  text: string,
  at: number,
  inner: (text: string) => string,
  hidden: string[],
): { shown: string; length: number } {
  maskedLink.lastIndex = at;
  const link = maskedLink.exec(text);
  if (link !== null) {
    hidden.push(link[2] ?? "");
    return { shown: inner(link[1] ?? ""), length: link[0].length };
  }
  for (const rule of rules) {
    rule.at.lastIndex = at;
    const found = rule.at.exec(text);
    if (found !== null) return { shown: rule.show(found, inner), length: found[0].length };
  }
  return { shown: text.charAt(at), length: 1 };
}

/** Quotes, headings, small print and points stand at the beginning of a line. */
function withoutLineMarks(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/^(?:>>>|>) /, ""))
    .map((line) => line.replace(/^(?:#{1,3}|-#) +(?=\S)/, ""))
    .map((line) => line.replace(/^(\s*)[-*] +(?=\S)/, "$1• "))
    .join("\n");
}
