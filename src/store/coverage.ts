/**
 * Of the chats that were worth a question, how many got one, and what became of the others: the
 * watch over picking whom to ask (docs/attribution.md). The one definition of "eligible".
 */
import { type RawBuilder, sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import { MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates/gates.ts";
import {
  type ChatCut,
  chatColumns,
  customerOf,
  isChatKept,
  labelOfUnit,
  unitOf,
  unitsApart,
} from "./chat-units.ts";
import { type Fence, inOnePass } from "./one-pass.ts";
import type { Db } from "./schema.ts";

/** An open chat in which nobody has written for so long is no talk any more. */
const LEFT_OPEN_DAYS = 7;

/** Why nobody was asked about an eligible chat that has no invitation at all. */
const NOT_PLANNED = "not-planned";

/** What became of the chats of a unit. Chats of test people are in none of it. */
export interface CoverageCounts {
  /** Closed in the period, with anything in them: the next five add up to it. */
  readonly closed: number;
  /** A human replied, the customer said enough, and somebody closed it as solved or by hand. */
  readonly eligible: number;
  /** As eligible, but closed as spam. */
  readonly spam: number;
  /** As eligible, but nobody closed it: it ended by silence. */
  readonly inactive: number;
  /** Closed by somebody before the customer had said enough to be asked. */
  readonly tooShort: number;
  /** Closed by somebody without a human's reply that the customer could see. */
  readonly noHumanReply: number;
  /** Of the eligible ones: asked about, however often they were closed. */
  readonly asked: number;
  /** Of the asked ones: because somebody of the team chose so. */
  readonly byHand: number;
  /** Of the eligible ones: a question is planned and may still come. */
  readonly waiting: number;
  /** Of the eligible ones that are neither: how many for which reason (`gate.reason.*`, or `not-planned`). */
  readonly unasked: Readonly<Record<string, number>>;
  /** Of the closed ones: a planned question was cancelled because somebody opened the chat again. */
  readonly reopened: number;
  /** Not closed: as eligible, but open, and silent for a week since the period. */
  readonly leftOpen: number;
}

/** The counts of one unit. */
export interface CoverageRow extends CoverageCounts {
  /** As a filter takes it; for an agent the id of their human. Empty: chats that have none. */
  readonly value: string;
  readonly label: string;
}

export interface CoverageAbout {
  readonly workspaceId: number;
  readonly period: Period;
  readonly now: Date;
  readonly filter?: Filter;
}

/** The coverage of everything that the filter keeps. */
export async function readCoverage(db: Db, about: CoverageAbout): Promise<CoverageCounts> {
  const [row] = await readCoverageFigures(db, about);
  return row ?? nothing;
}

/**
 * A row for each unit, those with the most closed chats first; without `by` one row, or none where
 * there are no chats. A chat is its busiest human's, and counts for each of its tags.
 */
export async function readCoverageFigures(
  db: Db,
  { by, ...about }: CoverageAbout & { readonly by?: ChatCut },
): Promise<CoverageRow[]> {
  const rows = await inOnePass(db, [about.period], (trx, fence) =>
    readCounted(trx, about, by, fence),
  );
  const units = new Map<string, CoverageRow>();
  for (const row of rows) {
    const { value, label } = row;
    units.set(value, { ...added(units.get(value) ?? nothing, row), value, label });
  }
  return [...units.values()].sort((a, b) => b.closed - a.closed || (a.label < b.label ? -1 : 1));
}

type Fate = "eligible" | "spam" | "inactive" | "tooShort" | "noHumanReply" | "leftOpen";

interface Counted {
  readonly value: string;
  readonly label: string;
  readonly fate: Fate;
  readonly why: string | null;
  readonly n: number;
  readonly asked: number;
  readonly byHand: number;
  readonly waiting: number;
  readonly reopened: number;
}

const nothing: CoverageCounts = {
  ...{ closed: 0, eligible: 0, spam: 0, inactive: 0, tooShort: 0, noHumanReply: 0 },
  ...{ asked: 0, byHand: 0, waiting: 0, unasked: {}, reopened: 0, leftOpen: 0 },
};

function added(to: CoverageCounts, { fate, why, n, ...row }: Counted): CoverageCounts {
  const eligible = fate === "eligible";
  const { unasked } = to;
  return {
    ...to,
    closed: to.closed + (fate === "leftOpen" ? 0 : n),
    [fate]: to[fate] + n,
    asked: to.asked + (eligible ? row.asked : 0),
    byHand: to.byHand + (eligible ? row.byHand : 0),
    waiting: to.waiting + (eligible ? row.waiting : 0),
    unasked: why === null ? unasked : { ...unasked, [why]: (unasked[why] ?? 0) + n },
    reopened: to.reopened + (fate === "leftOpen" ? 0 : row.reopened),
  };
}

/** How many chats of each unit had which fate. */
async function readCounted(
  db: Db,
  about: CoverageAbout,
  by: ChatCut | undefined,
  fence: Fence,
): Promise<Counted[]> {
  const { workspaceId } = about;
  const apart = unitsApart(workspaceId, by, sql`chats_then`, fence);
  const { rows } = await sql<Counted>`
    with chats_then as materialized (${chatsThen(about, by, fence)}),
    questions as (${questionsOf(workspaceId, by, fence)}),
    ${apart === undefined ? sql`` : sql`apart as (${apart}),`}
    units as (
      select c.fate, ${apart === undefined ? sql`c.unit` : unitOf(by)} as unit,
        coalesce(q.asked, false) as asked, coalesce(q.by_hand, false) as by_hand,
        coalesce(q.waiting, false) as waiting, coalesce(q.reopened, false) as reopened, q.reason
      from chats_then c
      left join questions q on q.id = c.id
      ${apart === undefined ? sql`` : sql`left join apart on apart.id = c.id`}
    ), counted as (
      select unit, fate,
        case when fate = 'eligible' and not asked and not waiting
          then coalesce(reason, ${NOT_PLANNED}) end as why,
        count(*)::int as n,
        (count(*) filter (where asked))::int as asked,
        (count(*) filter (where asked and by_hand))::int as by_hand,
        (count(*) filter (where waiting and not asked))::int as waiting,
        (count(*) filter (where reopened))::int as reopened
      from units group by 1, 2, 3
    )
    select unit as value, ${labelOfUnit(workspaceId, by, sql`unit`)} as label, fate, why, n,
      asked, by_hand as "byHand", waiting, reopened
    from counted order by unit`.execute(db);
  return rows;
}

/** Each chat of the period with its unit, where that stands beside it, and what became of it. */
function chatsThen(
  { workspaceId, period, now, filter }: CoverageAbout,
  by: ChatCut | undefined,
  fence: Fence,
): RawBuilder<unknown> {
  const about = { workspaceId, ...(filter && { filter }) };
  const silent = sql`${now}::timestamptz - ${LEFT_OPEN_DAYS} * interval '1 day'`;
  const enough = sql`(c.customer_messages >= ${MIN_MESSAGES}
    or c.customer_characters >= ${MIN_CHARACTERS})`;
  const unit = by === "agent" || by === "language" ? sql`''` : unitOf(by);
  return sql`
    select ${chatColumns}, ${unit} as unit, case
        when c.state = 'open' then 'leftOpen'
        when c.first_replied_at is null then 'noHumanReply'
        when not ${enough} then 'tooShort'
        when c.close_reason = 'spam' then 'spam'
        when c.close_reason = 'inactivity' then 'inactive'
        else 'eligible' end as fate
    from chats c
    cross join lateral (${customerOf(workspaceId, fence)}) p
    join connections k on k.workspace_id = c.workspace_id and k.id = c.connection_id
    where c.workspace_id = ${workspaceId} and p.role = 'customer' and not p.bot and not p.test
      and ((c.state = 'closed' and c.closed_at >= ${period.start} and c.closed_at < ${period.end}
          and (c.close_reason in ('solved', 'manual') or (c.first_replied_at is not null and ${enough})))
        or (c.state = 'open' and c.last_message_at >= ${period.start}
          and c.last_message_at < least(${period.end}::timestamptz, ${silent})
          and c.first_replied_at >= c.first_customer_at and ${enough}))
      and ${isChatKept(about)}`;
}

/** Of each of those chats that has an invitation: what became of its question. */
function questionsOf(
  workspaceId: number,
  by: ChatCut | undefined,
  fence: Fence,
): RawBuilder<unknown> {
  // By tag a chat is there for each of its tags.
  const chats = by === "tag" ? sql`(select distinct id from chats_then)` : sql`chats_then`;
  return sql`
    select c.id, bool_or(i.asked_at is not null) as asked,
      bool_or(i.asked_at is not null and i.kind = 'manual') as by_hand,
      bool_or(i.state = 'planned') as waiting,
      bool_or(i.state = 'cancelled' and i.state_reason = 'reopened') as reopened,
      (array_agg(coalesce(i.state_reason, i.state) order by i.closing desc, i.created_at desc)
        filter (where i.asked_at is null and i.state <> 'planned'))[1] as reason
    from ${chats} c
    cross join lateral (
      select i.asked_at, i.kind, i.state, i.state_reason, i.closing, i.created_at from invitations i
      where i.workspace_id = ${workspaceId} and i.chat_id = c.id
        and i.kind in ('chat', 'manual', 'sample')
      ${fence}
    ) i
    group by c.id`;
}
