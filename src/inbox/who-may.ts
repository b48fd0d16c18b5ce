/** Who may close and open a chat, and have its customer asked. */
import type { CloseReason } from "../platform.ts";
import type { Chat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";

/** Everybody on our side of a chat; a help desk's automation too. */
export function isTeam({ role, bot }: Person): boolean {
  return bot || role === "agent" || role === "lead" || role === "admin";
}

/**
 * The team closes chats. A customer who says that it is solved tells the team, who close it: else one
 * could end the other's conversation. What customers may is take their own question back, which asks
 * nobody. In a rehearsal one person plays everybody, so anybody may.
 */
export function mayClose(
  connection: Connection,
  person: Person,
  chat: Chat,
  reason: CloseReason,
): boolean {
  const takesBack = reason === "inactivity" && chat.customer_id === person.id;
  return isTeam(person) || connection.settings.rehearsal || takesBack;
}

/** Leads have a question asked without waiting for the cap; in a rehearsal anybody. */
export function mayAskNow({ settings }: Connection, { role }: Person): boolean {
  return role === "lead" || role === "admin" || settings.rehearsal;
}

/** The team and the chat's customer open it again; in a rehearsal anybody. */
export function mayReopen({ settings }: Connection, person: Person, chat: Chat): boolean {
  return isTeam(person) || settings.rehearsal || chat.customer_id === person.id;
}
