/** A summary cut into its parts: a row for each team, channel or whatever it is cut by. */
import type { Cut } from "./filter.ts";
import type { Facts } from "./summary.ts";

/** One part of a view. */
export interface CutRow {
  /** As a filter takes it (see filter.ts); empty: the answers that have none. */
  readonly value: string;
  /** How people call it; empty where the value is. */
  readonly label: string;
  /**
   * What happened in each of the periods, in their order. Agents share an answer by their parts of
   * the conversation, so that its counts may be fractions.
   */
  readonly facts: readonly Facts[];
  /** Answers in each period, each counted whole: what the display ladder goes by. */
  readonly answers: readonly number[];
}

/** All rows of a cut; they need not add up to the whole: an answer may have two tags or none. */
export interface CutFacts {
  readonly by: Cut;
  readonly rows: readonly CutRow[];
}
