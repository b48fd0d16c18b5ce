/** A sentence as tokens: the phrases that cover most of it with the fewest pieces. Pure. */
import { isTimeZone } from "../../config/checks.ts";
import { type Atom, atomsOf } from "./atoms.ts";
import { type Entry, keyOf, type Lexicon, words } from "./lexicon.ts";
import { chineseNumber } from "./numerals.ts";
import { has, merged, type Tag, type Token } from "./token.ts";

/** What nothing is known of costs more than any phrases. */
const UNKNOWN_COST = 100;
const LONGEST_NUMERAL = 7;

interface Piece {
  readonly atoms: number;
  readonly cost: number;
  readonly token: Token;
}

interface Best {
  readonly cost: number;
  readonly piece?: Piece;
}

/** The tokens of a text in their order; what no list has is `UNKNOWN`, together when side by side. */
export function tokenise(text: string, names: Lexicon): Token[] {
  const atoms = atomsOf(text);
  const best: Best[] = Array.from({ length: atoms.length + 1 }, () => ({ cost: 0 }));
  for (let at = atoms.length - 1; at >= 0; at -= 1) {
    // Of the same cost the longest wins: they come first.
    const pieces = piecesAt(atoms, at, names, text);
    const costs = pieces.map((piece) => piece.cost + (best[at + piece.atoms]?.cost ?? 0));
    const least = Math.min(...costs);
    const piece = pieces[costs.indexOf(least)];
    best[at] = piece === undefined ? { cost: least } : { cost: least, piece };
  }
  const tokens: Token[] = [];
  for (let at = 0; at < atoms.length; ) {
    const piece = best[at]?.piece;
    if (piece === undefined) break;
    tokens.push(piece.token);
    at += piece.atoms;
  }
  return joinUnknown(tokens, text);
}

function piecesAt(atoms: readonly Atom[], at: number, names: Lexicon, text: string): Piece[] {
  const pieces: Piece[] = [];
  const longest = Math.max(words.longest, names.longest, LONGEST_NUMERAL);
  for (let length = Math.min(longest, atoms.length - at); length > 0; length -= 1) {
    const part = atoms.slice(at, at + length);
    const key = keyOf(part);
    const found = [...(names.entries.get(key) ?? []), ...(words.entries.get(key) ?? [])];
    const number = part.every(({ kind }) => kind === "han")
      ? chineseNumber(part.map(({ folded }) => folded).join(""))
      : undefined;
    if (number !== undefined) found.push({ tag: "NUM", n: number });
    if (found.length > 0) pieces.push({ atoms: length, cost: 1, token: tokenOf(part, found) });
  }
  const [atom] = atoms.slice(at, at + 1);
  if (atom !== undefined) pieces.push(...plainPieces(atoms, at, atom, text));
  return pieces;
}

/** What needs no list. */
function plainPieces(atoms: readonly Atom[], at: number, atom: Atom, text: string): Piece[] {
  const one = (made: Omit<Token, "start" | "end">, cost = 1): Piece => {
    return { atoms: 1, cost, token: merged([{ ...atom, tags: [] }], made) };
  };
  if (atom.kind === "number") return [...numericDate(atoms, at), one(numberOf(atom.folded))];
  if (atom.kind === "clock") return [one(clockOf(atom.folded))];
  const zone = zoneAt(atoms, at, text);
  if (zone !== undefined) return [zone, one({ tags: ["UNKNOWN"] }, UNKNOWN_COST)];
  if (/^[,;.:!?。、()[\]…]$/u.test(atom.folded)) return [one({ tags: ["SEP"] })];
  if (/^["'«»“”„‘「」『』*_`]$/u.test(atom.folded)) return [one({ tags: ["FILLER"] })];
  return [one({ tags: ["UNKNOWN"] }, UNKNOWN_COST)];
}

function numberOf(written: string): Omit<Token, "start" | "end"> {
  return { tags: ["NUM"], n: Number(written) };
}

function clockOf(written: string): Omit<Token, "start" | "end"> {
  const [hours = 0, minutes = 0] = written.split(":").map(Number);
  if (hours > 23 || minutes > 59) return { tags: ["UNKNOWN"] };
  return { tags: ["CLOCK"], minutes: [hours * 60 + minutes] };
}

/** 03/04 is a day of March or of April; 2026-03-04 is a day once. */
function numericDate(atoms: readonly Atom[], at: number): Piece[] {
  for (const length of [5, 3]) {
    const part = atoms.slice(at, at + length);
    const signs = part.filter((_, index) => index % 2 === 1);
    const isDate =
      part.length === length &&
      part.every(({ kind }, index) => kind === (index % 2 === 0 ? "number" : "sign")) &&
      signs.every(({ folded }) => folded === "/" || (length === 5 && /[-.]/.test(folded)));
    if (isDate)
      return [{ atoms: length, cost: 1, token: tokenOf(part, [{ tag: "NUMERIC_DATE" }]) }];
  }
  return [];
}

/** Europe/Paris. */
function zoneAt(atoms: readonly Atom[], at: number, text: string): Piece | undefined {
  const part = atoms.slice(at, at + 3);
  const [from, sign, to] = part;
  if (from?.kind !== "word" || sign?.folded !== "/" || to?.kind !== "word") return undefined;
  const written = text.slice(from.start, to.end);
  if (!isTimeZone(written)) return undefined;
  const name = new Intl.DateTimeFormat("en", { timeZone: written }).resolvedOptions().timeZone;
  return { atoms: 3, cost: 1, token: tokenOf(part, [{ tag: "ZONE", name }]) };
}

function tokenOf(atoms: readonly Atom[], entries: readonly Entry[]): Token {
  const tags = entries.flatMap(({ tag, unit }): Tag[] =>
    unit === undefined || tag !== "UNIT" ? [tag] : [tag, `UNIT_${unit}`],
  );
  const n = entries.find((entry) => entry.n !== undefined)?.n;
  const unit = entries.find((entry) => entry.unit !== undefined)?.unit ?? perUnit(atoms, tags);
  const named = entries.filter((entry) => entry.name !== undefined);
  const [first] = named;
  const spans = atoms.map((atom) => ({ ...atom, tags: [] }));
  return merged(spans, {
    tags: [...new Set(tags)],
    ...(n === undefined ? {} : { n }),
    ...(unit === undefined ? {} : { unit }),
    ...(first?.name === undefined ? {} : { name: first.name }),
    ...(named.length < 2
      ? {}
      : { names: Object.fromEntries(named.map(({ tag, name }) => [tag, name])) }),
  });
}

/** "A quarter", "в квартал": of which unit. */
function perUnit(atoms: readonly Atom[], tags: readonly Tag[]) {
  if (!tags.includes("PER_OTHER")) return undefined;
  const last = words.entries.get(atoms.at(-1)?.folded ?? "") ?? [];
  return last.find(({ tag }) => tag === "UNIT")?.unit;
}

/** Unless something else stands between them, be it a space. */
function joinUnknown(tokens: readonly Token[], text: string): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const isOne =
      has(last, "UNKNOWN") && has(token, "UNKNOWN") && text.slice(last?.end, token.start) === "";
    if (isOne && last !== undefined)
      joined[joined.length - 1] = merged([last, token], { tags: ["UNKNOWN"] });
    else joined.push(token);
  }
  return joined;
}
