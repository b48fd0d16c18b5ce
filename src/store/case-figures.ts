/** What the figures about cases are made of: times, reasons, recovery checks. No names, no words. */
import { sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";
import type { CaseCloseReason } from "./schema-cases.ts";
import { isOf } from "./scored-questions.ts";

/** The times of a case that was opened in a period. */
export interface CaseTimes {
  readonly openedAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closeReason: CaseCloseReason | null;
}

/** Everything about the cases of a period that is counted. */
export interface CaseFacts {
  /** Of the cases that were opened in it, as they are now. */
  readonly opened: readonly CaseTimes[];
  /** How many that were closed in it and still are, by reason; the most frequent first. */
  readonly reasons: readonly { readonly reason: CaseCloseReason; readonly n: number }[];
  /** Cases whose recovery check was answered in it; the latest answer of each counts. */
  readonly checked: number;
  readonly recovered: number;
}

/** How many cases there are now. */
export interface CasesNow {
  readonly open: number;
  /** Of them: somebody waits for a reply that should be there by now. */
  readonly overdue: number;
  /** Of those that are open: owned by one of the people given. */
  readonly mine: number;
}

interface CasesAbout {
  readonly workspaceId: number;
  readonly filter?: Filter;
}

function counted(db: Db, { workspaceId, filter }: CasesAbout) {
  return (
    db
      .selectFrom("cases as c")
      .leftJoin("people as p", (join) =>
        join.onRef("p.workspace_id", "=", "c.workspace_id").onRef("p.id", "=", "c.person_id"),
      )
      .where("c.workspace_id", "=", workspaceId)
      .where(isOf(filter?.team?.values, sql`c.team`))
      // Who is asked when something is tried out never counts.
      .where(sql<boolean>`not coalesce(p.test, false)`)
  );
}

/** The facts of a period, in three small statements. */
export async function readCaseFacts(
  db: Db,
  { period, ...about }: CasesAbout & { readonly period: Period },
): Promise<CaseFacts> {
  const [opened, reasons, checks] = await Promise.all([
    counted(db, about)
      .select(["c.opened_at as openedAt", "c.first_replied_at as firstRepliedAt"])
      .select(["c.closed_at as closedAt", "c.close_reason as closeReason"])
      .where("c.opened_at", ">=", period.start)
      .where("c.opened_at", "<", period.end)
      .execute(),
    counted(db, about)
      .select(["c.close_reason as reason", sql<number>`count(*)::int`.as("n")])
      .where("c.closed_at", ">=", period.start)
      .where("c.closed_at", "<", period.end)
      .groupBy("c.close_reason")
      .orderBy("n", "desc")
      .orderBy("c.close_reason")
      .execute(),
    readChecks(db, { ...about, period }),
  ]);
  const known = reasons.flatMap(({ reason, n }) => (reason === null ? [] : [{ reason, n }]));
  return { opened, reasons: known, ...checks };
}

/** The recovery checks that were answered in a period. */
export async function readChecks(
  db: Db,
  { period, ...about }: CasesAbout & { readonly period: Period },
): Promise<Pick<CaseFacts, "checked" | "recovered">> {
  const checks = await counted(db, about)
    .innerJoin("case_events as e", (join) =>
      join.onRef("e.workspace_id", "=", "c.workspace_id").onRef("e.case_id", "=", "c.id"),
    )
    .distinctOn("c.id")
    .select("e.kind")
    .where("e.kind", "in", ["recovered", "not-recovered"])
    .where("e.at", ">=", period.start)
    .where("e.at", "<", period.end)
    .orderBy("c.id")
    .orderBy("e.at", "desc")
    .orderBy("e.id", "desc")
    .execute();
  const recovered = checks.filter(({ kind }) => kind === "recovered").length;
  return { checked: checks.length, recovered };
}

/** What there is now, whatever was asked for. `mine` are the rows of one human. */
export async function readCasesNow(
  db: Db,
  { now, mine, ...about }: CasesAbout & { readonly now: Date; readonly mine: readonly string[] },
): Promise<CasesNow> {
  const overdue = sql`c.state = 'open' and c.waiting_since is not null and c.due_at <= ${now}`;
  const own = mine.length === 0 ? sql`false` : sql`c.owner_id in (${sql.join(mine)})`;
  return counted(db, about)
    .select([
      sql<number>`count(*)::int`.as("open"),
      sql<number>`(count(*) filter (where ${overdue}))::int`.as("overdue"),
      sql<number>`(count(*) filter (where ${own}))::int`.as("mine"),
    ])
    .where("c.state", "<>", "closed")
    .executeTakeFirstOrThrow();
}
