/** Pressed: "They are one person", or "Take it apart". What was shown must still be so. */
import { doWork, type Engine, type Work } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { mergeHumans, unmerge } from "../people/merge.ts";
import type { EventOf, Message, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { readHumans } from "../store/identities.ts";
import { noteEvent } from "../store/inbox.ts";
import { lockHumans, readMerge } from "../store/merges.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import type { Reader } from "./command.ts";
import { LINK_ROLES } from "./link.ts";
import { linkedMessage, linkedOrOne, linkQuestion, nameOf, sealOf } from "./link-card.ts";
import { readerOf, refuse } from "./reader.ts";

/** One of the two buttons was pressed. */
export async function pressLink(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (reader.person.role !== "admin") return refuse(engine, reader, LINK_ROLES);
  const message = await doWork(engine, async (work) => {
    const { id, kind } = event;
    const fresh = await noteEvent(work.transaction, reader.workspace.id, connection.id, id, kind);
    return content.verb === "link"
      ? link(engine, work, reader, { content, fresh })
      : takeApart(work, reader, content);
  });
  return { kind: "update", message };
}

/** Links what was shown; whoever changed meanwhile is shown anew, and asked about again. */
async function link(
  { tokens }: Engine,
  work: Work,
  reader: Reader,
  { content, fresh }: { readonly content: TokenContent; readonly fresh: boolean },
): Promise<Message> {
  const { transaction: db } = work;
  const { workspace, person, language } = reader;
  const texts = textsFor(language);
  const { personId = "", otherId = "" } = content;
  await lockHumans(db, workspace.id, [personId, otherId]);
  const [one] = await readHumans(db, workspace.id, { by: "id", id: personId });
  const [other] = await readHumans(db, workspace.id, { by: "id", id: otherId });
  if (one === undefined || other === undefined)
    return lineMessage(language, texts.text("link.gone"));
  const drawing = { db, tokens };
  const already = await linkedOrOne(drawing, reader, one, other);
  if (already !== undefined) return already;
  if (!fresh || sealOf([one, other]) !== content.question)
    return linkQuestion(drawing, reader, [one, other], texts.text("link.changed"));
  const two = { kept: one.humanId, absorbed: other.humanId };
  const done = await mergeHumans(work, workspace.id, { ...two, how: "link", actor: person.id });
  const made = done.kind === "merged" && (await readMerge(db, workspace.id, done.mergeId));
  if (!made) throw new Error("two humans were one under lock");
  const says = texts.text("link.done", { one: nameOf(one), other: nameOf(other) });
  return linkedMessage(drawing, reader, made, says);
}

/** A link that is gone with one of its people, or was taken back before, is left as it is. */
async function takeApart(
  work: Work,
  { workspace, person, language }: Reader,
  { mergeId = "" }: TokenContent,
): Promise<Message> {
  const texts = textsFor(language);
  if ((await readMerge(work.transaction, workspace.id, mergeId)) === undefined)
    return lineMessage(language, texts.text("link.gone"));
  const { kind } = await unmerge(work, workspace.id, mergeId, person.id);
  const key = kind === "unmerged" ? "link.undone" : "link.undone.already";
  return lineMessage(language, texts.text(key));
}
