/** Who may close and open a chat, and have its customer asked. */
import type { Chat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";

/** Everybody on our side of a chat; a help desk's automation too. */
export function isTeam({ role, bot }: Person): boolean {
  return bot || role === "agent" || role === "lead" || role === "admin";
}

/**
 * The team closes chats. A customer who says that it is solved tells the team, who close it: else one
 * could end the other's conversation. In a rehearsal one person plays everybody, so anybody may.
 */
export function mayClose({ settings }: Connection, person: Person): boolean {
  return isTeam(person) || settings.rehearsal;
}

/** Whoever may close it may open it again, and so may its customer. */
export function mayReopen(connection: Connection, person: Person, chat: Chat): boolean {
  return mayClose(connection, person) || chat.customer_id === person.id;
}
