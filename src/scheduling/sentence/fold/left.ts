/** What no clause has: it is asked about, with the word that may have been meant. */
import { distance } from "fastest-levenshtein";
import { nearest } from "../../../commands/nearest.ts";
import type { Lexicon } from "../lexicon.ts";
import { words } from "../lexicon.ts";
import type { QuestionCode } from "../reading.ts";
import { has, type Token } from "../token.ts";
import type { Asker } from "./draft.ts";
import { daysOf, MONDAY } from "./trigger.ts";

/** Shorter words are near too many others. */
const SHORTEST = 4;

/** Asks about each stretch of words that are left. */
export function askAboutLeft(asker: Asker, left: readonly Token[], names: Lexicon): void {
  for (const token of left) {
    const code = codeOf(token);
    if (code === "time-vague") askTime(asker, token);
    else if (code === "unknown-words") askUnknown(asker, token, names);
    else
      asker.ask(code, token, {
        params: code === "survey-archived" ? { key: token.name ?? "" } : {},
        choices: waysOf(asker, code, token).map((words) => ({ at: token, words })),
      });
  }
}

function codeOf(token: Token): QuestionCode {
  if (has(token, "UNKNOWN")) return "unknown-words";
  if (has(token, "ARCHIVED")) return "survey-archived";
  if (has(token, "NUMERIC_DATE")) return "date-numeric";
  if (has(token, "OTHER", "EVERY_OTHER_WEEK", "BIWEEKLY")) return "every-other";
  if (has(token, "NEXTW")) return "once-only";
  if (has(token, "AM", "PM", "NOON")) return "time-vague";
  if (has(token, "NOT", "NO")) return "not-expressible";
  if (has(token, "DUR") && token.n === 0) return "length-none";
  return "not-clear";
}

/** What else it could be said as; "" leaves it out. */
function waysOf(asker: Asker, code: QuestionCode, token: Token): string[] {
  // Without its number the rest would say something else.
  if (code === "not-clear") return token.n === undefined ? [""] : [];
  if (code === "once-only") {
    return token.n === undefined ? daysOf(asker, token.unit) : [asker.everyWeek([token.n])];
  }
  return code === "every-other" ? everyOther(asker, token) : [];
}

/** Every two of them; "biweekly" may be twice in each, too. */
function everyOther(asker: Asker, token: Token): string[] {
  const { n: day = MONDAY, unit = "w" } = token;
  if (unit !== "w" && unit !== "d") return [];
  const time = asker.say("days", { n: unit === "w" ? 14 : 2 });
  const most = asker.say("atMostOnce", { time });
  const days = unit === "w" ? asker.everyWeek([day]) : asker.say("everyDay");
  const again = `${asker.say("afterJoining", { time })} ${asker.say("thenEvery", { time })}`;
  const twice = has(token, "BIWEEKLY") ? [asker.everyWeek([MONDAY, 4])] : [];
  return [...twice, asker.inRow(days, most), ...(token.n === undefined ? [again] : [])];
}

function askTime(asker: Asker, token: Token): void {
  const times = has(token, "AM") ? ["9:00", "10:00"] : ["14:00", "16:00"];
  asker.ask("time-vague", token, {
    choices: times.map((time) => ({ at: token, words: asker.say("at", { time }) })),
  });
}

function askUnknown(asker: Asker, token: Token, names: Lexicon): void {
  const typed = asker.text.slice(token.start, token.end);
  const meant = meantBy(typed.toLowerCase(), names);
  asker.ask("unknown-words", token, {
    params: { near: meant ?? "" },
    choices: [
      ...(meant === undefined ? [] : [{ at: token, words: meant }]),
      { at: token, words: "" },
    ],
  });
}

/** One slip away from a word, or near a name; it is asked about, never taken for it. */
function meantBy(typed: string, names: Lexicon): string | undefined {
  if (typed.length < SHORTEST || typed.length > 40) return undefined;
  const name = nearest(typed, [...names.entries.keys()]);
  if (name !== undefined && distance(typed, name) <= 1) return name;
  const near = [...words.entries.keys()].find(
    (word) =>
      word.length >= SHORTEST &&
      Math.abs(word.length - typed.length) <= 1 &&
      nearest(typed, [word]) !== undefined &&
      isOneSlip(typed, word),
  );
  return near ?? name;
}

function isOneSlip(typed: string, word: string): boolean {
  const away = distance(typed, word);
  return away === 1 || (away === 2 && [...typed].sort().join("") === [...word].sort().join(""));
}
