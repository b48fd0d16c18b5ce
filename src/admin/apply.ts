/** An admin's changes from chat: made, kept until a second person agrees, or refused with what to do. */
import { type Change, needsApproval } from "../configuration/change.ts";
import type { Configuration } from "../configuration/configuration.ts";
import type { Work } from "../engine.ts";
import type { Message } from "../platform.ts";
import type { NewChangeSet } from "../store/change-sets.ts";
import { applyChanges, findConflicts, lockConfiguration } from "../store/configuration.ts";
import type { DraftUpdate } from "../store/drafts.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import { appliedCard } from "./change-card.ts";
import { conflictCard } from "./change-conflict.ts";
import { propose } from "./change-proposal.ts";
import type { DraftContext, OpenDraft } from "./draft-kind.ts";
import { tellStop } from "./stop/tell-stop.ts";

/** What became of changes, as a card; `update`: of the draft that they came from. */
export interface ChatChange {
  readonly kind: "applied" | "proposed" | "conflict";
  readonly message: Message;
  readonly update?: DraftUpdate;
}

/** A press in whose transaction something is changed. */
export type ChangeContext = DraftContext & { readonly work: Work };

/**
 * Makes all changes or none, in the transaction of `context.work`. A draft that they came from is done
 * when they hold or wait for a second person; after a conflict it stays open, with all that was written.
 */
export async function applyFromChat(
  context: ChangeContext,
  changes: readonly Change[],
  how: { readonly origin: "chat" | "setup"; readonly draft?: OpenDraft<unknown> },
): Promise<ChatChange> {
  const { reader, now } = context;
  const { origin, draft } = how;
  const wanted = { changes, by: reader.person.id, at: now, origin, draftId: draft?.id };
  const made = await makeChanges(context, wanted);
  const isDone = made.kind !== "conflict" && draft !== undefined;
  return isDone ? { ...made, update: { state: "done" } } : made;
}

/** The same for a set that somebody wants; its draft is left to the caller. `heading`: of its card. */
export async function makeChanges(
  context: ChangeContext,
  wanted: NewChangeSet,
  heading?: string,
): Promise<ChatChange> {
  const { transaction: trx } = context.work;
  const { id: workspaceId } = context.reader.workspace;
  await lockConfiguration(trx, workspaceId);
  const before = await readConfiguration(trx, workspaceId);
  const conflicts = await findConflicts(trx, workspaceId, before, wanted.changes);
  if (conflicts.length > 0)
    return { kind: "conflict", message: await conflictCard(context, before, conflicts, wanted) };
  if (waitsForSecond(before, wanted.changes))
    return { kind: "proposed", message: await propose(context, before, wanted) };
  const outcome = await applyChanges(trx, workspaceId, wanted.changes, wanted);
  if (outcome.kind === "conflict") throw new Error("changes that fit did not");
  const { changes } = wanted;
  const { id } = outcome;
  await tellStop(context.engine, context.work, context.reader.workspace, {
    id,
    changes,
    by: wanted.by,
  });
  const made = { before, changes, outcome, ...(heading === undefined ? {} : { heading }) };
  return { kind: "applied", message: await appliedCard(context, made) };
}

/** True where the workspace wants somebody else to agree to such changes. */
function waitsForSecond(now: Configuration, changes: readonly Change[]): boolean {
  return now.settings["approval.secondPerson"] === true && needsApproval(changes);
}
