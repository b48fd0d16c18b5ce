/** What the gates look at, read for many at once: one row for each subject. */
import { sql } from "kysely";
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
  readonly zones: (string | null)[];
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
  const asked = subjects.map((subject, n) => ({
    n,
    person_id: subject.personId,
    kind: subject.kind,
    better: kindsBefore(subject.kind),
    survey_id: subject.surveyId ?? null,
    connection_id: subject.connectionId ?? null,
    schedule_id: subject.scheduleId ?? null,
    chat_id: subject.chatId ?? null,
    invitation_id: subject.invitationId ?? null,
    reason_key: subject.reasonKey ?? null,
  }));
  const soon = new Date(now.getTime() + TURN_MS);
  const { rows } = await sql<Facts>`
    with subjects as materialized (
      select * from json_to_recordset(${JSON.stringify(asked)}::json) as s (n int, person_id uuid,
        kind text, better text[], survey_id uuid, connection_id uuid, schedule_id uuid,
        chat_id uuid, invitation_id uuid, reason_key text)
    )
    select s.n, coalesce(me.human_id, me.id) as human_id, h.*, before.*, waiting.better_due_at,
      s.connection_id is null or exists (
        select 1 from identities d where d.workspace_id = ${workspaceId}
          and d.person_id = s.person_id and d.connection_id = s.connection_id) as known,
      coalesce((k.settings->>'rehearsal')::boolean, false) as rehearsal,
      case when s.survey_id is null then true
        -- One that is asked after chats and not chosen for it may still be a schedule's.
        when v.trigger = 'chat' and s.kind not in ('chat', 'manual')
          then coalesce(v.state <> 'archived', false)
        else coalesce(v.state = 'on', false) end as survey_on,
      c.state as chat_state, c.closings, c.closed_at, c.last_message_at, c.close_reason,
      c.first_replied_at, c.customer_messages, c.customer_characters
    from subjects s
    -- "limit": each is looked up, and never all people joined.
    cross join lateral (
      select p.id, p.human_id from people p
      where p.workspace_id = ${workspaceId} and p.id = s.person_id limit 1
    ) me
    cross join lateral (
      select array_agg(r.id) as ids, bool_or(r.bot) as bot, bool_or(r.test) as test,
        min(r.role) filter (where r.role <> 'customer') as role,
        bool_or(r.consent = 'never') as never, bool_or(r.consent = 'paused') as paused,
        max(r.paused_until) filter (where r.consent = 'paused') as paused_until,
        array_agg(r.time_zone order by r.id <> me.id, r.id desc) as zones,
        coalesce(bool_or(r.left_at <= ${now} or a.left_at <= ${now}), false) as has_left
      from people r
      left join accounts a on a.workspace_id = ${workspaceId} and a.id = r.account_id
      where r.workspace_id = ${workspaceId}
        and coalesce(r.human_id, r.id) = coalesce(me.human_id, me.id)
    ) h
    cross join lateral (
      select max(i.asked_at) as any_at,
        max(i.asked_at) filter (where i.kind = any(${[...cappedKinds]}::text[])) as capped_at,
        -- Another step of a programme has no part in the clock of this one.
        max(i.asked_at) filter (where i.kind = s.kind
          and not coalesce(i.schedule_id = s.schedule_id and i.survey_id <> s.survey_id, false)) as kind_at,
        max(i.finished_at) filter (where i.kind = s.kind and i.state = 'declined') as declined_at,
        coalesce(bool_or(case when s.kind in ('chat', 'manual')
          then i.chat_id = s.chat_id and i.kind in ('chat', 'manual')
          else i.schedule_id = s.schedule_id and i.reason_key = s.reason_key end), false) as same
      from invitations i
      where i.workspace_id = ${workspaceId} and i.person_id = any(h.ids)
        and i.asked_at is not null and i.kind not in ('import', 'sample')
        and i.id is distinct from s.invitation_id
    ) before
    cross join lateral (
      select min(w.due_at) as better_due_at
      from invitations w
      where w.workspace_id = ${workspaceId} and w.person_id = any(h.ids)
        and w.state = 'planned' and w.due_at <= ${soon} and w.kind = any(s.better)
        and w.id is distinct from s.invitation_id
    ) waiting
    left join lateral (
      select x.* from chats x where x.workspace_id = ${workspaceId} and x.id = s.chat_id limit 1
    ) c on true
    left join surveys v on v.workspace_id = ${workspaceId} and v.id = s.survey_id
    left join connections k on k.workspace_id = ${workspaceId} and k.id = s.connection_id
    order by s.n`.execute(db);
  return rows;
}
