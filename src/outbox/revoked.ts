/** Our key is refused: nothing goes out on that connection any more, and somebody has to know. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { connectionsOf } from "../store/connections.ts";
import { holdRevoked, isRevoked } from "../store/holds.ts";
import { newId } from "../store/ids.ts";
import { post } from "./post.ts";

/** Keeps it, and tells the operator and the leads once: the leads where we can still write to them. */
export async function noteRevoked(
  engine: Engine,
  work: Work,
  workspaceId: number,
  connectionId: string,
): Promise<void> {
  const { transaction, now } = work;
  const news = await holdRevoked(transaction, workspaceId, connectionId, now);
  if (!news) return;
  engine.log.error(
    {
      connection: connectionId,
      advice: "Install the app again or renew its token in the settings, then restart aftertalk.",
    },
    "the platform refuses our credentials; everything for this connection waits, nothing is lost",
  );
  const connections = await connectionsOf(transaction, workspaceId);
  const name = connections.find(({ id }) => id === connectionId)?.name ?? "";
  for (const other of connections) {
    if (other.id === connectionId || (await isRevoked(transaction, workspaceId, other.id)))
      continue;
    const language = languageOf(other);
    await post(engine, work, {
      workspaceId,
      connectionId: other.id,
      key: `revoked:${newId()}`,
      purpose: "notice",
      invitationId: null,
      personId: null,
      address: { kind: "leads" },
      message: lineMessage(language, textsFor(language).text("notice.revoked", { name })),
    });
    return;
  }
}
