/** Signals that people may leave, as they stand, and each change of tier. */
import { sql } from "kysely";
import type { ChurnReason, ChurnTier } from "../metrics/churn-reasons.ts";
import type { ChurnSignals } from "../metrics/churn-signals.ts";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

/** Signals of a human as they were worked out. */
export interface FreshSignals extends ChurnSignals {
  readonly humanId: string;
}

/** How whoever claims signals is known again: no other claim has the same time of its end. */
export interface Lease {
  readonly workspaceId: number;
  readonly now: Date;
  /** Until when they are nobody else's. */
  readonly until: Date;
}

/**
 * Claims at most `limit` humans whose signals have to be worked out: those that were marked or are
 * due, then customers who have none yet. Each is given to one of several instances.
 */
export async function claimSignals(
  db: Db,
  { workspaceId, now, until }: Lease,
  limit: number,
): Promise<string[]> {
  const { rows: due } = await sql<{ id: string }>`
    update signals s set stale = false, due_at = ${until}::timestamptz
    from (
      select human_id from signals
      where workspace_id = ${workspaceId}::int and (stale or due_at <= ${now}::timestamptz)
      order by human_id limit ${limit}::int for update skip locked
    ) claimed
    where s.workspace_id = ${workspaceId}::int and s.human_id = claimed.human_id
    returning s.human_id as id`.execute(db);
  if (due.length === limit) return due.map(({ id }) => id);
  const { rows: added } = await sql<{ id: string }>`
    insert into signals (workspace_id, human_id, points, tier, reasons, tier_since, computed_at, due_at)
    select p.workspace_id, p.id, 0, 'low', '[]', ${now}, ${now}, ${until} from people p
    where p.workspace_id = ${workspaceId}::int and p.human_id is null and p.role = 'customer'
      and not p.bot and not p.test and p.source <> 'sample' and not exists (
        select from signals s where s.workspace_id = p.workspace_id and s.human_id = p.id)
    limit ${limit - due.length}::int
    on conflict do nothing returning human_id as id`.execute(db);
  return [...due, ...added].map(({ id }) => id);
}

/**
 * Keeps the signals of claimed humans, and each change of tier; what somebody else has claimed since
 * is left out. Gives how many changed their tier.
 */
export async function keepSignals(
  db: Db,
  { workspaceId, now, until }: Lease,
  fresh: readonly FreshSignals[],
): Promise<number> {
  const rows = fresh.map(({ humanId, points, tier, reasons, dueAt }) => ({
    ...{ event: newId(), human_id: humanId, points, tier, reasons },
    due_at: dueAt === null ? null : new Date(dueAt),
  }));
  const { numAffectedRows } = await sql`
    with fresh as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) each (event uuid,
        human_id uuid, points int, tier text, reasons jsonb, due_at timestamptz)
    ), kept as (
      update signals s set points = fresh.points, tier = fresh.tier, reasons = fresh.reasons,
        computed_at = ${now}::timestamptz, due_at = fresh.due_at,
        tier_since = case when s.tier = fresh.tier then s.tier_since else ${now}::timestamptz end
      from fresh
      where s.workspace_id = ${workspaceId}::int and s.human_id = fresh.human_id
        and s.due_at = ${until}::timestamptz
      returning s.human_id
    )
    insert into signal_events (workspace_id, id, human_id, at, from_tier, tier, points, reasons)
    select ${workspaceId}::int, fresh.event, fresh.human_id, ${now}::timestamptz, before.tier,
      fresh.tier, fresh.points, fresh.reasons
    from fresh
    join kept on kept.human_id = fresh.human_id
    -- As it was when the statement began.
    join signals before on before.workspace_id = ${workspaceId}::int
      and before.human_id = fresh.human_id
    where before.tier <> fresh.tier`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Rows of people that are part of another human now have no signals of their own. */
export async function dropAbsorbedSignals(db: Db, workspaceId: number): Promise<void> {
  await sql`
    delete from signals s using people p
    where p.workspace_id = ${workspaceId}::int and p.human_id is not null
      and s.workspace_id = p.workspace_id and s.human_id = p.id`.execute(db);
}

/** How many humans stand in each tier; whoever has left, or whose account has, stands in none. */
export async function countTiers(
  db: Db,
  workspaceId: number,
  now: Date,
): Promise<Map<ChurnTier, number>> {
  const { rows } = await sql<{ tier: ChurnTier; n: number }>`
    with gone as (
      select coalesce(p.human_id, p.id) as id from people p
      left join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
      where p.workspace_id = ${workspaceId}::int
        and least(p.left_at, a.left_at) <= ${now}::timestamptz
    )
    select s.tier, count(*)::int as n from signals s
    where s.workspace_id = ${workspaceId}::int and s.human_id not in (select id from gone)
    group by 1`.execute(db);
  return new Map(rows.map(({ tier, n }) => [tier, n]));
}

/** These people's signals are looked at again at the next tick, whatever row of theirs is meant. */
export async function markSignals(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<void> {
  await sql`
    update signals s set stale = true from people p
    where p.workspace_id = ${workspaceId}::int and p.id = any(${[...people]}::uuid[])
      and s.workspace_id = p.workspace_id and s.human_id = coalesce(p.human_id, p.id)
      and not s.stale`.execute(db);
}

/** The same for everybody: after a change of what counts. */
export async function markAllSignals(db: Db, workspaceId: number): Promise<void> {
  await db
    .updateTable("signals")
    .set({ stale: true })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** Signals of a human as they stand. */
export interface KeptSignals {
  readonly humanId: string;
  readonly name: string;
  readonly points: number;
  readonly tier: ChurnTier;
  readonly since: Date;
  readonly reasons: readonly ChurnReason[];
}

/** Those in watch and high, most points first. */
export async function readRaisedSignals(
  db: Db,
  workspaceId: number,
  limit: number,
): Promise<KeptSignals[]> {
  const { rows } = await sql<KeptSignals>`
    select s.human_id as "humanId", p.name, s.points, s.tier, s.tier_since as since, s.reasons
    from signals s
    join people p on p.workspace_id = s.workspace_id and p.id = s.human_id
    where s.workspace_id = ${workspaceId}::int and s.tier in ('watch', 'high')
    order by s.points desc, s.tier_since desc, s.human_id limit ${limit}::int`.execute(db);
  return rows;
}
