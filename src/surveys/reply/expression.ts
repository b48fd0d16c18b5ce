/** "9", "9 out of 10", "4 stars", "full marks", "very satisfied": what names one step of a scale. */
import type { MetricName, Scale } from "../../metrics/metric.ts";
import { has, type Piece } from "./clauses.ts";

/** The scale that is asked for. */
export interface Asked {
  readonly metric: MetricName;
  readonly scale: Scale;
}

/** What stands at one place: how many pieces it takes and what it says. */
export interface Expression {
  readonly taken: number;
  /** Missing where only the scale is named ("out of 10"). */
  readonly score?: number;
  /** True when it speaks of another scale: 4/5 where 10 is the most. */
  readonly bad?: boolean;
  /** True when it can be nothing but a score ("9/10", "9 points"): any praise may follow. */
  readonly firm?: boolean;
  readonly label?: boolean;
}

/** The expression that starts at `pieces[i]`, if there is one. */
export function readExpression(
  pieces: readonly Piece[],
  i: number,
  asked: Asked,
): Expression | undefined {
  const piece = pieces[i];
  if (piece === undefined) return undefined;
  const step = piece.labels.get(asked.metric);
  if (step !== undefined) return { taken: 1, score: step, label: true };
  if (piece.kind === "star") return readStars(pieces, i, asked);
  if (has(piece, "onScale")) return readScale(pieces, i, asked);
  const next = pieces[i + 1];
  if (piece.kind === "number") return readNumber(pieces, i, asked);
  if (has(piece, "outOf", "best") && next?.kind === "number") {
    const taken = has(pieces[i + 2], "points", "ofScale") ? 3 : 2;
    return { taken, bad: next.value !== asked.scale.max };
  }
  if (has(piece, "best")) return { taken: 1, score: asked.scale.max };
  if (has(piece, "worst")) return { taken: 1, score: asked.scale.min };
  return undefined;
}

function readNumber(pieces: readonly Piece[], i: number, asked: Asked): Expression {
  const piece = pieces[i];
  const score = piece?.value ?? Number.NaN;
  const { max } = asked.scale;
  if (has(piece, "ofScale")) return { taken: 1, bad: score !== max };
  if (has(piece, "grade") && max !== 5) return { taken: 1, bad: true };
  if (has(pieces[i + 1], "outOf") && pieces[i + 2]?.kind === "number") {
    const unit =
      has(pieces[i + 3], "points", "ofScale") || (max === 5 && has(pieces[i + 3], "star"));
    return { taken: unit ? 4 : 3, score, bad: pieces[i + 2]?.value !== max, firm: true };
  }
  if (pieces[i + 1]?.kind === "star") {
    const stars = readStars(pieces, i + 1, asked);
    const same = stars.score === 1 || stars.score === score;
    return { taken: 1 + stars.taken, score, bad: max !== 5 || !same, firm: true };
  }
  if (has(pieces[i + 1], "star")) return { taken: 2, score, bad: max !== 5, firm: true };
  const points = has(pieces[i + 1], "points");
  const taken = points ? 2 : 1;
  if (has(pieces[i + taken], "ofScale")) return { taken: taken + 1, bad: score !== max };
  return { taken, score, firm: points, bad: Number.isNaN(score) };
}

/** ⭐⭐⭐⭐ or ★★★★☆: stars are a score only where five are the most. */
function readStars(
  pieces: readonly Piece[],
  from: number,
  asked: Asked,
): Expression & { score: number } {
  let end = from;
  let filled = 0;
  for (; pieces[end]?.kind === "star"; end += 1) if (pieces[end]?.value === 1) filled += 1;
  const all = end - from;
  const bad = asked.scale.max !== 5 || filled === 0 || (filled < all && all !== 5);
  return { taken: all, score: filled, bad, firm: true };
}

/** "On a scale of 0 to 10", "по 10-балльной шкале", "между 7 и 8": the scale's ends or something else. */
function readScale(pieces: readonly Piece[], from: number, asked: Asked): Expression | undefined {
  const { min, max } = asked.scale;
  let i = from + 1;
  const ends: number[] = [];
  for (; i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (piece?.kind === "number") ends.push(piece.value);
    else if (!has(piece, "to", "points", "ofScale")) break;
    if (has(piece, "ofScale")) {
      i += 1;
      break;
    }
  }
  const [first, last] = [ends.at(0), ends.at(-1)];
  if (first === undefined || ends.length > 2) return undefined;
  const low = ends.length === 1 || first === min || first === 0 || first === 1;
  return { taken: i - from, bad: !low || last !== max };
}
