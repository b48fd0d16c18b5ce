/** Chats that were closed, or opened again. */
import { type RawBuilder, sql } from "kysely";
import { type Facts, type FactsAbout, isWithin, msOf, type TriggerOf } from "./facts.ts";

/** The latest closing of chats that are closed still. */
export function closedChats(about: FactsAbout, trigger: TriggerOf<"chat-closed">): Facts {
  return sql`
    select c.customer_id as person_id, c.connection_id, c.id as chat_id, c.closings as closing,
      c.closed_at as at, 'chat:' || c.id || ':' || c.closings as fact
    from chats c
    where c.workspace_id = ${about.workspaceId} and c.state = 'closed' and c.source = 'platform'
      and c.customer_id is not null and ${isWithin(about, sql`c.closed_at`)} and ${isAt(trigger)}`;
}

/** The latest time at which chats were opened again, whether or not they are closed by now. */
export function reopenedChats(about: FactsAbout, trigger: TriggerOf<"chat-reopened">): Facts {
  return sql`
    select c.customer_id as person_id, c.connection_id, c.id as chat_id, c.closings as closing,
      c.reopened_at as at, 'reopened:' || c.id || ':' || ${msOf(sql`c.reopened_at`)} as fact
    from chats c
    where c.workspace_id = ${about.workspaceId} and c.source = 'platform'
      and c.customer_id is not null and ${isWithin(about, sql`c.reopened_at`)} and ${isAt(trigger)}`;
}

function isAt(trigger: TriggerOf<"chat-closed"> | TriggerOf<"chat-reopened">): RawBuilder<unknown> {
  const { teams, channels } = trigger;
  const team = teams === undefined ? sql`true` : sql`c.team = any(${teams}::text[])`;
  const channel = channels === undefined ? sql`true` : sql`c.channel = any(${channels}::text[])`;
  return sql`${team} and ${channel}`;
}
