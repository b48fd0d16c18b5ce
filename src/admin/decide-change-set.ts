/** A second admin agrees to changes or refuses them; whoever wanted them takes them back. */
import { type TextKey, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { isSameHuman } from "../store/admins.ts";
import { decideChangeSet, readChangeSet } from "../store/change-sets.ts";
import { applyChanges, findConflicts, lockConfiguration } from "../store/configuration.ts";
import { updateDraft } from "../store/drafts.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import type { ChangeContext } from "./apply.ts";
import { appliedCard, text } from "./change-card.ts";
import { basesOf, sayConflicts } from "./change-conflict.ts";
import { tellDecision } from "./change-proposal.ts";
import { setCard } from "./change-set-card.ts";
import type { KnownSet } from "./press-change-set.ts";
import { tellStop } from "./stop/tell-stop.ts";

export async function approve(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const { reader, db, now } = context;
  const { workspace, language, person } = reader;
  const texts = textsFor(language);
  const no = await mayNotDecide(context, set);
  if (no !== undefined) return no;
  await lockConfiguration(db, workspace.id);
  const before = await readConfiguration(db, workspace.id);
  const conflicts = await findConflicts(db, workspace.id, before, set.changes);
  if (conflicts.length > 0) {
    const heading = texts.text("change.approve.not");
    const bases = await basesOf(db, workspace.id, set.changes);
    const parts = [
      { kind: "heading", text: heading } as const,
      ...(await sayConflicts(context, conflicts, before, bases)),
      text(texts.text("change.approve.not.how")),
    ];
    return { kind: "message", message: { summary: heading, parts, locale: language } };
  }
  const outcome = await applyChanges(db, workspace.id, set.changes, {
    ...{ by: set.by, at: now, origin: set.origin },
    waited: { id: set.id, decidedBy: person.id },
  });
  if (outcome.kind === "conflict") throw new Error("changes that fit did not");
  const undone =
    set.undoes === null ? undefined : await readChangeSet(db, workspace.id, set.undoes);
  if (undone?.state === "applied")
    await decideChangeSet(db, workspace.id, undone.id, { state: "undone", by: set.by, at: now });
  await tellDecision(context, set, "approved");
  const made = { id: outcome.id, changes: set.changes, by: person.id };
  await tellStop(context.engine, context.work, workspace, made);
  const heading = texts.text("change.approved", { name: person.name });
  const shown = { before, changes: set.changes, outcome, heading };
  return { kind: "message", message: await appliedCard(context, shown) };
}

export async function refuseChanges(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const no = await mayNotDecide(context, set);
  if (no !== undefined) return no;
  return giveBack(context, set, "refused");
}

export async function withdraw(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const { reader, db } = context;
  if (set.state !== "proposed") return { kind: "update", message: await setCard(context, set) };
  if (!(await isSameHuman(db, reader.workspace.id, set.by, reader.person.id)))
    return told(context, "change.withdraw.other");
  return giveBack(context, set, "withdrawn");
}

/** The draft that it came from is open again, with everything that was written. */
async function giveBack(
  context: ChangeContext,
  set: KnownSet,
  state: "refused" | "withdrawn",
): Promise<Reply> {
  const { reader, db, now } = context;
  const { workspace, language, person } = reader;
  await decideChangeSet(db, workspace.id, set.id, { state, by: person.id, at: now });
  if (set.draftId !== null)
    await updateDraft(db, workspace.id, set.draftId, { state: "open" }, now);
  await tellDecision(context, set, state);
  const said = textsFor(language).text(`change.${state}`, { name: person.name });
  return lineReply(language, said);
}

/** Nobody decides about what they want themselves, by whatever account. */
async function mayNotDecide(context: ChangeContext, set: KnownSet): Promise<Reply | undefined> {
  const { reader, db } = context;
  if (set.state !== "proposed") return { kind: "update", message: await setCard(context, set) };
  return (await isSameHuman(db, reader.workspace.id, set.by, reader.person.id))
    ? told(context, "change.approve.own")
    : undefined;
}

function told({ reader }: ChangeContext, key: TextKey): Reply {
  return lineReply(reader.language, textsFor(reader.language).text(key));
}
