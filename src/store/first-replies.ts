/** When customers wrote first, and when somebody replied: what first-reply figures are made of. */
import { type RawBuilder, sql } from "kysely";
import type { Cut, Filter } from "../metrics/filter.ts";
import type { WaitingChat } from "../metrics/first-reply.ts";
import type { Period } from "../metrics/period.ts";
import { customerOf, isChatKept, labelOfUnit, unitOf } from "./chat-units.ts";
import { handlerOf } from "./cut-values.ts";
import type { Db } from "./schema.ts";

/** By what first replies can be cut. An agent's are those that they gave. */
export const firstReplyCuts = [
  "team",
  "agent",
  "channel",
  "touchpoint",
  "platform",
] as const satisfies readonly Cut[];
export type FirstReplyCut = (typeof firstReplyCuts)[number];

export interface FirstRepliesAbout {
  readonly workspaceId: number;
  readonly period: Period;
  readonly filter?: Filter;
  readonly by?: FirstReplyCut;
}

/** A chat with the part of the cut that it belongs to; empty: none, or no cut. */
export interface WaitingChatOf extends WaitingChat {
  readonly value: string;
}

/** So many are read at once, so that a year of them needs no more memory than a day. */
const BATCH = 5_000;

/**
 * Chats whose customer first wrote in the period, in batches, in the order of that. Spam, and chats of
 * programs and test people, are not among them; a chat whose customer was forgotten is.
 */
export async function* readWaitingChats(
  db: Db,
  about: FirstRepliesAbout,
): AsyncGenerator<readonly WaitingChatOf[]> {
  let after: Place | undefined;
  for (;;) {
    const rows = await readBatch(db, about, after);
    yield rows.map(({ value, cameAt, repliedAt, closedAt }) => ({
      ...{ value, cameAt, repliedAt, closedAt },
    }));
    after = rows.at(-1);
    if (after === undefined || rows.length < BATCH) return;
  }
}

/** Names of the parts of a cut, by value. */
export async function readUnitNames(
  db: Db,
  workspaceId: number,
  by: FirstReplyCut,
  values: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ value: string; label: string }>`
    select unit as value, ${labelOfUnit(workspaceId, by, sql`unit`)} as label
    from unnest(${[...values]}::text[]) each (unit)`.execute(db);
  return new Map(rows.map(({ value, label }) => [value, label]));
}

/** Where a batch ends: the time as the database has it, which is finer than ours. */
interface Place {
  readonly id: string;
  readonly at: string;
}

const ms = (time: RawBuilder<unknown>) => sql<number>`(extract(epoch from ${time}) * 1000)::float8`;

const hasReply = sql`c.first_replied_at >= c.first_customer_at`;

async function readBatch(
  db: Db,
  { workspaceId, period, filter = {}, by }: FirstRepliesAbout,
  after: Place | undefined,
): Promise<(WaitingChatOf & Place)[]> {
  const { agent, ...others } = filter;
  const replier = replierOf(workspaceId);
  const unit = by === "agent" ? sql`coalesce(${humanOf(workspaceId, replier)}, '')` : unitOf(by);
  const { rows } = await sql<WaitingChatOf & Place>`
    select ${unit} as value, c.id, c.first_customer_at::text as at,
      ${ms(sql`c.first_customer_at`)} as "cameAt",
      ${ms(sql`case when ${hasReply} then c.first_replied_at end`)} as "repliedAt",
      ${ms(sql`case when c.state = 'closed' then c.closed_at end`)} as "closedAt"
    from chats c
    left join lateral (${customerOf(workspaceId)}) p on true
    join connections k on k.workspace_id = c.workspace_id and k.id = c.connection_id
    where c.workspace_id = ${workspaceId}
      and c.first_customer_at >= ${period.start} and c.first_customer_at < ${period.end}
      and ${after === undefined ? sql`true` : sql`(c.first_customer_at, c.id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
      and c.close_reason is distinct from 'spam' and not coalesce(p.bot or p.test, false)
      and ${isChatKept({ workspaceId, filter: others })}
      and ${agent === undefined ? sql`true` : sql`${replier}::text = any(${[...agent.values]}::text[])`}
    order by c.first_customer_at, c.id limit ${BATCH}`.execute(db);
  return rows;
}

/**
 * Who replied first. Of chats from before that was kept it is known where one human of the team wrote
 * in them.
 */
function replierOf(workspaceId: number): RawBuilder<string | null> {
  return sql`case when ${hasReply} then coalesce(c.first_replier_id, (
    select case when count(*) = 1 then (array_agg(n.person_id))[1] end from handlers n
    cross join lateral (${handlerOf(workspaceId)}) h
    where n.workspace_id = ${workspaceId} and n.chat_id = c.id and n.closing = 0 and not h.bot
  )) end`;
}

function humanOf(workspaceId: number, person: RawBuilder<string | null>): RawBuilder<string> {
  return sql`(select coalesce(h.human_id, h.id)::text from people h
    where h.workspace_id = ${workspaceId} and h.id = ${person})`;
}
