/** Whoever stops or resumes all questions, by whatever way: the leads' channels are told once. */
import type { Change } from "../../configuration/change.ts";
import type { Work } from "../../engine.ts";
import { languageOf } from "../../language-of.ts";
import { post } from "../../outbox/post.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import type { DraftContext } from "../draft-kind.ts";
import { toldLeads } from "./stop-card.ts";

const NAME = "asking.stopped";

/** Of changes that were just made in the transaction of `context.work`. */
export async function tellStop(
  context: DraftContext & { readonly work: Work },
  changes: readonly Change[],
): Promise<void> {
  const stopped = changes
    .flatMap((change) => (change.kind === "settings" && NAME in change.set ? [change] : []))
    .filter(({ set, was }) => set[NAME] !== was[NAME])
    .map(({ set }) => set[NAME] === true)
    .at(-1);
  if (stopped === undefined) return;
  const { engine, db, now, reader, work } = context;
  const workspaceId = reader.workspace.id;
  for (const connection of await chatConnectionsOf(db, workspaceId)) {
    const message = await toldLeads(context, languageOf(connection), stopped);
    await post(engine, work, {
      ...{ workspaceId, connectionId: connection.id, purpose: "notice", message },
      key: `${stopped ? "stopped" : "resumed"}:${connection.id}:${now.getTime()}`,
      ...{ invitationId: null, personId: null, address: { kind: "leads" } },
    });
  }
}
