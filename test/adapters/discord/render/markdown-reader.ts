/**
 * What Discord's client makes of Markdown: https://support.discord.com/hc/en-us/articles/210298617
 * (styles, headings, small print, lists, quotes, code, masked links, spoilers) and
 * https://docs.discord.com/developers/reference, "Message Formatting" (mentions, emoji, timestamps).
 * In doubt it takes a sign for alive: what it finds nothing in has nothing in it.
 */

export interface Read {
  /** What a person reads, without marks. */
  readonly text: string;
  /** Everything in it that is more than text, by kind: `heading`, `quote`, `link https://…`. */
  readonly live: readonly string[];
}

/** Reads the Markdown of a text display. */
export function readMarkdown(source: string): Read {
  const live: string[] = [];
  const text = blocks(source, live);
  return { text, live };
}

const FENCE = /```(?:[\w+.#-]+\n)?\n*([\s\S]+?)\n*```/;

function blocks(source: string, live: string[]): string {
  const fence = FENCE.exec(source);
  if (fence !== null) {
    const before = source.slice(0, fence.index);
    const after = source.slice(fence.index + fence[0].length);
    // Within a paragraph the marks of what stands before could reach over it; ours never do.
    live.push("code");
    return `${blocks(before, live)}${fence[1] ?? ""}${blocks(after, live)}`;
  }
  return inline(
    source
      .split("\n")
      .map((line) => blockMarks(line, live))
      .join("\n"),
    live,
  );
}

const lineMarks: readonly (readonly [string, RegExp])[] = [
  ["quote", /^\s*>(?:>>)? /],
  ["heading", /^\s*#{1,3}\s+(?=\S)/],
  ["small", /^\s*-#\s+(?=\S)/],
  ["list", /^\s*(?:[*-]|\d+\.)\s+/],
];

/** The line without the marks at its beginning; a mark may stand behind another. */
function blockMarks(line: string, live: string[]): string {
  for (const [kind, mark] of lineMarks) {
    const found = mark.exec(line);
    if (found === null) continue;
    live.push(kind);
    return blockMarks(line.slice(found[0].length), live);
  }
  return line;
}

type Reading = (found: RegExpExecArray, live: string[]) => string;

const styled =
  (kind: string): Reading =>
  ([, inner = ""], live) => {
    live.push(kind);
    return inline(inner, live);
  };
const alive =
  (kind: string): Reading =>
  ([whole], live) => {
    live.push(`${kind} ${whole}`);
    return whole;
  };

/** What can begin at a place, the first that fits wins. */
const inlines: readonly (readonly [RegExp, Reading])[] = [
  [/^\\([^0-9A-Za-z\s])/, ([, sign = ""]) => sign],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, alive("code")],
  [
    /^\[((?:\\[\s\S]|[^[\]\\]|\[[^\]]*\])*)\]\(\s*<?((?:\([^)]*\)|\\.|[^\s\\)>])*)>?[^)]*\)/,
    ([, label = "", url = ""], live) => {
      live.push(`link ${url}`);
      return inline(label, live);
    },
  ],
  [/^<(?:@[!&]?|#)\d+>/, alive("mention")],
  [/^<a?:\w+:\d+>/, alive("emoji")],
  [/^<t:-?\d+(?::\w)?>/, alive("timestamp")],
  [/^<(?:\/[^>]+:\d+|id:[^>]+)>/, alive("mention")],
  [/^<(?:[a-z][a-z+.-]*:|\+\d|[^\s<>@]+@)[^\s<>]*>/i, alive("address")],
  [/^@(?:everyone|here)/, alive("mention")],
  [/^[a-z][a-z+.-]*:\/\/[^\s<]+/i, alive("address")],
  [/^:[^\s:]+?(?:::skin-tone-\d)?:/, alive("emoji")],
  [/^¯\\_\(ツ\)_\/¯/, alive("emoji")],
  [/^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, styled("bold")],
  [/^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, styled("underline")],
  [/^\*(?=\S)((?:\*\*|\\[\s\S]|[^\\*])+?)\*(?!\*)/, styled("italic")],
  [/^_((?:__|\\[\s\S]|[^\\_])+?)_/, styled("italic")],
  [/^~~((?:\\[\s\S]|[^\\])+?)~~(?!_)/, styled("gone")],
  [/^\|\|((?:\\[\s\S]|[^\\])+?)\|\|/, styled("spoiler")],
];

function inline(source: string, live: string[]): string {
  let text = "";
  for (let i = 0; i < source.length; ) {
    const rest = source.slice(i);
    const [taken, said] = step(rest, live);
    text += said;
    i += taken;
  }
  return text;
}

function step(rest: string, live: string[]): [taken: number, said: string] {
  for (const [pattern, reading] of inlines) {
    const found = pattern.exec(rest);
    if (found !== null) return [found[0].length, reading(found, live)];
  }
  return [1, rest.charAt(0)];
}
