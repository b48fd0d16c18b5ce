/** What else a reply says: the comment beside a score, and whether words are a comment at all. */
import type { MetricName } from "../../metrics/metric.ts";
import { type Clause, has, type Piece, type Span } from "./clauses.ts";
import type { Role } from "./vocabulary.ts";

const silentRoles: readonly Role[] = ["fill", "link", "give", "feel", "yes", "points", "none"];
const tellingRoles: readonly Role[] = ["praise", "remark", "idle"];

/** Where an answer stands in a reply. */
export interface Found {
  readonly core: Span;
  /** Where it is said once more. */
  readonly repeats: readonly Span[];
  /** Clauses that say nothing of their own: "thank you", "out of 10". */
  readonly asides: readonly Span[];
}

/**
 * The person's own words beside what was understood as the answer; undefined when there
 * are none but "thanks". Words on both sides of the score are kept with it, as they were written.
 */
export function commentBeside(
  text: string,
  clauses: readonly Clause[],
  { core, repeats, asides }: Found,
): string | undefined {
  if (partsBeside(clauses, [core, ...repeats, ...asides]).length === 0) return undefined;
  const parts = partsBeside(clauses, [core, ...asides]);
  const [first, last] = [parts.at(0), parts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (last.end <= core.start) return text.slice(first.start, last.end);
  if (first.start >= core.end) return withoutClosers(text.slice(first.start));
  return text;
}

/** The pieces of the clauses that say something of their own beside these. */
function partsBeside(clauses: readonly Clause[], known: readonly Span[]): Piece[] {
  return clauses.flatMap(({ pieces }) => {
    const beside = pieces.filter((piece) => !known.some((span) => isInside(piece, span)));
    return beside.some(tells) ? beside : [];
  });
}

function isInside(piece: Piece, span: Span): boolean {
  return piece.start >= span.start && piece.end <= span.end;
}

function tells(piece: Piece): boolean {
  return piece.kind !== "mark" && !has(piece, "fill", "link", "none");
}

/** "9 (great)" leaves "great)". */
function withoutClosers(comment: string): string {
  if (/[(（]/.test(comment)) return comment;
  let end = comment.length;
  while (end > 0 && /[)）]/.test(comment.charAt(end - 1))) end -= 1;
  return comment.slice(0, end).trimEnd();
}

/**
 * True for words about something; false for nothing, a shrug, or what looks like an attempt at a
 * score ("11", "not a 9", "somewhat satisfied"), which is worth asking again.
 */
export function isComment(clauses: readonly Clause[], metric?: MetricName): boolean {
  const pieces = clauses.flatMap((clause) => clause.pieces);
  if (clauses.some((clause) => clause.pieces.some((_, i) => isFreeNumber(clause.pieces, i)))) {
    return false;
  }
  const telling = pieces.filter((piece) => isTelling(piece, metric));
  const han = telling.filter(({ han, roles, labels }) => han && roles.size + labels.size === 0);
  return telling.length > han.length || han.length > 1;
}

const emptyRoles: readonly Role[] = [
  ...silentRoles,
  "doubt",
  "no",
  "partly",
  "now",
  "condition",
  "spoil",
  "best",
  "worst",
];

function isTelling(piece: Piece, metric: MetricName | undefined): boolean {
  const isLabel = metric !== undefined && piece.labels.has(metric);
  if (piece.kind !== "word" || isLabel || !/^\p{L}/u.test(piece.text)) {
    return false;
  }
  if (has(piece, ...tellingRoles) && !has(piece, "fill", "doubt")) return true;
  return !has(piece, ...emptyRoles) && (piece.han || piece.end - piece.start > 1);
}

const aroundRoles: readonly Role[] = [
  "fill",
  "give",
  "doubt",
  "points",
  "outOf",
  "onScale",
  "to",
  "condition",
  "spoil",
  "remark",
];

/** A longer number is an order or a telephone number; "10.00" is still an attempt. */
const LONGEST_ATTEMPT = 5;
const LARGEST_ATTEMPT = 100;

/** True when a number counts nothing that was named: it was meant as an answer. */
function isFreeNumber(pieces: readonly Piece[], i: number): boolean {
  const piece = pieces[i];
  if (piece?.kind !== "number" || piece.value > LARGEST_ATTEMPT) return false;
  if (piece.spelled && piece.value === 1) return false;
  if (!piece.spelled && piece.end - piece.start > LONGEST_ATTEMPT) return false;
  const free = (piece: Piece | undefined) =>
    piece === undefined || piece.kind === "number" || has(piece, ...aroundRoles);
  return free(pieces[i - 1]) && free(pieces[i + 1]);
}
