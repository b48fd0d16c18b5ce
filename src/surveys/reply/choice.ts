/** Reads yes, partly or no out of a reply. */
import { type Clause, has, type Piece, type Span } from "./clauses.ts";
import type { Found } from "./comment.ts";
import { isCondition, isOrder, retracts } from "./doubt.ts";
import type { Role } from "./vocabulary.ts";
import { readWish } from "./wish.ts";

export type Choice = "yes" | "partly" | "no";

/** The words that count as each answer to one kind of question. */
type Answers = Readonly<Record<Choice, readonly Role[]>>;

/** "Was your issue solved?" */
export const resolutionAnswers: Answers = {
  yes: ["yes", "solved"],
  partly: ["partly", "halfSolved"],
  no: ["no", "unsolved"],
};

/** "May somebody get back to you?" */
export const consentAnswers: Answers = {
  yes: ["yes", "welcome"],
  partly: [],
  no: ["no", "unwelcome"],
};

type Reading =
  | { readonly kind: "choice"; readonly choice: Choice; readonly core: Span }
  | { readonly kind: "bad" }
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/** The one answer of a reply, and where it stands in the text. */
export interface ChoiceFound extends Found {
  readonly score: Choice;
}

/** The answer of a reply; "bad" when there is something like one that cannot be trusted. */
export function findChoice(
  clauses: readonly Clause[],
  answers: Answers,
): ChoiceFound | "bad" | undefined {
  const readings = clauses.map((clause) => readClause(clause, answers));
  if (readings.some(({ kind }) => kind === "bad")) return "bad";
  const choices = readings.filter((reading) => reading.kind === "choice");
  const [first] = choices;
  if (first === undefined) return undefined;
  const said = readings.map(({ kind }, i) => (kind === "empty" ? -1 : i)).filter((i) => i >= 0);
  const atEdge = [said.at(0), said.at(-1)].some((i) => readings[i ?? -1]?.kind === "choice");
  const agree = choices.every(({ choice }) => choice === first.choice);
  const doubted =
    isOrder(clauses) ||
    clauses.some((clause, i) => isDoubted(clause, readings[i], first.choice, answers));
  if (!atEdge || !agree || doubted) return "bad";
  const asides = clauses.filter((_, i) => readings[i]?.kind === "empty");
  return {
    score: first.choice,
    core: first.core,
    repeats: choices.map(({ core }) => core),
    asides,
  };
}

function isDoubted(
  clause: Clause,
  reading: Reading | undefined,
  choice: Choice,
  answers: Answers,
): boolean {
  const { pieces } = clause;
  if (retracts(pieces) || isCondition(pieces)) return true;
  if (reading?.kind === "choice") return clause.asks;
  return readWish(clause) !== undefined || contradicts(pieces, choice, answers);
}

/** "Yes, but it came back": a later clause that opens with, or firmly says, the contrary. */
function contradicts(pieces: readonly Piece[], choice: Choice, answers: Answers): boolean {
  const opening = pieces.find((piece) => !has(piece, "fill", "link", "only"));
  const [plain, ...firm] = answers[choice === "yes" ? "no" : "yes"];
  const contrary = plain !== undefined && has(opening, plain);
  return choice !== "partly" && (contrary || pieces.some((piece) => has(piece, ...firm)));
}

function readClause({ pieces, start, end }: Clause, answers: Answers): Reading {
  const said = new Set<Choice>();
  const timed = pieces.some((piece) => has(piece, "unit"));
  for (const [i, piece] of pieces.entries()) {
    const choice = choiceOf(piece, answers);
    if (choice !== undefined) said.add(choice);
    else if (!isFrame(piece, i === 0) && !(timed && isTime(piece))) return { kind: "other" };
  }
  const [choice] = said;
  if (said.size > 1) return { kind: "bad" };
  return choice === undefined
    ? { kind: "empty" }
    : { kind: "choice", choice, core: { start, end } };
}

function choiceOf(piece: Piece, answers: Answers): Choice | undefined {
  if (has(piece, ...answers.partly)) return "partly";
  if (has(piece, ...answers.no)) return "no";
  return has(piece, ...answers.yes) ? "yes" : undefined;
}

/** "Solved in 5 minutes". */
function isTime(piece: Piece): boolean {
  return piece.kind === "number" || has(piece, "before", "within", "unit", "amount");
}

function isFrame(piece: Piece, first: boolean): boolean {
  if (has(piece, "doubt")) return false;
  return has(piece, "fill", "feel", "matter") || (first && has(piece, "link"));
}
