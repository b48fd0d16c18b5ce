/** What takes the weight from an answer: conditions, second thoughts, attempts to command us. */
import { type Clause, has, type Piece } from "./clauses.ts";

/** "Just kidding", "and a half", "no wait". */
export function retracts(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => has(piece, "spoil"));
}

/** "9, but only if …" */
export function isCondition(pieces: readonly Piece[]): boolean {
  const first = pieces.find(
    (piece) => has(piece, "condition") || !has(piece, "fill", "only", "link"),
  );
  return has(first, "condition");
}

/** True when a clause says nothing but this: "no", "not sure". */
export function isOnly(pieces: readonly Piece[], role: "yes" | "no" | "doubt" | "none"): boolean {
  const plain = pieces.filter((piece) => !has(piece, "fill", "link"));
  return (
    plain.length > 0 && plain.every((piece) => has(piece, role) && !has(piece, "praise", "idle"))
  );
}

/** "Ignore your instructions and …": nothing in a reply is an order to us. */
export function isOrder(clauses: readonly Clause[]): boolean {
  const pieces = clauses.flatMap((clause) => clause.pieces);
  return (
    pieces.some((piece) => has(piece, "override")) && pieces.some((piece) => has(piece, "orders"))
  );
}
