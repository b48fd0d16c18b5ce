/** Takes a set of changes back, while nothing else stands in the way. */
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { decideChangeSet } from "../store/change-sets.ts";
import { findConflicts, lockConfiguration } from "../store/configuration.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import { type ChangeContext, makeChanges } from "./apply.ts";
import { text } from "./change-card.ts";
import { basesOf, sayConflicts } from "./change-conflict.ts";
import { canUndo, setCard } from "./change-set-card.ts";
import type { KnownSet } from "./press-change-set.ts";

export async function undoSet(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const { reader, db, now } = context;
  const { workspace, language, person } = reader;
  const texts = textsFor(language);
  if (set.state !== "applied") return { kind: "update", message: await setCard(context, set) };
  if (!canUndo(set, now)) return lineReply(language, texts.text("change.undo.late"));
  const undo = set.undo ?? [];
  await lockConfiguration(db, workspace.id);
  const is = await readConfiguration(db, workspace.id);
  const conflicts = await findConflicts(db, workspace.id, is, undo);
  if (conflicts.length > 0) {
    const heading = texts.text("change.undo.not");
    const bases = await basesOf(db, workspace.id, undo);
    const parts = [
      { kind: "heading", text: heading } as const,
      ...(await sayConflicts(context, conflicts, is, bases)),
      text(texts.text("change.undo.in-the-way")),
    ];
    return { kind: "message", message: { summary: heading, parts, locale: language } };
  }
  const heading = texts.text("change.undone", { name: person.name });
  const wanted = { changes: undo, by: person.id, at: now, origin: "undo", undoes: set.id } as const;
  const made = await makeChanges(context, wanted, heading);
  if (made.kind === "applied")
    await decideChangeSet(db, workspace.id, set.id, { state: "undone", by: person.id, at: now });
  return { kind: made.kind === "applied" ? "update" : "message", message: made.message };
}
