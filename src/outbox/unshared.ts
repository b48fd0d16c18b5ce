/** What somebody shared cannot be posted where they wanted it: they are told what to do. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { readConnection } from "../store/connections.ts";
import type { GivenUpDelivery } from "../store/deliveries.ts";
import { externalIdOf, readPerson } from "../store/people.ts";
import { post } from "./post.ts";

/** Plans a direct message to whoever pressed "Share": the press itself was answered long ago. */
export async function tellUnshared(
  engine: Engine,
  work: Work,
  workspaceId: number,
  { id, connectionId, personId }: GivenUpDelivery,
): Promise<void> {
  const { transaction } = work;
  if (personId === null) return;
  const person = await readPerson(transaction, workspaceId, personId);
  const userId = await externalIdOf(transaction, workspaceId, connectionId, personId);
  if (person === undefined || userId === undefined) return;
  const connection = await readConnection(transaction, workspaceId, connectionId);
  const language = languageOf(connection, person);
  await post(engine, work, {
    workspaceId,
    connectionId,
    key: `unshared:${id}`,
    purpose: "notice",
    invitationId: null,
    personId,
    address: { kind: "direct", userId },
    message: lineMessage(language, textsFor(language).text("share.failed")),
  });
}
