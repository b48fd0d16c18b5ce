/** Where words that were searched for stand in a text. Pure. */
import { foldText } from "./words.ts";

/** From the first to behind the last code unit. */
export type Mark = readonly [from: number, to: number];

/** Every place of every term, in the order of the text, overlapping ones as one. */
export function marksIn(text: string, terms: readonly string[]): Mark[] {
  const { folded, at } = foldedWithPlaces(text);
  const found = terms.flatMap((term) => {
    const marks: Mark[] = [];
    for (let i = folded.indexOf(term); i >= 0; i = folded.indexOf(term, i + term.length))
      marks.push([at[i] ?? 0, at[i + term.length] ?? text.length]);
    return marks;
  });
  const joined: [number, number][] = [];
  for (const [from, to] of found.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** The folded text, and for each of its code units where it comes from. */
function foldedWithPlaces(text: string): { readonly folded: string; readonly at: number[] } {
  let folded = "";
  const at: number[] = [];
  let from = 0;
  // A letter with its marks is folded as one.
  for (const [letter] of text.matchAll(/\s+|\P{M}\p{M}*|\p{M}+/gu)) {
    const own = foldText(letter);
    folded += own;
    for (let i = 0; i < own.length; i++) at.push(from);
    from += letter.length;
  }
  return { folded, at: [...at, from] };
}
