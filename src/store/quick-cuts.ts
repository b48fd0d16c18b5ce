/** Parts of the statement of quick-facts.ts: of which value of a cut a row is. */
import { type RawBuilder, sql } from "kysely";
import { singleValueOf, tagsOf } from "./cut-values.ts";
import type { QuickGiven } from "./quick-given.ts";
import type { QuickShape } from "./quick-shape.ts";
import { isMonthIn, stepColumns, stepsBetween } from "./steps.ts";
import { unnestedAt } from "./unnested.ts";

interface Value {
  readonly value: RawBuilder<unknown>;
  /** A condition, to follow others; nothing where every value counts. */
  readonly only: RawBuilder<unknown>;
}

const countedOf = ({ counted }: QuickGiven) => counted;
const valuesOf = ({ values }: QuickGiven) => values;

/** What rows of a value are told apart by: those of some values are one. */
export function valueOfCut({ has, place }: QuickShape, value: RawBuilder<unknown>): Value {
  if (has.cut === "") return { value: sql`''`, only: sql`` };
  if (!has.some) return { value, only: sql`` };
  return { value: sql`''`, only: sql`and ${value} = any(${place(valuesOf)}::text[])` };
}

/** Of an answer `a` or an invitation `i`; `each`: to stand behind its table, a row for each tag. */
export function valueIn(
  shape: QuickShape,
  table: "a" | "i",
): Value & { readonly each: RawBuilder<unknown> } {
  const { has, workspace } = shape;
  if (has.cut === "tag") {
    const each = sql`cross join lateral (${tagsOf(workspace, table)}) tagged (value)`;
    return { ...valueOfCut(shape, sql`tagged.value`), each };
  }
  const value = has.cut === "" ? sql`''` : singleValueOf(workspace, table, has.cut);
  return { ...valueOfCut(shape, value), each: sql`` };
}

/** Of a row `c` of anonymous_counts: nothing but a team is known of it. */
export function valueLeft(shape: QuickShape): Value {
  return valueOfCut(shape, shape.has.cut === "team" ? sql`c.team` : sql`''`);
}

/** Columns piece, value and numbers: answers of counted days by step, from the months of a cut. */
export function countedOfCut(shape: QuickShape): RawBuilder<unknown> {
  const part = { first: sql`s.first`, until: sql`s.until` };
  // Of three years they are hundreds of rows: they are added up as they are.
  const months = sql`and s.span = 'm' and r.month >= s.first and r.month < s.until`;
  const days = sql`and s.span = 'd' and ${isMonthIn("r.month", part)}`;
  return sql`
    ${summed(shape, "r", months)}
    union all
    ${summed(shape, "n", days, sql`cross join lateral (${stepsBetween(part)}) n`)}`;
}

/** What is counted of the months of the condition: of all their days, or of those that are picked. */
function summed(
  shape: QuickShape,
  from: "r" | "n",
  condition: RawBuilder<unknown>,
  picked = sql``,
): RawBuilder<unknown> {
  const { has, place, workspace } = shape;
  const types = ["int", "text", "int", "text", "date", "date"];
  const { value, only } = valueOfCut(shape, sql`r.value`);
  // A month may have none of the days.
  const sums = stepColumns.map((c) => sql`coalesce(sum(s.sign * ${sql.raw(from)}.${c}), 0)`);
  return sql`
    select s.piece, ${value} as value, jsonb_build_array(${sql.join(sums)}) as numbers
    from ${unnestedAt(place, types, countedOf)} (piece, metric, sign, span, first, until)
    join cut_counts r on r.workspace_id = ${workspace} and r.metric = s.metric
      and r.cut = ${sql.lit(has.cut)} ${condition} ${only}
    ${picked}
    group by 1, 2`;
}
