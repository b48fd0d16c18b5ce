/** Churn signals that rose. */
import { sql } from "kysely";
import {
  type Facts,
  type FactsAbout,
  humanOfP,
  isWithin,
  nowhere,
  type TriggerOf,
} from "./facts.ts";

/** Each time at which somebody's signals rose to a tier, or past it. */
export function risenSignals(about: FactsAbout, { tier }: TriggerOf<"signals-reached">): Facts {
  const reached = tier === "watch" ? ["watch", "high"] : ["high"];
  return sql`
    select ${humanOfP} as person_id, ${nowhere}, e.at, 'signals:' || e.id as fact
    from signal_events e
    cross join lateral (select * from people p
      where p.workspace_id = e.workspace_id and p.id = e.human_id limit 1) p
    where e.workspace_id = ${about.workspaceId} and e.tier = any(${reached}::text[])
      and coalesce(e.from_tier, 'low') <> all(${reached}::text[])
      and ${isWithin(about, sql`e.at`)}`;
}
