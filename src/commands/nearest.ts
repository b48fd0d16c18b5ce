import { distance } from "fastest-levenshtein";

/** Longer words are no slip of the finger, and comparing them would only cost time. */
const LONGEST_WORD = 60;

/** Share of the letters that may differ before a suggestion would be a guess. */
const TOLERANCE = 0.4;

/** The candidate that somebody most likely meant by `word`; undefined when none is near. */
export function nearest<T extends string>(word: string, candidates: readonly T[]): T | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const typed = word.toLowerCase();
  let best: { candidate: T; distance: number } | undefined;
  for (const candidate of candidates) {
    const away = isSwapped(typed, candidate.toLowerCase())
      ? 1
      : distance(typed, candidate.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) * TOLERANCE));
    // Two single letters are always one letter apart, whatever they are.
    const alike = away < Math.max(word.length, candidate.length);
    if (alike && away <= allowed && (best === undefined || away < best.distance)) {
      best = { candidate, distance: away };
    }
  }
  return best?.candidate;
}

/** True when two neighbours changed places: one slip, though two letters differ. */
function isSwapped(typed: string, meant: string): boolean {
  if (typed.length !== meant.length) return false;
  const at = typed.split("").findIndex((letter, i) => letter !== meant[i]);
  if (at < 0) return false;
  return (
    typed[at] === meant[at + 1] &&
    typed[at + 1] === meant[at] &&
    typed.slice(at + 2) === meant.slice(at + 2)
  );
}
