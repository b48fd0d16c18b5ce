/** The facts of several metrics at once. */
import { type Filter, keepsAll } from "../metrics/filter.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { metrics } from "../metrics/registry.ts";
import type { Facts } from "../metrics/summary.ts";
import { readQuickFacts } from "./quick-facts.ts";
import type { Db, WhoReads } from "./schema.ts";
import { readFacts } from "./summaries.ts";

/** As {@link readFacts} for each metric; the periods in the order given. */
export async function readAllFacts(
  db: Db,
  about: {
    readonly workspaceId: number;
    readonly names: readonly MetricName[];
    readonly filter?: Filter;
    readonly promise?: WhoReads;
    readonly periods: readonly Period[];
    readonly now: Date;
  },
): Promise<ReadonlyMap<MetricName, readonly Facts[]>> {
  const { names, ...question } = about;
  if (about.promise !== "totals" && keepsAll(about.filter ?? {})) {
    const several = names.map((name) => metrics[name]);
    const quick = await readQuickFacts(db, { ...question, metrics: several });
    if (quick !== undefined) return quick;
  }
  const all = new Map<MetricName, readonly Facts[]>();
  for (const name of names)
    all.set(name, await readFacts(db, { ...question, metric: metrics[name] }));
  return all;
}
