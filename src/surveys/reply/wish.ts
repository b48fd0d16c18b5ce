/** Reads what a person wants of us instead of answering: later, not for a while, not this, never. */
import { type Clause, has, type Piece, type Span } from "./clauses.ts";
import { isOnly } from "./doubt.ts";
import type { Role } from "./vocabulary.ts";

export type WishKind = "stop" | "pause" | "later" | "decline";

/** A wish; `when` is the place of the person's own words for the time. */
export interface WishFound {
  readonly kind: WishKind;
  readonly when?: Span;
}

interface ClauseWish extends WishFound {
  /** True when it is said out loud ("ask me tomorrow", "stop asking me"): it needs no context. */
  readonly firm: boolean;
  /** True when nothing but a time is said: "tomorrow". */
  readonly bare: boolean;
}

/** Which of several wishes counts: the one that leaves the person alone the longest. */
const order: readonly WishKind[] = ["stop", "pause", "later", "decline"];

const timeRoles: readonly Role[] = ["before", "within", "unit", "day", "part", "amount"];
const wishRoles: readonly Role[] = ["stop", "pause", "later", "decline", "busy", "now", "ever"];
const aroundRoles: readonly Role[] = ["fill", "link", "ask", "promise", "thing", "dont"];
const known: readonly Role[] = [...wishRoles, ...timeRoles, ...aroundRoles];

/**
 * The wish of a whole reply. In a long one only a wish said out loud at its beginning or end counts:
 * "The app should stop crashing" is a comment, "Too many of these. Stop asking me" is not.
 */
export function findWish(clauses: readonly Clause[]): WishFound | undefined {
  const { said, wishes, pure } = wishesOf(clauses);
  const busy = said.some(({ pieces }) => pieces.some((piece) => has(piece, "busy")));
  if (pure) return strongest(wishes, said) ?? (busy ? { kind: "later" } : undefined);
  const [first, last] = [wishes.at(0), wishes.at(-1)];
  // "Stop! I get too many of these": a sentence of its own at the beginning.
  if (first?.kind === "stop" && said.at(0)?.closes) return { kind: "stop" };
  const firm = [first, last].filter((wish) => wish?.firm);
  return strongest(firm, []);
}

/**
 * The wish of a reply to an open question, where a time can be the answer ("a reply within an hour")
 * and so can anything that a wish is only a part of.
 */
export function findSpokenWish(clauses: readonly Clause[]): WishFound | undefined {
  const { said, wishes, pure } = wishesOf(clauses);
  const spoken = wishes.some((wish) => wish !== undefined && !wish.bare);
  return spoken && pure ? strongest(wishes, said) : undefined;
}

/** The wish of each clause that says something; `pure` when nothing but wishes is said. */
function wishesOf(clauses: readonly Clause[]) {
  const said = clauses.filter(({ pieces }) => !pieces.every((piece) => has(piece, "fill")));
  const wishes = said.map((clause) => readWish(clause));
  const pure = said.every((clause, i) => wishes[i] !== undefined || isBeside(clause));
  return { said, wishes, pure };
}

/** "Nothing", "no, nothing to add": the empty answer to an open question. */
export function isNothing(clauses: readonly Clause[]): boolean {
  const pieces = clauses.flatMap((clause) => clause.pieces);
  const empty = pieces.filter((piece) => has(piece, "none"));
  return empty.length > 0 && pieces.every((piece) => has(piece, "none", "fill"));
}

/** A wish that is firm enough to count beside an answer: nobody is asked again who said "stop asking". */
export function findFirmStop(clauses: readonly Clause[]): WishFound | undefined {
  const stop = clauses.map((clause) => readWish(clause)).find((wish) => wish?.kind === "stop");
  return stop?.firm ? { kind: "stop" } : undefined;
}

/** The wish of one clause. Every piece of it must be known to belong to a wish. */
export function readWish({ pieces }: Clause): ClauseWish | undefined {
  const fits = (piece: Piece) => piece.kind === "number" || has(piece, ...known);
  if (!pieces.every(fits)) return undefined;
  const says = (...roles: readonly Role[]) => pieces.some((piece) => has(piece, ...roles));
  const forbids = says("dont") && says("ask");
  if (says("pause")) return { kind: "pause", firm: forbids, bare: false };
  if (says("stop")) return { kind: "stop", firm: says("ever"), bare: false };
  if (forbids) return forbidden(says);
  const when = whenSpan(pieces);
  const counted = pieces.some(({ kind }) => kind === "number");
  const timed = says("day") || (says("within") && says("unit"));
  const asked = says("ask", "promise") && when !== undefined && !says("dont");
  if (counted && !says("before", "within", "unit")) return undefined;
  if (says("later") || timed || asked) {
    const bare = !says("later", "ask", "promise");
    return { kind: "later", ...(when === undefined ? {} : { when }), firm: says("ask"), bare };
  }
  return says("decline") && !counted ? { kind: "decline", firm: false, bare: false } : undefined;
}

/** "Don't ask me": never, unless it is about a while or now. "Not tomorrow" leaves too much open. */
function forbidden(says: (...roles: readonly Role[]) => boolean): ClauseWish | undefined {
  if (says("day")) return undefined;
  if (says("unit")) return { kind: "pause", firm: true, bare: false };
  if (says("now")) return { kind: "later", firm: true, bare: false };
  return { kind: "stop", firm: says("ever"), bare: false };
}

/** What may stand beside a wish without being one: "no", "I'm busy", "at 5". */
function isBeside(clause: Clause): boolean {
  const { pieces } = clause;
  if (isOnly(pieces, "no") || isOnly(pieces, "yes")) return true;
  const fits = (piece: Piece) =>
    piece.kind === "number" || has(piece, "busy", "now", "fill", "thing", ...timeRoles);
  const telling = pieces.some((piece) => has(piece, "busy", "now", ...timeRoles));
  return telling && pieces.every(fits);
}

function strongest(
  wishes: readonly (ClauseWish | undefined)[],
  clauses: readonly Clause[],
): WishFound | undefined {
  const wished = (kind: WishKind) => wishes.some((wish) => wish?.kind === kind);
  // "Busy these days, don't ask" is for a while; "stop asking" is for ever, whatever else is said.
  const softened = wished("pause") && !wishes.some((wish) => wish?.kind === "stop" && wish.firm);
  const kind = softened ? "pause" : order.find(wished);
  if (kind !== "later") return kind === undefined ? undefined : { kind };
  const said = wishes.find((wish) => wish?.when !== undefined)?.when;
  const beside = clauses.map(({ pieces }) => whenSpan(pieces)).find((span) => span !== undefined);
  const when = said ?? beside;
  return when === undefined ? { kind } : { kind, when };
}

/** From the first to the last word that tells the time: "in two hours", "tomorrow morning". */
function whenSpan(pieces: readonly Piece[]): Span | undefined {
  const tells = (piece: Piece) => piece.kind === "number" || has(piece, ...timeRoles);
  const from = pieces.findIndex((piece) => tells(piece) && !has(piece, "fill"));
  const to = pieces.findLastIndex((piece) => tells(piece) && !has(piece, "fill"));
  const span = pieces.slice(from, to + 1);
  const [first, last] = [span.at(0), span.at(-1)];
  if (from === -1 || first === undefined || last === undefined) return undefined;
  const counted = span.some(({ kind }) => kind === "number") && span.some((p) => has(p, "before"));
  const timed = counted || span.some((piece) => has(piece, "day", "part", "unit"));
  return timed ? { start: first.start, end: last.end } : undefined;
}
