/** What admins see of stopping all questions, and of resuming them; and what the leads are told. */
import { type Language, textsFor } from "../../locales/index.ts";
import type { Message, Option } from "../../platform.ts";
import { countWaiting } from "../../store/waiting.ts";
import type { Workspace } from "../../store/workspaces.ts";
import { adminButton } from "../admin-action.ts";
import { type Drawing, isStopped, resumeButton, STOP_ALL } from "./stopped.ts";

/** What stopping does, before it is done; as things are when everything is stopped already. */
export async function stopCard(drawing: Drawing): Promise<Message> {
  const { db, reader } = drawing;
  const { language, workspace } = reader;
  if (await isStopped(db, workspace.id)) return stoppedCard(drawing);
  const texts = textsFor(language);
  const n = await countWaiting(db, workspace.id);
  const label = texts.text("stop.do");
  const stop = adminButton(drawing, { action: STOP_ALL, label, tone: "danger" });
  return card(language, {
    title: texts.text("stop.title"),
    texts: [texts.text("stop.what"), texts.text("stop.waits", { n })],
    notes: [texts.text("stop.goes-on")],
    button: stop,
  });
}

/** Everything is stopped now. */
export async function stoppedCard(drawing: Drawing): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  const n = await countWaiting(db, reader.workspace.id);
  return card(reader.language, {
    title: texts.text("stop.is"),
    texts: [texts.text("stop.waits", { n }), texts.text("stop.then")],
    button: resumeButton(drawing),
  });
}

/** What resuming does, before it is done; as things are when nothing is stopped. */
export async function resumeCard(drawing: Drawing): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  return (await isStopped(db, reader.workspace.id))
    ? stoppedCard(drawing)
    : card(reader.language, { title: texts.text("stop.not"), texts: [texts.text("stop.how")] });
}

/** Questions are asked again. */
export async function resumedCard({ db, reader }: Drawing): Promise<Message> {
  const texts = textsFor(reader.language);
  const n = await countWaiting(db, reader.workspace.id);
  const rest = [texts.text("stop.resumed.waits", { n }), texts.text("stop.resumed.how")];
  return card(reader.language, { title: texts.text("stop.resumed"), texts: rest });
}

/** What the leads' channel is told once: who did it, and what waits. */
export async function toldLeads(
  { engine, db, workspace }: Pick<Drawing, "engine" | "db"> & { readonly workspace: Workspace },
  told: { readonly language: Language; readonly stopped: boolean; readonly by: string },
): Promise<Message> {
  const { language, stopped, by: person } = told;
  const texts = textsFor(language);
  const n = await countWaiting(db, workspace.id);
  if (!stopped) {
    return card(language, {
      title: texts.text("stop.told.resumed", { person }),
      texts: [texts.text("stop.resumed.waits", { n })],
    });
  }
  return card(language, {
    title: texts.text("stop.told.stopped", { person }),
    texts: [texts.text("stop.waits", { n })],
    button: resumeButton({ engine, reader: { workspace, language } }),
  });
}

function card(
  locale: Language,
  said: {
    readonly title: string;
    readonly texts: readonly string[];
    readonly notes?: readonly string[];
    readonly button?: Option;
  },
): Message {
  const { title, texts, notes = [], button } = said;
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...texts.map((text) => ({ kind: "text", text }) as const),
      ...notes.map((text) => ({ kind: "note", text }) as const),
      ...(button === undefined ? [] : [{ kind: "actions", options: [button] } as const]),
    ],
    locale,
  };
}
