/**
 * A view as a button carries it: its period as a period key (metrics/period-key.ts), and everything
 * else (filters, cut, what it is compared with, words) as an id that stands where an invitation's
 * stands else. What the id means is kept with us, so that nothing is dropped however much it is.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { cuts, type Filter, filterNames, keepsAll } from "../../metrics/filter.ts";
import type { Period } from "../../metrics/period.ts";
import { periodKey, readPeriodKey } from "../../metrics/period-key.ts";
import { previousPeriod, sameLastYear } from "../../metrics/period-steps.ts";
import { readNamesOf } from "../../store/names-of-cuts.ts";
import type { Db } from "../../store/schema.ts";
import { keepContent, readContent } from "../../store/views.ts";
import { NO_INVITATION } from "../../surveys/tokens.ts";
import type { ReadContext, Reader } from "../command.ts";
import { scopeOf, withinScope } from "../scope.ts";
import type { View } from "../view.ts";

/** What of a view an id stands for. */
type Keyed = Pick<View, "versus" | "filter"> &
  Partial<Pick<View, "before" | "by" | "flags" | "search">>;

const kept = z.object({ values: z.array(z.string()), label: z.string() });

const contents = z.object({
  filter: z.partialRecord(z.enum(filterNames), kept),
  by: z.enum(cuts).exactOptional(),
  versus: z.enum(["before", "same-last-year", "period"]),
  /** Key of the other period, when one was named. */
  other: z.string().exactOptional(),
  flags: z.array(z.string()),
  search: z.string(),
});
type Contents = z.output<typeof contents>;

/** Names of people and companies are looked up when it is shown, and never kept. */
const byId = ["agent", "account"] as const;

/**
 * The id of everything in a view but its period; {@link NO_INVITATION} when there is nothing else.
 * The same view has the same id. Only what was given to {@link keepView} can be found again.
 */
export function viewKey(view: Keyed): string {
  return isPlain(view) ? NO_INVITATION : contentKey(contentsOf(view));
}

/** The id under which something is kept for buttons: the same for the same. */
export function contentKey(content: unknown): string {
  const hex = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Keeps what the id of a view stands for, and gives the id. Of a plain view nothing is kept. */
export async function keepView(
  db: Db,
  workspaceId: number,
  view: Keyed,
  at: Date,
): Promise<string> {
  const id = viewKey(view);
  if (id !== NO_INVITATION) {
    await keepContent(db, workspaceId, { id, content: contentsOf(view), at });
  }
  return id;
}

/**
 * The view of a button, within what its presser may see now; undefined when it is kept no longer,
 * is no view at all, or would show more than that.
 */
export async function findView(
  { db, clock }: ReadContext,
  reader: Reader,
  { key, period: ofPeriod }: { readonly key: string; readonly period: string },
): Promise<View | undefined> {
  const { workspace } = reader;
  const when = { now: clock.now(), timeZone: workspace.timeZone };
  const period = readPeriodKey(ofPeriod, when);
  const found = await readKept(db, workspace.id, key);
  if (period === undefined || found === undefined) return undefined;
  const scope = await scopeOf(db, reader);
  const filter = await named(db, workspace.id, found.filter);
  const within = withinScope(scope, { filter, by: found.by });
  if (!within.ok) return undefined;
  const before = otherPeriod(found, period, when);
  if (before === undefined) return undefined;
  const { versus, by, flags, search } = found;
  const cut = by === undefined ? {} : { by };
  return { period, before, versus, ...cut, filter: within.filter, scope, flags, search };
}

const plain: Contents = { filter: {}, versus: "before", flags: [], search: "" };

async function readKept(db: Db, workspaceId: number, key: string): Promise<Contents | undefined> {
  if (key === NO_INVITATION) return plain;
  const parsed = contents.safeParse(await readContent(db, workspaceId, key));
  return parsed.success ? parsed.data : undefined;
}

function otherPeriod(
  { versus, other }: Contents,
  period: Period,
  when: { readonly now: Date; readonly timeZone: string },
): Period | null | undefined {
  if (versus === "before") return previousPeriod(period, when.now);
  if (versus === "same-last-year") return sameLastYear(period, when.now);
  return readPeriodKey(other ?? "", when);
}

function isPlain({ filter, by, versus, flags = [], search = "" }: Keyed): boolean {
  const all = keepsAll(filter) && by === undefined && versus === "before";
  return all && flags.length === 0 && search === "";
}

/** In one order, however the view was typed. */
function contentsOf({ filter, by, versus, before, flags = [], search = "" }: Keyed): Contents {
  const named = filterNames.flatMap((name) => {
    const part = filter[name];
    if (part === undefined) return [];
    const label = byId.some((each) => each === name) ? "" : part.label;
    return [[name, { values: part.values.toSorted(), label }] as const];
  });
  const other = versus === "period" && before ? { other: periodKey(before) } : {};
  const cut = by === undefined ? {} : { by };
  return { filter: Object.fromEntries(named), ...cut, versus, ...other, flags: [...flags], search };
}

/** Puts the names back. */
async function named(db: Db, workspaceId: number, filter: Contents["filter"]): Promise<Filter> {
  const found: Filter = { ...filter };
  const labels = await Promise.all(
    byId.map(async (name) => {
      const part = found[name];
      if (part === undefined) return [];
      const names = await readNamesOf(db, workspaceId, name, part.values);
      return [[name, { ...part, label: [...new Set(names)].join(", ") }] as const];
    }),
  );
  return { ...found, ...Object.fromEntries(labels.flat()) };
}
