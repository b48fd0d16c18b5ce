/** What the catalogue of personal data says of a table, and the words to find a human's rows with. */
import { type RawBuilder, sql } from "kysely";

/** The human whose rows are meant: all rows of people that are them. */
export interface Who {
  readonly workspaceId: number;
  readonly people: readonly string[];
}

/** True for rows that are meant; they are named by the table's own name. */
export type Condition = (who: Who) => RawBuilder<unknown>;

export interface TableEntry {
  /** Which rows are about a human: what the export has. Absent: none ever is. */
  readonly about?: Condition;
  /** Columns (several by spaces) that tell something about the human, and what. */
  readonly personal: Readonly<Record<string, string>>;
  /** All others, and why they tell nothing: they are our own ids, or of the workspace. */
  readonly other: Readonly<Record<string, string>>;
  /** What erasing does, in order; nothing: nothing has to be done, or it is kept. */
  readonly erase: readonly {
    readonly where: Condition;
    /** Deletes the rows, or sets columns as they are from that time on. */
    readonly does: "delete" | ((at: Date) => RawBuilder<unknown>);
  }[];
}

/** True when a column holds one of the human's rows of people. */
export function isThem(column: string): Condition {
  return ({ people }) => sql`${sql.ref(column)} = any(${[...people]}::uuid[])`;
}

/**
 * True for an invitation of theirs. "array" reads them first: beside another condition an index is
 * used for both, where a nested statement would be asked for every row of the table.
 */
export function ofTheirInvitations(column: string): Condition {
  return ({ workspaceId, people }) => sql`${sql.ref(column)} = any(array(
    select id from invitations
    where workspace_id = ${workspaceId} and person_id = any(${[...people]}::uuid[])))`;
}

/** True for a case that is about the human. */
export function ofTheirCases(column: string): Condition {
  return ({ workspaceId, people }) => sql`${sql.ref(column)} = any(array(
    select id from cases where workspace_id = ${workspaceId}
      and (human_id = any(${[...people]}::uuid[]) or person_id = any(${[...people]}::uuid[]))))`;
}

/** Either of them. */
export function either(...conditions: readonly Condition[]): Condition {
  return (who) =>
    sql`(${sql.join(
      conditions.map((condition) => condition(who)),
      sql` or `,
    )})`;
}
