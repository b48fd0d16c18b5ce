/** Pressed beside somebody who is silent: they become a case. */
import { openCase } from "../cases/open.ts";
import { doWork, type Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Reply } from "../platform.ts";
import { audit } from "../store/audit.ts";
import { type Connection, readConnection } from "../store/connections.ts";
import { readPerson } from "../store/people.ts";
import { connectionOfPerson } from "../store/silent-contact.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { mayRead, readerRoles } from "./command.ts";
import { readerOf, refuse } from "./reader.ts";

/** Opens a case where the person can be written to; one that is open already stays as it is. */
export async function openSilentCase(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  { personId }: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (!mayRead(reader.person.role)) return refuse(engine, reader, readerRoles);
  const { language, person: by } = reader;
  const texts = textsFor(language);
  const workspaceId = connection.workspace.id;
  return doWork(engine, async (work) => {
    const { transaction, now } = work;
    const person = personId && (await readPerson(transaction, workspaceId, personId));
    if (!person) return lineReply(language, texts.text("talk.notice.closed"));
    const found = await connectionOfPerson(transaction, workspaceId, person.id);
    if (found.connectionId === null)
      return lineReply(language, texts.text("silent.unreachable", { person: person.name }));
    if (found.openCase !== null)
      return lineReply(language, texts.text("silent.opened.already", { number: found.openCase }));
    const there = await readConnection(transaction, workspaceId, found.connectionId);
    const opening = { connection: there, person, cause: "silent", actorId: by.id } as const;
    const { case: made, opened } = await openCase(engine, work, opening);
    const line = { actor: by.id, action: "case.by-hand", target: made.id };
    if (opened) await audit(transaction, workspaceId, now, line);
    const key = opened ? "silent.opened" : "silent.opened.already";
    return lineReply(language, texts.text(key, { number: made.number }));
  });
}
