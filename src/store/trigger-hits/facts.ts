/**
 * What a trigger looks at, as rows of one shape: whose row of people, when, and a name by which the
 * fact is known again. Facts are asked for, not watched: what is imported late or corrected is seen.
 */
import { type RawBuilder, sql } from "kysely";
import type { Trigger } from "../../scheduling/definition/schedule.ts";

/** Which facts are looked for. */
export interface FactsAbout {
  readonly workspaceId: number;
  readonly scheduleId: string;
  /** Nothing from before that counts. */
  readonly since: Date;
  /** The facts themselves: after `from`, until `to`. */
  readonly from: Date;
  readonly to: Date;
  /** Also what was asked about already: to play it again. */
  readonly again: boolean;
}

/**
 * A query with the columns person_id, connection_id and chat_id (uuid, null where any would do),
 * closing (int), at (timestamptz) and fact (text: unique in its schedule).
 */
export type Facts = RawBuilder<unknown>;

export type TriggerOf<On extends Trigger["on"]> = Extract<Trigger, { on: On }>;

/** Whether a time is one that is looked for. */
export function isWithin({ since, from, to }: FactsAbout, at: RawBuilder<unknown>) {
  return sql`${at} > ${from}::timestamptz and ${at} <= ${to}::timestamptz
    and ${at} >= ${since}::timestamptz`;
}

/** A time as text that says it exactly, for names of facts. */
export function msOf(at: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`round(extract(epoch from ${at}) * 1000)::bigint::text`;
}

/** For facts about a human or an account: no chat, and no place that it happened at. */
export const nowhere = sql`null::uuid as connection_id, null::uuid as chat_id, null::int as closing`;

/** The human behind a row of people `p`. */
export const humanOfP = sql`coalesce(p.human_id, p.id)`;
