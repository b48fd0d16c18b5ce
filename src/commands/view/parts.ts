/** The parts of a view: what stands in a command's words beside its filters, and what readers see. */
import type { Cut, FilterName, Kept } from "../../metrics/filter.ts";
import { readKnown } from "../../store/names-of-cuts.ts";
import type { Db } from "../../store/schema.ts";
import type { Reader } from "../command.ts";
import { nearest } from "../nearest.ts";
import { isInScope, type Scope } from "../scope.ts";
import type { Grammar } from "../view.ts";
import { keyOf, type WrongFilter } from "./filter.ts";
import { takeCuts } from "./filter-text.ts";
import { cutWords } from "./grammar-words.ts";
import { readSearch } from "./search.ts";
import { type Reading, type ReadWords, readRest, type WrongWords } from "./text.ts";

/** The cut and everything else, or what is wrong. */
export type Parts =
  | { readonly problem: "none"; readonly by: Cut | undefined; readonly words: ReadWords }
  | { readonly problem: "cut"; readonly cut: Cut }
  | { readonly problem: "words"; readonly wrong: WrongWords };

/** Reads what is left when the filters are taken out. Pure. */
export function readParts(text: string, grammar: Grammar, reading: Reading): Parts {
  // Whoever searches may search for "by mistake": a command that has no cut looks for none.
  const none = grammar.search === true && grammar.cuts === undefined;
  const { cuts, rest } = none ? { cuts: [], rest: text } : takeCuts(text);
  const foreign = cuts.find((cut) => grammar.cuts?.includes(cut) !== true);
  if (foreign !== undefined) return { problem: "cut", cut: foreign };
  const [by, ...more] = new Set(cuts);
  if (more.length > 0) {
    const word = cuts.map((cut) => cutWords(cut, reading.language)).join(" ");
    return { problem: "words", wrong: { ok: false, problem: "twice", word } };
  }
  const read = grammar.search === true ? readSearch : readRest;
  const words = read(rest, grammar, reading);
  return words.ok ? { problem: "none", by, words } : { problem: "words", wrong: words };
}

/** True when the scope lets its reader see at least one of what is called so. */
export function isSeen(scope: Scope, name: FilterName, { values }: Kept): boolean {
  return values.some((value) => isInScope(scope, name, value));
}

/** A word that names nothing, with the name that was meant, most likely. */
export interface NearestFilter extends WrongFilter {
  readonly nearest?: string;
}

/** The same with the nearest among what its reader may see. */
export function withNearest(wrong: WrongFilter, known: readonly Kept[]): NearestFilter {
  const near = nearest(
    keyOf(wrong.word),
    known.map(({ label }) => keyOf(label)),
  );
  const meant = known.find(({ label }) => keyOf(label) === near)?.label;
  return { ...wrong, known, ...(meant === undefined ? {} : { nearest: meant }) };
}

/** The team of the newest chat that the reader may see, for examples. */
export async function someTeam(
  db: Db,
  { workspace }: Pick<Reader, "workspace">,
  scope: Scope,
): Promise<string | undefined> {
  const teams = await readKnown(db, workspace.id, "team");
  return teams.find((team) => isSeen(scope, "team", team))?.label;
}
