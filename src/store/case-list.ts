/** Open cases as a list shows them, the most urgent first. */
import { sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { Db } from "./schema.ts";
import type { CaseCause, CaseState } from "./schema-cases.ts";
import { isOf } from "./scored-questions.ts";

/** A case in a list. Times are epoch milliseconds. */
export interface ListedCase {
  readonly id: string;
  readonly number: number;
  readonly cause: CaseCause;
  readonly state: CaseState;
  /** Null once the person was forgotten. */
  readonly person: string | null;
  readonly account: string | null;
  readonly owner: string | null;
  readonly waitingSince: number | null;
  readonly dueAt: number;
  readonly snoozedUntil: number | null;
  /** What was answered, where it may be seen. */
  readonly metric: MetricName | null;
  readonly score: number | null;
}

/** A page of the cases that are not closed: who waits for us, who does not, who was put off. */
export async function listCases(
  db: Db,
  workspaceId: number,
  {
    limit,
    offset,
    filter,
  }: { readonly limit: number; readonly offset: number; readonly filter?: Filter },
): Promise<ListedCase[]> {
  const rows = await db
    .selectFrom("cases as c")
    .leftJoin("people as p", (join) =>
      join.onRef("p.workspace_id", "=", "c.workspace_id").onRef("p.id", "=", "c.person_id"),
    )
    .leftJoin("accounts as a", (join) =>
      join.onRef("a.workspace_id", "=", "c.workspace_id").onRef("a.id", "=", "c.account_id"),
    )
    .leftJoin("people as o", (join) =>
      join.onRef("o.workspace_id", "=", "c.workspace_id").onRef("o.id", "=", "c.owner_id"),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("answers as s")
          .select(["s.metric", "s.score"])
          .whereRef("s.workspace_id", "=", "c.workspace_id")
          .whereRef("s.invitation_id", "=", "c.invitation_id")
          .where("s.score", "is not", null)
          .where("s.promise", "=", "named")
          .orderBy("s.question")
          .limit(1)
          .as("s"),
      (join) => join.onTrue(),
    )
    .select(["c.id", "c.number", "c.cause", "c.state", "p.name as person", "a.name as account"])
    .select(["o.name as owner", "c.waiting_since", "c.due_at", "c.snoozed_until"])
    .select(["s.metric", "s.score"])
    .where("c.workspace_id", "=", workspaceId)
    .where("c.state", "<>", "closed")
    .where(isOf(filter?.team?.values, sql`c.team`))
    .orderBy(
      sql`case when c.state = 'snoozed' then 2 when c.waiting_since is null then 1 else 0 end`,
    )
    .orderBy("c.due_at")
    .orderBy("c.number")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ waiting_since, due_at, snoozed_until, ...row }) => ({
    ...row,
    waitingSince: waiting_since?.getTime() ?? null,
    dueAt: due_at.getTime(),
    snoozedUntil: snoozed_until?.getTime() ?? null,
  }));
}
