/** What the gates look at, read for many at once: one row for each subject. */
import { type RawBuilder, sql } from "kysely";
import type { CloseReason, Role } from "../platform.ts";
import { cappedKinds, kindsBefore } from "../scheduling/definition/kind-rules.ts";
import { TURN_MS } from "../scheduling/gates/gates.ts";
import type { Subject } from "./candidates.ts";
import type { Db } from "./schema.ts";

/** The facts of one subject; `n` is its place among the subjects. */
export interface Facts {
  readonly n: number;
  readonly human_id: string;
  readonly bot: boolean;
  readonly test: boolean;
  readonly role: Role | null;
  readonly never: boolean;
  readonly paused: boolean;
  readonly paused_until: Date | null;
  readonly zones: readonly (string | null)[];
  readonly has_left: boolean;
  readonly known: boolean;
  readonly rehearsal: boolean;
  readonly survey_on: boolean;
  readonly same: boolean;
  readonly capped_at: Date | null;
  readonly kind_at: Date | null;
  readonly any_at: Date | null;
  readonly declined_at: Date | null;
  readonly better_due_at: Date | null;
  readonly chat_state: "open" | "closed" | null;
  readonly closings: number | null;
  readonly closed_at: Date | null;
  readonly last_message_at: Date | null;
  readonly close_reason: CloseReason | null;
  readonly first_replied_at: Date | null;
  readonly customer_messages: number | null;
  readonly customer_characters: number | null;
}

/**
 * The facts as they are at `now`, for every subject whose person is there. Each is looked up by
 * indexes, however many people the workspace has.
 */
export async function readFacts(
  db: Db,
  workspaceId: number,
  subjects: readonly Subject[],
  now: Date,
): Promise<readonly Facts[]> {
  const kinds = [...new Set(subjects.map(({ kind }) => kind))];
  const pairs = kinds.flatMap((kind) => kindsBefore(kind).map((better) => [kind, better] as const));
  const soon = new Date(now.getTime() + TURN_MS);
  const { rows } = await sql<Facts>`
    with subjects as materialized (${asRows(subjects)}),
    met as materialized (
      select s.n, s.kind, s.survey_id, s.schedule_id, s.chat_id, s.invitation_id, s.reason_key,
        coalesce(me.human_id, me.id) as human_id, r.id <> me.id as elsewhere, r.id, r.bot, r.test,
        r.role, r.consent, r.paused_until, r.time_zone,
        coalesce(r.left_at <= ${now} or a.left_at <= ${now}, false) as has_left
      from subjects s
      -- "limit" and "offset 0": each is looked up, and never all people joined.
      cross join lateral (
        select p.id, p.human_id from people p
        where p.workspace_id = ${workspaceId} and p.id = s.person_id limit 1
      ) me
      cross join lateral (
        select p.* from people p
        where p.workspace_id = ${workspaceId}
          and coalesce(p.human_id, p.id) = coalesce(me.human_id, me.id) offset 0
      ) r
      left join lateral (
        select left_at from accounts
        where workspace_id = ${workspaceId} and id = r.account_id limit 1
      ) a on true
    ), h as (
      select n, human_id, bool_or(bot) as bot, bool_or(test) as test,
        min(role) filter (where role <> 'customer') as role,
        bool_or(consent = 'never') as never, bool_or(consent = 'paused') as paused,
        max(paused_until) filter (where consent = 'paused') as paused_until,
        array_agg(time_zone order by elsewhere, id desc) as zones, bool_or(has_left) as has_left
      from met group by n, human_id
    ), before as (
      select m.n, max(i.asked_at) as any_at,
        max(i.asked_at) filter (where i.kind = any(${[...cappedKinds]}::text[])) as capped_at,
        -- Another step of a programme has no part in the clock of this one.
        max(i.asked_at) filter (where i.kind = m.kind
          and not coalesce(i.schedule_id = m.schedule_id and i.survey_id <> m.survey_id, false)) as kind_at,
        max(i.finished_at) filter (where i.kind = m.kind and i.state = 'declined') as declined_at,
        bool_or(case when m.kind in ('chat', 'manual')
          then i.chat_id = m.chat_id and i.kind in ('chat', 'manual')
          else i.schedule_id = m.schedule_id and i.reason_key = m.reason_key end) as same
      from met m
      cross join lateral (
        select * from invitations
        where workspace_id = ${workspaceId} and person_id = m.id and asked_at is not null
          and kind not in ('import', 'sample') offset 0
      ) i
      where i.id is distinct from m.invitation_id
      group by m.n
    ), waiting as (
      select m.n, min(w.due_at) as better_due_at
      from met m
      join unnest(${pairs.map(([kind]) => kind)}::text[], ${pairs.map(([, better]) => better)}::text[])
        as b (kind, better) on b.kind = m.kind
      cross join lateral (
        select id, kind, due_at from invitations
        where workspace_id = ${workspaceId} and person_id = m.id and state = 'planned' offset 0
      ) w
      where w.due_at <= ${soon} and w.kind = b.better and w.id is distinct from m.invitation_id
      group by m.n
    )
    select s.n, h.human_id, h.bot, h.test, h.role, h.never, h.paused, h.paused_until, h.zones,
      h.has_left, before.any_at, before.capped_at, before.kind_at, before.declined_at,
      coalesce(before.same, false) as same, waiting.better_due_at,
      s.connection_id is null or exists (
        select 1 from identities d where d.workspace_id = ${workspaceId}
          and d.person_id = s.person_id and d.connection_id = s.connection_id offset 0) as known,
      coalesce((k.settings->>'rehearsal')::boolean, false) as rehearsal,
      case when s.survey_id is null then true
        -- One that is asked after chats and not chosen for it may still be a schedule's.
        when v.trigger = 'chat' and s.kind not in ('chat', 'manual')
          then coalesce(v.state <> 'archived', false)
        else coalesce(v.state = 'on', false) end as survey_on,
      c.state as chat_state, c.closings, c.closed_at, c.last_message_at, c.close_reason,
      c.first_replied_at, c.customer_messages, c.customer_characters
    from subjects s
    join h on h.n = s.n
    left join before on before.n = s.n
    left join waiting on waiting.n = s.n
    left join lateral (
      select x.* from chats x where x.workspace_id = ${workspaceId} and x.id = s.chat_id limit 1
    ) c on true
    left join surveys v on v.workspace_id = ${workspaceId} and v.id = s.survey_id
    left join connections k on k.workspace_id = ${workspaceId} and k.id = s.connection_id
    order by s.n`.execute(db);
  return rows;
}

/** A query of the subjects; arrays are read several times faster than JSON. */
function asRows(subjects: readonly Subject[]): RawBuilder<unknown> {
  const uuids = (of: (subject: Subject) => string | null | undefined) =>
    sql`${subjects.map((each) => of(each) ?? null)}::uuid[]`;
  const texts = (of: (subject: Subject) => string | null | undefined) =>
    sql`${subjects.map((each) => of(each) ?? null)}::text[]`;
  return sql`
    select * from unnest(${subjects.map((_, n) => n)}::int[], ${uuids((each) => each.personId)},
      ${texts((each) => each.kind)}, ${uuids((each) => each.surveyId)},
      ${uuids((each) => each.connectionId)}, ${uuids((each) => each.scheduleId)},
      ${uuids((each) => each.chatId)}, ${uuids((each) => each.invitationId)},
      ${texts((each) => each.reasonKey)})
      as s (n, person_id, kind, survey_id, connection_id, schedule_id, chat_id, invitation_id,
        reason_key)`;
}
