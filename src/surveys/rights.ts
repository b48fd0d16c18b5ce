/**
 * Whether a person's own words ask for one of their rights: to see what is kept about them, to be
 * forgotten, to be asked again; and for how long a pause is meant. Pure, in all our languages at
 * once, and careful: every clause has to be such a wish, else the words are what they are, a comment.
 */
import type { Language } from "../locales/index.ts";
import { clausesOf, has } from "./reply/clauses.ts";
import { findWish } from "./reply/wish.ts";
import { canonical } from "./rights/canonical.ts";
import { en, type RightsWords, ru, zh } from "./rights/words.ts";
import { cleanText } from "./words.ts";

export const rights = ["pause", "never", "resume", "data", "forget"] as const;
/** What everybody may want for themselves. */
export type Right = (typeof rights)[number];

/** A longer text is a comment as it is: nobody asks for these in so many words. */
const MAX_READ_LENGTH = 400;

/**
 * What the words ask for, the most far-reaching last; empty when they ask for nothing, or for
 * nothing but a pause or an end, which the conversation itself reads (meaning.ts). "Stop asking me
 * and delete everything" is both.
 */
export function rightsIn(text: string, language: Language): readonly Right[] {
  const clean = cleanText(text);
  if (clean.length > MAX_READ_LENGTH) return [];
  const whole = rightOfClause(clean);
  if (whole !== undefined) return [whole];
  const found = new Set<Right>();
  for (const clause of clausesOf(clean, language)) {
    if (clause.pieces.every((piece) => has(piece, "fill", "link", "yes", "no"))) continue;
    const words = clean.slice(clause.start, clause.end);
    const right = rightOfClause(words, found) ?? outOf(words, language);
    if (right === undefined) return [];
    found.add(right);
  }
  const asked = rights.filter((right) => found.has(right));
  // "Ask me again and never ask me" is no wish that could be kept.
  const own = asked.some((right) => right === "data" || right === "forget" || right === "resume");
  return own && !(found.has("resume") && found.size > 1) ? asked : [];
}

/** The same for what is typed behind a command, where a single word is no answer to anything. */
export function rightTyped(text: string, language: Language): readonly Right[] {
  const clean = cleanText(text);
  const word = canonical(clean);
  if (neverWords.test(word)) return ["never"];
  const found = rightsIn(clean, language);
  if (found.length > 0) return found;
  const out = outOf(clean, language);
  if (out !== undefined) return [out];
  return pauseWords.test(word) ? ["pause"] : [];
}

const neverWords =
  /^(?:never(?: again| ask(?: me)?(?: again)?)?|stop|никогда|никогда не спрашиваи(?:те)?|больше никогда|永不|从不|從不|不再|不要再问|永遠不|永远不)$/;
/** "pause 30d", "пауза на 2 недели", "暂停两周": the length is read by pauseLength. */
const pauseWords = /^(?:pause|пауза|паузу|暂停|暫停)/;

/** More courtesies than this on one side are no courtesy. */
const MOST_COURTESIES = 6;

const languagesRead = [en, ru, zh].map((words) => ({
  head: new RegExp(`^(?:${words.before})(?: |(?<=\\p{Script=Han})|(?=\\p{Script=Han}))`, "u"),
  tail: new RegExp(`(?: |(?<=\\p{Script=Han}))(?:${words.behind})$`, "u"),
  patterns: patternsOf(words),
}));

type Patterns = Readonly<Record<"forget" | "object" | "data" | "thenDelete" | "resume", RegExp>>;

function patternsOf(words: RightsWords): Patterns {
  const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, "u");
  return {
    forget: whole(words.forget),
    object: whole(words.object),
    data: whole(words.data),
    thenDelete: whole(words.thenDelete),
    resume: whole(words.resume),
  };
}

/** It may stand anywhere. */
const PLEASE = /(?:^| )(?:please|pls|plz|пожалуиста)(?= |$)/gu;

/** The right that a clause asks for, given what the clauses before it asked for. */
function rightOfClause(text: string, before: ReadonlySet<Right> = new Set()): Right | undefined {
  const clause = canonical(text).replace(PLEASE, "").trim();
  for (const { head, tail, patterns } of languagesRead) {
    const cores = everShorter(clause, head).flatMap((core) => everShorter(core, tail));
    const fits = (name: keyof Patterns) => cores.some((core) => patterns[name].test(core));
    const more = before.has("forget") && fits("object");
    if (more || fits("forget") || (before.has("data") && fits("thenDelete"))) return "forget";
    if (fits("data")) return "data";
    if (fits("resume")) return "resume";
  }
  return undefined;
}

/** The text with ever more of its courtesies taken away: "now forget me", "forget me". */
function everShorter(text: string, edge: RegExp, most = MOST_COURTESIES): string[] {
  const shorter = text.replace(edge, "").trim();
  if (most === 0 || shorter === text || shorter === "") return [text];
  return [text, ...everShorter(shorter, edge, most - 1)];
}

/** A pause or an end, as the conversation reads it. */
function outOf(text: string, language: Language): "pause" | "never" | undefined {
  const wish = findWish(clausesOf(text, language))?.kind;
  if (wish === "stop") return "never";
  return wish === "pause" ? "pause" : undefined;
}
