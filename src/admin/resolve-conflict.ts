/** What somebody does about what somebody else saved: theirs on top, their draft on it, or leave it. */
import type { Change } from "../configuration/change.ts";
import { type TextKey, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { decideChangeSet } from "../store/change-sets.ts";
import { type Draft, lockDraft, updateDraft } from "../store/drafts.ts";
import { type ChangeContext, makeChanges } from "./apply.ts";
import { setCard } from "./change-set-card.ts";
import { draftCommands, draftKinds } from "./draft-kinds.ts";
import type { KnownSet } from "./press-change-set.ts";

/** What was shown is saved: on top of what somebody else had saved by then. */
export async function putOnTop(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const no = await notTheirs(context, set);
  if (no !== undefined) return no;
  const { db, now, reader } = context;
  await close(context, set);
  const { changes, by, origin } = set;
  const draftId = set.draftId ?? undefined;
  const made = await makeChanges(context, { changes, by, at: now, origin, draftId });
  if (made.kind !== "conflict" && draftId !== undefined)
    await updateDraft(db, reader.workspace.id, draftId, { state: "done" }, now);
  return { kind: "update", message: made.message };
}

/** The draft goes on from what somebody else saved, with all of its own that was written. */
export async function rebaseDraft(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const no = await notTheirs(context, set);
  if (no !== undefined) return no;
  const { db, now, reader } = context;
  const { id: workspaceId } = reader.workspace;
  const draft = await lockDraft(db, workspaceId, set.draftId ?? "");
  if (draft === undefined) return told(context, "draft.gone");
  const command = draftCommands[draft.kind];
  if (draft.state !== "open") return told(context, `draft.${draft.state}`, command);
  await close(context, set);
  const update = rebased(draft, set.changes);
  await updateDraft(db, workspaceId, draft.id, update, now);
  const opened = draftKinds[draft.kind]?.open({ ...draft, ...update });
  if (opened === undefined) return told(context, "draft.unknown", command);
  return { kind: "update", message: await opened.screen(context) };
}

/** Where a draft keeps a definition it is the one that was put together; else only its base is another. */
function rebased(
  draft: Draft,
  changes: readonly Change[],
): Partial<Pick<Draft, "base" | "content">> {
  const about = changes.find(
    (change) =>
      (change.kind === "survey" && change.key === draft.about) ||
      (change.kind === "schedule" && change.definition.name === draft.about),
  );
  if (about?.kind !== "survey" && about?.kind !== "schedule") return {};
  const { base, definition } = about;
  const { content } = draft;
  const holds = typeof content === "object" && content !== null && "definition" in content;
  const together = holds ? { ...content, definition } : undefined;
  const kind = draftKinds[draft.kind];
  const isRead =
    together !== undefined && kind?.open({ ...draft, content: together }) !== undefined;
  return isRead ? { base, content: together } : { base };
}

/** Theirs stays, and the draft is dropped. */
export async function leave(context: ChangeContext, set: KnownSet): Promise<Reply> {
  const no = await notTheirs(context, set);
  if (no !== undefined) return no;
  const { db, now, reader } = context;
  await close(context, set);
  if (set.draftId !== null)
    await updateDraft(db, reader.workspace.id, set.draftId, { state: "dropped" }, now);
  const { language } = reader;
  const parts = [{ kind: "text", text: textsFor(language).text("change.left") }] as const;
  return { kind: "update", message: { summary: parts[0].text, parts, locale: language } };
}

async function notTheirs(context: ChangeContext, set: KnownSet): Promise<Reply | undefined> {
  if (set.by !== context.reader.person.id) return told(context, "draft.other");
  if (set.state === "offered") return undefined;
  return { kind: "update", message: await setCard(context, set) };
}

function close({ db, now, reader }: ChangeContext, set: KnownSet): Promise<void> {
  const decided = { state: "withdrawn", by: reader.person.id, at: now } as const;
  return decideChangeSet(db, reader.workspace.id, set.id, decided);
}

function told({ reader }: ChangeContext, key: TextKey, command = ""): Reply {
  return lineReply(reader.language, textsFor(reader.language).text(key, { command }));
}
