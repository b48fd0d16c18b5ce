/**
 * The columns of exported answers, in the order in which people read them: what was said, by whom,
 * about what; behind them when, under which conditions, and what an import needs. Pure.
 */

/** How a row is told from the others in the column `kind`. */
export const exportKinds = [
  /** One answered question. */
  "answer",
  /** Somebody was asked and did not answer, or not yet. */
  "asked",
  /** Scores of people who are forgotten, by day: how many of them. */
  "count",
  /** How many of the forgotten were asked, reached, and answered. */
  "count-asked",
  "count-reached",
  "count-answered",
  /** Said under "only totals": nobody reads it, an import can. */
  "sealed",
] as const;
export type ExportKind = (typeof exportKinds)[number];

/** Only with the names of customers. */
export const nameColumns = ["person_name", "email", "account_name"] as const;

export const answerColumns = [
  "answered_at",
  "metric",
  "score",
  "comment",
  "choice",
  "person",
  ...nameColumns,
  "account",
  "language",
  "platform",
  "channel",
  "team",
  "agents",
  "touchpoint",
  "tags",
  "link",
  "survey",
  "question",
  "promise",
  "state",
  "asked_at",
  "reached_at",
  "replied_at",
  "finished_at",
  "expires_at",
  "changed_at",
  "occasion",
  "wording",
  "apart",
  "scale_min",
  "scale_max",
  "day",
  "n",
  "chat",
  "closing",
  "person_part",
  "handlers",
  "invitation",
  "key",
  "kind",
  "sealed",
] as const;
export type AnswerColumn = (typeof answerColumns)[number];

/** True for the header of a file that was exported: it can be taken back as it was. */
export function isExported(names: readonly string[]): boolean {
  return names.includes("invitation") && names.includes("kind");
}
