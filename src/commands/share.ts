/** A pressed "Share": the summary is posted where others read it, with its picture. */
import { doWork, type Engine } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { metricNames } from "../metrics/metric.ts";
import { post } from "../outbox/post.ts";
import type { EventOf, Message, Reply } from "../platform.ts";
import { audit } from "../store/audit.ts";
import type { Connection } from "../store/connections.ts";
import { noteEvent } from "../store/inbox.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { mayRead, type Reader, readerRoles } from "./command.ts";
import { readerOf, refuse } from "./reader.ts";
import { sharingPlace } from "./share-button.ts";
import { type CardPicture, summaryCard } from "./summary/card.ts";
import { type LoadedSummary, loadView } from "./summary/load.ts";
import { drawPicture } from "./summary.ts";
import { findView } from "./view/key.ts";
import type { View } from "./view.ts";

/** Posts the summary and shows the presser their own card again, without the button. */
export async function shareSummary(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  const { workspace, language } = reader;
  const texts = textsFor(language);
  // A button outlives a role: who may read answers is looked up when it is pressed.
  if (!mayRead(reader.person.role)) return refuse(engine, reader, readerRoles);
  const metric = metricNames.find((name) => name === content.question);
  const of = { key: content.invitationId, period: content.value ?? "" };
  const view = await findView(engine, reader, of);
  // Somebody's own figures, posted, would pass for those of a team.
  const isTheirs = view?.scope.sees === "own";
  const loaded =
    metric && view && !isTheirs ? await loadView(engine, workspace, metric, view) : undefined;
  if (view === undefined || loaded === undefined)
    return lineReply(language, texts.text("talk.notice.closed"));
  const common = languageOf(connection);
  const forAll = readByAll(loaded);
  const posted = await drawPicture(forAll, common);
  await postOnce(engine, connection, event, {
    reader,
    content,
    view,
    message: sharedCard(forAll, reader, { language: common, picture: posted }),
  });
  const shown = event.pictures === false ? undefined : await drawPicture(loaded, language);
  const extras = { picture: shown, footnote: texts.text("share.done") };
  return { kind: "update", message: summaryCard(loaded, language, extras) };
}

/**
 * What everybody in the place may see. Not everybody there may read answers, so nobody's words and
 * names are in it, and no counts that tell a single answer.
 */
function readByAll(loaded: LoadedSummary): LoadedSummary {
  return { ...loaded, comments: [], words: [], singleAnswers: false };
}

/** Figures, with who shared them. */
function sharedCard(
  loaded: LoadedSummary,
  { person }: Reader,
  { language, picture }: { language: Language; picture: CardPicture },
): Message {
  const footnote = textsFor(language).text("share.by", { person: person.name });
  return summaryCard(loaded, language, { picture, footnote });
}

/** The same press a second time posts nothing. */
async function postOnce(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  shared: { reader: Reader; content: TokenContent; view: View; message: Message },
): Promise<void> {
  const { reader, content, view, message } = shared;
  const workspaceId = connection.workspace.id;
  await doWork(engine, async (work) => {
    const { transaction } = work;
    const fresh = await noteEvent(transaction, workspaceId, connection.id, event.id, event.kind);
    if (!fresh) return;
    const posted = await post(engine, work, {
      workspaceId,
      connectionId: connection.id,
      key: `share:${connection.id}:${event.id}`,
      purpose: "share",
      invitationId: null,
      personId: reader.person.id,
      address: sharingPlace(event.place) ?? { kind: "leads" },
      message,
    });
    if (!posted) return;
    await audit(transaction, workspaceId, work.now, {
      actor: reader.person.id,
      action: "summary.share",
      target: content.question ?? "",
      details: { period: content.value, ...detailsOf(view) },
    });
  });
}

/** What was picked, without names of people and companies. */
function detailsOf({ filter, by, versus }: View): Record<string, unknown> {
  const picked = Object.entries(filter).map(([name, { values }]) => [name, values]);
  return {
    ...Object.fromEntries(picked),
    ...(by === undefined ? {} : { by }),
    ...(versus === "before" ? {} : { versus }),
  };
}
