/** Marks around words that only say how they look. Pure. */

/** A piece of a text: words, or a mark that may belong to another one. */
export interface Piece {
  readonly text: string;
  readonly mark?: { readonly opens: boolean; readonly closes: boolean };
}

/** Bold, italic, underlined, spoilers. What is crossed out stays so: it is not what somebody says. */
const MARK = /\*{1,3}|_{1,3}|\|\|/y;
const SPACE = /^\s?$/;
const WORD = /^[\p{L}\p{N}]$/u;
const NUMBER = /^\p{N}$/u;

/** The mark that stands at `from`, undefined where there is none. */
export function readMark(text: string, from: number): Piece | undefined {
  MARK.lastIndex = from;
  const mark = MARK.exec(text)?.[0];
  if (mark === undefined) return undefined;
  const before = text.charAt(from - 1);
  const after = text.charAt(from + mark.length);
  // snake_case is a word.
  const inWord = mark.startsWith("_");
  return {
    text: mark,
    mark: {
      opens: !SPACE.test(after) && !(inWord && WORD.test(before)),
      closes: !SPACE.test(before) && !(inWord && WORD.test(after)),
    },
  };
}

/** The text without the marks that come in pairs; two numbers never become one by it. */
export function withoutPairs(pieces: readonly Piece[]): string {
  const dropped = pairsIn(pieces);
  const said: string[] = [];
  let last = "";
  for (const [i, { text }] of pieces.entries()) {
    if (dropped.has(i) || text === "") continue;
    if (NUMBER.test(last) && NUMBER.test(text.charAt(0))) said.push(" ");
    said.push(text);
    last = text.charAt(text.length - 1);
  }
  return said.join("");
}

/** The places of marks that belong together. */
function pairsIn(pieces: readonly Piece[]): Set<number> {
  const dropped = new Set<number>();
  const open: number[] = [];
  for (const [i, { text, mark }] of pieces.entries()) {
    if (mark === undefined) continue;
    const partner = mark.closes ? open.findLastIndex((at) => pieces[at]?.text === text) : -1;
    if (partner >= 0) {
      dropped.add(open[partner] ?? i).add(i);
      open.length = partner;
    } else if (mark.opens) open.push(i);
  }
  return dropped;
}
