/**
 * A text cut into what cannot be cut further: words, numbers, single Han characters, single signs.
 * Compared are letters of one width, in lower case; spans stay those of the text. Pure.
 */
import type { Span } from "./reading.ts";

export interface Atom extends Span {
  /** As it is compared. */
  readonly folded: string;
  readonly kind: "word" | "number" | "clock" | "han" | "sign";
}

const pieces =
  /(?<clock>\d{1,2}:\d{2}(?!\d))|(?<number>\d+(?:\.\d+)?)|(?<han>\p{Script=Han})|(?<word>[\p{L}\p{M}](?:[\p{L}\p{M}'’_]*[\p{L}\p{M}])?)|(?<sign>[^\s])/gu;
/** Letters of other scripts beside Han: a word ends where they begin. */
const hanOrNot = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;

/** Spaces, and what is not seen, only part words. */
export function atomsOf(text: string): Atom[] {
  const { folded, origins } = fold(text);
  const atoms: Atom[] = [];
  for (const part of folded.matchAll(hanOrNot)) {
    for (const found of part[0].matchAll(pieces)) {
      const at = part.index + found.index;
      const last = at + found[0].length - 1;
      const start = origins[at]?.start ?? 0;
      const end = origins[last]?.end ?? start;
      atoms.push({ folded: found[0], kind: kindOf(found.groups), start, end });
    }
  }
  return atoms;
}

function kindOf(groups: Readonly<Record<string, string | undefined>> | undefined): Atom["kind"] {
  if (groups?.clock !== undefined) return "clock";
  if (groups?.number !== undefined) return "number";
  if (groups?.han !== undefined) return "han";
  return groups?.word === undefined ? "sign" : "word";
}

/** Letter by letter, so that each keeps its place in the text. */
function fold(text: string): { folded: string; origins: Span[] } {
  let folded = "";
  const origins: Span[] = [];
  for (const found of text.matchAll(/[\s\S]\p{M}*/gu)) {
    const span = { start: found.index, end: found.index + found[0].length };
    const letter = /[\p{Cf}\p{Cc}]/u.test(found[0]) ? " " : foldLetter(found[0]);
    folded += letter;
    for (let i = 0; i < letter.length; i += 1) origins.push(span);
  }
  return { folded, origins };
}

function foldLetter(letter: string): string {
  const plain = letter.normalize("NFKC").toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");
  return /^\s/u.test(plain) ? " " : plain;
}
