/** How asking and sending are going, in numbers. Nobody's name, no texts. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Questions of a stretch of time. */
export interface AskedNumbers {
  readonly asked: number;
  readonly answered: number;
}

/** What was asked since two times; imports and made-up data do not count. */
export async function readAskedNumbers(
  db: Db,
  workspaceId: number,
  since: { readonly day: Date; readonly week: Date },
): Promise<{ readonly day: AskedNumbers; readonly week: AskedNumbers }> {
  const { rows } = await sql<Record<"day" | "dayDone" | "week" | "weekDone", string>>`
    select count(*) filter (where i.asked_at >= ${since.day}) as day,
      count(i.answered_at) filter (where i.asked_at >= ${since.day}) as "dayDone",
      count(*) as week, count(i.answered_at) as "weekDone"
    from surveys v
    cross join lateral (
      select i.asked_at, i.answered_at from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = v.id and i.asked_at >= ${since.week}
      offset 0
    ) i
    where v.workspace_id = ${workspaceId} and v.trigger in ('chat', 'schedule', 'recovery')
  `.execute(db);
  const [row] = rows;
  const number = (text: string | undefined) => Number(text ?? 0);
  return {
    day: { asked: number(row?.day), answered: number(row?.dayDone) },
    week: { asked: number(row?.week), answered: number(row?.weekDone) },
  };
}

/** What waits to be asked. */
export interface QueueNumbers {
  /** Their time has come and nobody has decided yet. */
  readonly due: number;
  /** A job is on its way to ask them. */
  readonly underWay: number;
  readonly waiting: number;
  /** Since when the oldest that is due is; null: none is. */
  readonly dueSince: Date | null;
}

export async function readQueueNumbers(
  db: Db,
  workspaceId: number,
  now: Date,
): Promise<QueueNumbers> {
  const due = sql`queued_at is null and due_at <= ${now}`;
  const { rows } = await sql<{ due: string; under: string; all: string; since: Date | null }>`
    select count(*) filter (where ${due}) as due, count(queued_at) as under, count(*) as all,
      min(due_at) filter (where ${due}) as since
    from invitations where workspace_id = ${workspaceId} and state = 'planned'`.execute(db);
  const [row] = rows;
  const [ready, underWay] = [Number(row?.due ?? 0), Number(row?.under ?? 0)];
  const waiting = Number(row?.all ?? 0) - ready - underWay;
  return { due: ready, underWay, waiting, dueSince: row?.since ?? null };
}

/** Messages on their way, and those that did not arrive. */
export interface SendingNumbers {
  readonly underWay: number;
  /** Of those on their way: tried before. */
  readonly retrying: number;
  /** By why; the most first. */
  readonly failed: readonly { readonly reason: string; readonly n: number }[];
}

export async function readSendingNumbers(
  db: Db,
  workspaceId: number,
  since: Date,
): Promise<SendingNumbers> {
  const { rows } = await sql<{ open: boolean; reason: string; n: string; again: string }>`
    select state in ('planned', 'sending') as open,
      case when state in ('planned', 'sending') then '' else coalesce(reason, '') end as reason,
      count(*) as n, count(*) filter (where state = 'planned' and attempts > 0) as again
    from deliveries
    where workspace_id = ${workspaceId} and state in ('planned', 'sending', 'undeliverable', 'dead')
      and (state in ('planned', 'sending') or created_at >= ${since})
    group by 1, 2 order by n desc, reason`.execute(db);
  const sum = (values: readonly string[]) => values.reduce((all, each) => all + Number(each), 0);
  const open = rows.filter((row) => row.open);
  return {
    underWay: sum(open.map(({ n }) => n)),
    retrying: sum(open.map(({ again }) => again)),
    failed: rows.filter((row) => !row.open).map(({ reason, n }) => ({ reason, n: Number(n) })),
  };
}

/** Connections whose platform refuses our key, or that asked us to wait, until when. */
export interface HeldConnection {
  readonly connectionId: string;
  readonly kind: "wait" | "closed" | "revoked";
  readonly until: Date;
}

export async function readHeldConnections(
  db: Db,
  workspaceId: number,
  now: Date,
): Promise<HeldConnection[]> {
  const rows = await db
    .selectFrom("holds")
    .select(["connection_id", "kind", "until"])
    .where("workspace_id", "=", workspaceId)
    .where("place", "=", "*")
    .where("until", ">", now)
    .execute();
  return rows.map(({ connection_id, kind, until }) => ({
    connectionId: connection_id,
    kind,
    until,
  }));
}
