/** What a look ahead knows of many humans at once, and of the chats that it asks about. */
import { sql } from "kysely";
import type { CloseReason, Role } from "../platform.ts";
import type { Db, InvitationKind } from "./schema.ts";

/** A human with what was asked of them; times are epoch milliseconds. */
export interface ForecastHumanFacts {
  readonly humanId: string;
  readonly bot: boolean;
  readonly test: boolean;
  /** Of a row of them that is no customer's; null: all are. */
  readonly role: Role | null;
  readonly never: boolean;
  readonly paused: boolean;
  readonly pausedUntil: Date | null;
  /** When the first of their rows or accounts left, or will have left. */
  readonly leftAt: number | null;
  /** Their rows, the newest first, and the time zone of each. */
  readonly people: readonly string[];
  readonly zones: readonly (string | null)[];
  /** What was asked last, once for each kind, schedule and survey. */
  readonly asked: readonly {
    readonly kind: InvitationKind;
    readonly scheduleId: string | null;
    readonly surveyId: string;
    readonly at: number;
    /** When it was declined last. */
    readonly declinedAt: number | null;
  }[];
}

interface HumanRow extends Omit<ForecastHumanFacts, "asked" | "leftAt"> {
  readonly leftAt: Date | null;
  readonly kinds: InvitationKind[] | null;
  readonly schedules: (string | null)[];
  readonly surveys: string[];
  readonly asked: number[];
  readonly declined: (number | null)[];
}

/** Longer after it was asked, and after the time to answer was over, nothing is declined. */
const DECLINING_MS = 31 * 24 * 60 * 60 * 1000;

/**
 * The facts of each of these humans who is there. What was asked, and declined, before `since` is left out;
 * `openMs`: the longest time that there is to answer something.
 */
export async function readForecastHumans(
  db: Db,
  workspaceId: number,
  humanIds: readonly string[],
  { since, openMs }: { readonly since: Date; readonly openMs: number },
): Promise<ForecastHumanFacts[]> {
  if (humanIds.length === 0) return [];
  const askedFrom = new Date(since.getTime() - openMs - DECLINING_MS);
  const ms = (at: string) => sql`floor(extract(epoch from ${sql.ref(at)}) * 1000)::float8`;
  const { rows } = await sql<HumanRow>`
    select h.id as "humanId", r.bot, r.test, r.role, r.never, r.paused, r.paused_until as "pausedUntil",
      r.left_at as "leftAt", r.people, r.zones, a.kinds, a.schedules, a.surveys, a.asked, a.declined
    from unnest(${[...humanIds]}::uuid[]) h (id)
    -- "offset 0": each is looked up, and never all people joined.
    cross join lateral (
      select bool_or(p.bot) as bot, bool_or(p.test) as test,
        min(p.role) filter (where p.role <> 'customer') as role,
        bool_or(p.consent = 'never') as never, bool_or(p.consent = 'paused') as paused,
        max(p.paused_until) filter (where p.consent = 'paused') as paused_until,
        min(least(p.left_at, (select left_at from accounts
          where workspace_id = ${workspaceId} and id = p.account_id))) as left_at,
        array_agg(p.id order by p.id desc) as people,
        array_agg(p.time_zone order by p.id desc) as zones
      from people p
      where p.workspace_id = ${workspaceId} and coalesce(p.human_id, p.id) = h.id
      having count(*) > 0 offset 0
    ) r
    left join lateral (
      select array_agg(i.kind) as kinds, array_agg(i.schedule_id) as schedules,
        array_agg(i.survey_id) as surveys, array_agg(${ms("i.asked_at")}) as asked,
        array_agg(${ms("i.declined_at")}) as declined
      from (
        select i.kind, i.schedule_id, i.survey_id, max(i.asked_at) as asked_at,
          max(i.finished_at) filter (where i.state = 'declined') as declined_at
        from unnest(r.people) p (id)
        cross join lateral (
          select * from invitations
          where workspace_id = ${workspaceId} and person_id = p.id
            and asked_at > ${askedFrom}::timestamptz and kind not in ('import', 'sample') offset 0
        ) i
        group by i.kind, i.schedule_id, i.survey_id
      ) i
      where greatest(i.asked_at, i.declined_at) >= ${since}::timestamptz
    ) a on true`.execute(db);
  return rows.map(({ kinds, schedules, surveys, asked, declined, leftAt, ...row }) => ({
    ...row,
    leftAt: leftAt?.getTime() ?? null,
    asked: (kinds ?? []).map((kind, n) => ({
      ...{ kind, scheduleId: schedules[n] ?? null, surveyId: surveys[n] ?? "" },
      ...{ at: asked[n] ?? 0, declinedAt: declined[n] ?? null },
    })),
  }));
}

/** How a chat stands, and whether its customer was asked about it. */
export interface ForecastChat {
  readonly id: string;
  readonly state: "open" | "closed";
  readonly closings: number;
  readonly closedAt: Date | null;
  readonly lastMessageAt: Date | null;
  readonly closeReason: CloseReason | null;
  readonly firstRepliedAt: Date | null;
  readonly customerMessages: number;
  readonly customerCharacters: number;
  readonly asked: boolean;
}

/** Of each of these chats; `humans`: who would be asked about it, in the same order. */
export async function readForecastChats(
  db: Db,
  workspaceId: number,
  chats: readonly string[],
  humans: readonly string[],
): Promise<ForecastChat[]> {
  if (chats.length === 0) return [];
  const { rows } = await sql<ForecastChat>`
    select c.id, c.state, c.closings, c.closed_at as "closedAt",
      c.last_message_at as "lastMessageAt", c.close_reason as "closeReason",
      c.first_replied_at as "firstRepliedAt", c.customer_messages as "customerMessages",
      c.customer_characters as "customerCharacters", exists (
        select 1 from invitations i
        join people p on p.workspace_id = i.workspace_id and p.id = i.person_id
        where i.workspace_id = ${workspaceId} and i.chat_id = c.id and i.asked_at is not null
          and i.kind in ('chat', 'manual') and coalesce(p.human_id, p.id) = s.human_id offset 0
      ) as asked
    from unnest(${[...chats]}::uuid[], ${[...humans]}::uuid[]) s (id, human_id)
    cross join lateral (
      select * from chats x where x.workspace_id = ${workspaceId} and x.id = s.id limit 1
    ) c`.execute(db);
  return rows;
}
