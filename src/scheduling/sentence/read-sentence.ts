/**
 * A schedule out of a sentence in any of our languages. What is missing, has two meanings or is not
 * understood is asked about; nothing is guessed, and no word is dropped. Pure.
 */
import { checkSchedule } from "../definition/schedule.ts";
import { checkMeaning } from "../definition/schedule-check.ts";
import { type Asker, createAsker } from "./fold/draft.ts";
import { fold } from "./fold/fold.ts";
import { askAboutLeft } from "./fold/left.ts";
import { namesOf } from "./lexicon.ts";
import { parse } from "./parse.ts";
import type { Question, Reading, ReadingOptions } from "./reading.ts";
import { tokenise } from "./tokenise.ts";
import { withValues } from "./values.ts";

/** More is no sentence. */
const LONGEST_SENTENCE = 500;

/** The schedule that a sentence says, with which words said what; or the questions that it leaves. */
export function readSentence(written: string, { language, known }: ReadingOptions): Reading {
  const text = written.trim();
  const asker = createAsker(text, language, known);
  if (text.length > LONGEST_SENTENCE) {
    asker.ask("too-long", { start: LONGEST_SENTENCE, end: LONGEST_SENTENCE });
    return { outcome: "questions", questions: asker.questions };
  }
  const names = namesOf(known);
  const { clauses, left } = parse(withValues(tokenise(text, names)));
  if (clauses.length === 0 && left.length === 0) {
    asker.ask("empty", asker.end);
    return { outcome: "questions", questions: asker.questions };
  }
  askAboutLeft(asker, left, names);
  const { schedule, draft } = fold(asker, clauses);
  if (schedule !== undefined) askAboutMisfits(asker, schedule);
  if (schedule === undefined || asker.questions.length > 0) {
    const questions = asker.questions.toSorted(
      (a, b) => turnOf(a) - turnOf(b) || a.span.start - b.span.start,
    );
    return { outcome: "questions", questions };
  }
  const used = draft.used.toSorted((a, b) => a.start - b.start);
  return { outcome: "understood", schedule, used };
}

/** A word that nobody knows is often why those beside it are not clear: it is asked about first. */
function turnOf({ code }: Question): number {
  if (code === "unknown-words" || code === "name-unknown") return 0;
  return code === "not-clear" ? 2 : 1;
}

/** What is said clearly and would not work. */
function askAboutMisfits(asker: Asker, schedule: object): void {
  const checked = checkSchedule(schedule);
  const { surveys, asking } = asker.known;
  const keys = surveys.map(({ key }) => key);
  const problems =
    "problems" in checked
      ? checked.problems
      : checkMeaning(checked.definition, {
          surveys: keys,
          ...(asking === undefined ? {} : { asking }),
        });
  for (const { path, message, code, params } of problems) {
    asker.ask("does-not-fit", asker.end, {
      params: { field: path.map(String).join("."), problem: message },
      problem: { path, code, params },
    });
  }
}
