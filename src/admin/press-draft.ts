/** A button or a form of a draft: who may, whether it is there, once; then its kind decides. */
import { readerOf, refuse } from "../commands/reader.ts";
import { doWork, type Engine } from "../engine.ts";
import { type TextKey, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { lockDraft, openDrafts, updateDraft } from "../store/drafts.ts";
import { noteEvent } from "../store/inbox.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import type { DraftStep } from "./draft-kind.ts";
import { draftCommands, draftKinds } from "./draft-kinds.ts";
import { groupsOf } from "./setup/seen.ts";

/** Who may set something up. */
const ADMINS = ["admin"] as const;

export async function pressDraft(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (reader.person.role !== "admin") return refuse(engine, reader, ADMINS, event.values);
  const texts = textsFor(reader.language);
  const { workspace, language } = reader;
  const groups = await groupsNamedIn(engine, connection, reader.person.id, { event, content });
  const { reply, later } = await doWork(engine, async (work): Promise<DraftStep> => {
    const { transaction: db, now } = work;
    const told = (key: TextKey, command = ""): DraftStep => ({
      reply: lineReply(language, texts.text(key, { command })),
    });
    const fresh = await noteEvent(db, workspace.id, connection.id, event.id, event.kind);
    const draft = await lockDraft(db, workspace.id, content.draftId ?? "");
    const kind = draft && draftKinds[draft.kind];
    if (draft === undefined || kind === undefined) return told("draft.gone");
    if (draft.personId !== reader.person.id) return told("draft.other");
    const command = draftCommands[draft.kind];
    if (draft.state !== "open") return told(`draft.${draft.state}`, command);
    const opened = kind.open(draft);
    if (opened === undefined) return told("draft.unknown", command);
    const context = { engine, db, now, reader, connection, work };
    // The same press once more: our answer to the first was lost.
    if (!fresh) return { reply: { kind: "update", message: await opened.screen(context) } };
    const { question: action = "", value } = content;
    const { values } = event;
    const step = await opened.press(context, { action, value, values, groups, event });
    if (step.update !== undefined) await updateDraft(db, workspace.id, draft.id, step.update, now);
    return step;
  });
  return later === undefined ? reply : later();
}

/** The groups of the platform, for a form that may name one. */
async function groupsNamedIn(
  engine: Engine,
  connection: Connection,
  personId: string,
  { event, content }: { readonly event: EventOf<"action">; readonly content: TokenContent },
) {
  if (event.values === undefined) return undefined;
  const drafts = await openDrafts(engine.db, connection.workspace.id, personId);
  const draft = drafts.find(({ id }) => id === content.draftId);
  const kind = draft && draftKinds[draft.kind];
  return kind?.namesGroups(content.question ?? "") ? groupsOf(engine, connection) : undefined;
}
