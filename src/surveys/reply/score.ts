/**
 * Reads a score out of a reply. A clause counts only when every piece of it is known to belong
 * around a score: one unknown word, and the number is about something else. When in doubt: none.
 */
import { isPicture } from "./characters.ts";
import { type Clause, has, type Piece, type Span } from "./clauses.ts";
import type { Found } from "./comment.ts";
import { isCondition, isOnly, isOrder, retracts } from "./doubt.ts";
import { type Asked, readExpression } from "./expression.ts";
import { readWish } from "./wish.ts";

/** What one clause says. `core` is the part that is the score and no comment. */
type Reading =
  | {
      readonly kind: "score";
      readonly score: number;
      readonly core: Span;
      /** True when it was said by a label of the scale. */
      readonly label: boolean;
    }
  /** A score of another scale, or more than one. */
  | { readonly kind: "bad" }
  /** Nothing but politeness and words that stand around scores. */
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/** The one score of a reply, and where it stands in the text. */
export interface ScoreFound extends Found {
  readonly score: number;
}

/** The score of a reply; "bad" when there is something like a score that cannot be trusted. */
export function findScore(
  clauses: readonly Clause[],
  asked: Asked,
): ScoreFound | "bad" | undefined {
  const readings = clauses.map((clause) => readClause(clause, asked));
  if (readings.some(({ kind }) => kind === "bad")) return "bad";
  const scores = readings.filter((reading) => reading.kind === "score");
  const [first] = scores;
  if (first === undefined) return undefined;
  const { min, max } = asked.scale;
  const trusted =
    scores.every(({ score }) => score === first.score) &&
    first.score >= min &&
    first.score <= max &&
    stands(clauses, readings) &&
    !isDoubted(clauses, readings, first) &&
    !(first.label && clauses.some((clause) => saysOther(clause, asked, first.score)));
  if (!trusted) return "bad";
  const asides = clauses.filter((_, i) => readings[i]?.kind === "empty");
  return { score: first.score, core: first.core, repeats: scores.map(({ core }) => core), asides };
}

/** True when a score stands where an answer stands: first, last, or as a sentence of its own. */
function stands(clauses: readonly Clause[], readings: readonly Reading[]): boolean {
  const said = readings.map(({ kind }, i) => (kind === "empty" ? -1 : i)).filter((i) => i >= 0);
  return clauses.every((clause, i) => {
    if (readings[i]?.kind !== "score") return true;
    const depends = readings[i - 1]?.kind === "other" && dependsOn(clauses[i - 1], clause);
    if (clause.asks || depends) return false;
    return said.at(0) === i || said.at(-1) === i || (clause.opens && clause.closes);
  });
}

/** "Room: 9", "order no. 9", "fix it and it's a 9": the number belongs to what stands before it. */
function dependsOn(before: Clause | undefined, { pieces, opener }: Clause): boolean {
  if (before === undefined) return false;
  const known = before.pieces.every((piece, i) => isPraise(piece) || isFrame(piece, i === 0));
  if (opener === ":" || has(pieces.at(0), "and")) return !known;
  return opener === "." && has(before.pieces.at(-1), "abbreviation");
}

function isDoubted(
  clauses: readonly Clause[],
  readings: readonly Reading[],
  { score }: { readonly score: number },
): boolean {
  if (isOrder(clauses)) return true;
  return clauses.some((clause, i) => {
    const { pieces } = clause;
    if (retracts(pieces) || isCondition(pieces)) return true;
    if (isWishful(clause, clauses[i + 1])) return true;
    if (readings[i]?.kind === "score") return false;
    if (pieces.every((piece) => has(piece, "none", "fill") && !has(piece, "no"))) return false;
    if (isOnly(pieces, "no") || isOnly(pieces, "doubt")) return true;
    if (readWish(clause) !== undefined) return true;
    return readings[i]?.kind === "other" && hasOtherNumber(pieces, score);
  });
}

/** "I would give you a 10, but …" */
function isWishful({ pieces }: Clause, next: Clause | undefined): boolean {
  return pieces.some((piece) => has(piece, "would")) && has(next?.pieces.at(0), "but");
}

/** "Satisfied with the agent, not satisfied with the product": two labels, two matters. */
function saysOther({ pieces }: Clause, { metric }: Asked, score: number): boolean {
  return pieces.some(({ labels }) => (labels.get(metric) ?? score) !== score);
}

/** Any other number beside the score; "one" as a word is too common to be one. */
function hasOtherNumber(pieces: readonly Piece[], score: number): boolean {
  return pieces.some(
    ({ kind, spelled, value }) => kind === "number" && value !== score && !(spelled && value === 1),
  );
}

/** What a row of expressions and the frame around them says. */
interface Statement {
  readonly scores: Set<number>;
  bad: boolean;
  firm: boolean;
  label: boolean;
  /** There is a frame that fits around a number only, or around a label only. */
  give: boolean;
  feel: boolean;
  /** The piece behind it. */
  end: number;
}

/** Praise, then the score with its frame, then a comment: "great service 9/10 would recommend". */
function readClause(clause: Clause, asked: Asked): Reading {
  const { pieces } = clause;
  const from = leadEnd(pieces, asked);
  const statement = readStatement(pieces, from, asked);
  const [score] = statement.scores;
  const rest = pieces.slice(statement.end);
  if (rest.length > 0 && (score === undefined || !opensComment(rest, statement.firm))) {
    return { kind: "other" };
  }
  if (statement.bad || statement.scores.size > 1) return { kind: "bad" };
  if (score === undefined) return { kind: from > 0 ? "other" : "empty" };
  const { label, firm, feel, give } = statement;
  const unfit = label ? give || from > 0 || isLoose(clause) : feel && !firm;
  if (unfit) return { kind: "other" };
  const core = { start: pieces[from]?.start ?? 0, end: pieces[statement.end - 1]?.end ?? 0 };
  return { kind: "score", score, core, label };
}

/** "It took long but I'm satisfied" is an answer, "it has been worse and better" is none. */
function isLoose({ pieces, opener, opens }: Clause): boolean {
  return opener === "" && !opens && !pieces.some((piece) => has(piece, "feel"));
}

function readStatement(pieces: readonly Piece[], from: number, asked: Asked): Statement {
  const none = { bad: false, firm: false, label: false, give: false, feel: false };
  const statement: Statement = { scores: new Set(), ...none, end: from };
  while (statement.end < pieces.length) {
    const piece = pieces[statement.end];
    const expression = readExpression(pieces, statement.end, asked);
    if (expression !== undefined) {
      if (expression.score !== undefined) statement.scores.add(expression.score);
      statement.bad ||= expression.bad ?? false;
      statement.firm = expression.firm ?? false;
      statement.label ||= expression.label ?? false;
      statement.end += expression.taken;
    } else if (isFrame(piece, statement.end === 0) && !isCounted(statement, piece)) {
      statement.give ||= has(piece, "give") && !has(piece, "feel", "fill", "yes");
      statement.feel ||= has(piece, "feel") && !has(piece, "give", "fill", "yes");
      statement.end += 1;
    } else break;
  }
  return statement;
}

/** "0 support": what stands right behind a bare number was counted. */
function isCounted({ scores, firm, label }: Statement, piece: Piece | undefined): boolean {
  return scores.size > 0 && !firm && !label && has(piece, "subject");
}

function isFrame(piece: Piece | undefined, first: boolean): boolean {
  if (piece?.kind === "word" && isPicture(piece.text)) return true;
  return has(piece, "fill", "give", "feel", "yes") || (first && has(piece, "link"));
}

/** Where the praise before a score ends, 0 when other words stand there or none. */
function leadEnd(pieces: readonly Piece[], asked: Asked): number {
  const score = pieces.findIndex((_, i) => readExpression(pieces, i, asked) !== undefined);
  const lead = pieces.slice(0, score === -1 ? pieces.length : score);
  if (!lead.every((piece, i) => isPraise(piece) || isFrame(piece, i === 0))) return 0;
  return lead.findLastIndex((piece) => isPraise(piece) && !has(piece, "give")) + 1;
}

function isPraise(piece: Piece): boolean {
  return has(piece, "praise") && !has(piece, "doubt");
}

/** True when what follows a score is a comment on it, and not the thing that was counted. */
function opensComment(rest: readonly Piece[], firm: boolean): boolean {
  const [first] = rest;
  if (isOnly(rest, "doubt")) return false;
  if (has(first, "remark") || (firm && has(first, "praise", "tail"))) return true;
  return rest.every((piece) => has(piece, "praise", "fill"));
}
