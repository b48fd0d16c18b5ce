/** An admin's changes from chat: made, kept until a second person agrees, or refused with what to do. */
import type { Change } from "../configuration/change.ts";
import type { Work } from "../engine.ts";
import type { Message } from "../platform.ts";
import { applyChanges, lockConfiguration } from "../store/configuration.ts";
import type { DraftUpdate } from "../store/drafts.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import { appliedCard } from "./change-card.ts";
import { conflictCard } from "./change-conflict.ts";
import type { DraftContext, OpenDraft } from "./draft-kind.ts";

/** What became of changes, as a card; `update`: of the draft that they came from. */
export interface ChatChange {
  readonly kind: "applied" | "proposed" | "conflict";
  readonly message: Message;
  readonly update?: DraftUpdate;
}

/**
 * Makes all changes or none, in the transaction of `context.work`. A draft that they came from is done
 * when they hold or wait for a second person; after a conflict it stays open, with all that was written.
 */
export async function applyFromChat(
  context: DraftContext & { readonly work: Work },
  changes: readonly Change[],
  how: { readonly origin: "chat" | "setup"; readonly draft?: OpenDraft<unknown> },
): Promise<ChatChange> {
  const { reader, work } = context;
  const { transaction: trx, now } = work;
  const { id: workspaceId } = reader.workspace;
  await lockConfiguration(trx, workspaceId);
  const before = await readConfiguration(trx, workspaceId);
  const changing = { by: reader.person.id, at: now, origin: how.origin };
  const outcome = await applyChanges(trx, workspaceId, changes, changing);
  const done = how.draft === undefined ? {} : { update: { state: "done" } as const };
  if (outcome.kind === "conflict")
    return { kind: "conflict", message: await conflictCard(context, outcome.conflicts, how.draft) };
  const message = await appliedCard(context, { before, changes, outcome });
  return { kind: "applied", message, ...done };
}
