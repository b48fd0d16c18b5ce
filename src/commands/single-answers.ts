/** What must not be picked by readers who see no single answers: one could be told by subtraction. */
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { filterNames } from "../metrics/filter.ts";
import { answersIn } from "../metrics/histogram.ts";
import { hideComplement } from "../metrics/ladder.ts";
import type { Period } from "../metrics/period.ts";
import type { Message } from "../platform.ts";
import { readCutFacts } from "../store/cut-facts.ts";
import type { Db } from "../store/schema.ts";
import type { Question } from "../store/scored-questions.ts";
import { readFacts } from "../store/summaries.ts";
import type { View } from "./view.ts";

type Picked = Pick<View, "filter" | "scope">;

/** What somebody who sees no single answers picked out of what they see; nothing for whoever does. */
function pickedOf({ filter, scope }: Picked) {
  if (scope.singleAnswers) return [];
  return filterNames.filter((name) => filter[name] && scope.filter[name] === undefined);
}

/**
 * True for scores of parts of what was picked, for readers without single answers: a cell of two tables
 * can be told by the rows of both.
 */
export function crossesTables(view: Picked & { readonly by?: View["by"] }): boolean {
  const picked = pickedOf(view).length;
  return picked > 1 || (picked === 1 && view.by !== undefined);
}

/** True when something is picked by somebody who sees no single answers. */
export function picksOwn(view: Picked): boolean {
  return pickedOf(view).length > 0;
}

/** What they can ask for instead. */
export function singleRefusal(language: Language): Message {
  return lineMessage(language, textsFor(language).text("scope.own.single"));
}

/**
 * True when the answers of a metric that were picked are a row that the table of all of them would not
 * show: the whole less the rows that it shows would tell the others.
 */
export async function isHiddenRow(
  db: Db,
  question: Omit<Question, "filter"> & { readonly now: Date },
  view: Picked & { readonly period: Period; readonly before: Period | null },
): Promise<boolean> {
  const [by] = pickedOf(view);
  if (by === undefined) return false;
  const { filter, scope, period, before } = view;
  const periods = before === null ? [period] : [before, period];
  const about = { ...question, filter: scope.filter, periods };
  const [whole, { rows }] = await Promise.all([
    readFacts(db, about),
    readCutFacts(db, { ...about, by }),
  ]);
  return whole.some(({ histogram }, i) => {
    const answers = rows.map((row) => row.answers[i] ?? 0);
    const hides = hideComplement(answers, answersIn(histogram));
    return rows.some(({ value }, row) => hides[row] && filter[by]?.values.includes(value));
  });
}
