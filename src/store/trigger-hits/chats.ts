/** Chats that were closed, or opened again. */
import { type RawBuilder, sql } from "kysely";
import { type Facts, type FactsAbout, isWithin, msOf, type TriggerOf } from "./facts.ts";

/**
 * The latest closing of chats that are closed still. Loop guard: a chat that is closed once more
 * after we asked about it counts only when its customer came back meanwhile; what our own words have
 * opened and a program has closed sets nothing off.
 */
export function closedChats(about: FactsAbout, trigger: TriggerOf<"chat-closed">): Facts {
  return sql`
    select c.customer_id as person_id, c.connection_id, c.id as chat_id, c.closings as closing,
      c.closed_at as at, 'chat:' || c.id || ':' || c.closings as fact
    from chats c
    where c.workspace_id = ${about.workspaceId} and c.state = 'closed' and c.source = 'platform'
      and c.customer_id is not null and ${isWithin(about, sql`c.closed_at`)} and ${isAt(trigger)}
      and ${isNew(about)}`;
}

/**
 * The latest time at which people opened chats again, whether or not they are closed by now; with the
 * same loop guard.
 */
export function reopenedChats(about: FactsAbout, trigger: TriggerOf<"chat-reopened">): Facts {
  return sql`
    select c.customer_id as person_id, c.connection_id, c.id as chat_id, c.closings as closing,
      c.reopened_at as at, 'reopened:' || c.id || ':' || ${msOf(sql`c.reopened_at`)} as fact
    from chats c
    where c.workspace_id = ${about.workspaceId} and c.source = 'platform'
      and c.customer_id is not null and ${isWithin(about, sql`c.reopened_at`)} and ${isAt(trigger)}
      and ${isNew(about)}`;
}

/** Nothing of this schedule was asked, or waits, about a chat to which its customer did not return. */
function isNew({ workspaceId, scheduleId, again }: FactsAbout): RawBuilder<unknown> {
  if (again) return sql`true`;
  return sql`not exists (
    select 1 from invitations i
    where i.workspace_id = ${workspaceId} and i.chat_id = c.id
      -- Not "=": by the chat it has to be found, not among all that schedules have planned.
      and i.schedule_id is not distinct from ${scheduleId}::uuid and i.state not in ('cancelled', 'suppressed')
      and not exists (
        select 1 from unnest(c.reopenings) back (at)
        where back.at > coalesce(i.asked_at, i.created_at))
    offset 0)`;
}

function isAt(trigger: TriggerOf<"chat-closed"> | TriggerOf<"chat-reopened">): RawBuilder<unknown> {
  const { teams, channels } = trigger;
  const team = teams === undefined ? sql`true` : sql`c.team = any(${teams}::text[])`;
  const channel = channels === undefined ? sql`true` : sql`c.channel = any(${channels}::text[])`;
  return sql`${team} and ${channel}`;
}
