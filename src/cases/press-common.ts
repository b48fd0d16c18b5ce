/** What every press on a card comes down to: a sentence for its reader, or the card anew. */
import { languageOf } from "../language-of.ts";
import { type TextKey, type Texts, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { type Case, type CaseChange, updateCase } from "../store/cases.ts";
import { readPerson } from "../store/people.ts";
import { cardMessage } from "./card.ts";
import { OWN_COPY } from "./card-buttons.ts";
import type { Press } from "./press.ts";
import { postCard } from "./thread.ts";

/** The texts for whoever pressed. */
export function textsOf({ connection, person }: Pick<Press, "connection" | "person">): Texts {
  return textsFor(languageOf(connection, person));
}

/** The texts of the leads' channel, where everybody reads the same. */
export function channelTexts({ connection }: Pick<Press, "connection">): Texts {
  return textsFor(languageOf(connection));
}

/** A sentence that only they see. */
export function say(
  press: Pick<Press, "connection" | "person">,
  key: TextKey,
  params: Readonly<Record<string, string | number>> = {},
): Reply {
  const texts = textsOf(press);
  return lineReply(texts.language, texts.text(key, params));
}

/** Keeps a change, shows it on the card, and on the copy of it that was pressed. */
export async function changed(press: Press, change: CaseChange): Promise<Reply> {
  const { engine, work, workspaceId } = press;
  const now = await updateCase(work.transaction, workspaceId, press.c.id, change);
  await postCard(engine, work, workspaceId, now);
  return shown(press, now);
}

/** The card itself is changed by a delivery: so nothing older ever comes to stand there. */
export async function shown(press: Press, c: Case): Promise<Reply> {
  if (press.mark !== OWN_COPY) return { kind: "nothing" };
  return { kind: "update", message: await ownCard(press, c) };
}

/** The card for its reader alone. */
export function ownCard({ engine, work, connection }: Press, c: Case) {
  const drawing = { db: work.transaction, tokens: engine.tokens, now: work.now };
  return cardMessage(drawing, connection, c, OWN_COPY);
}

/** What somebody is called. */
export async function nameOf(
  { work, workspaceId }: Pick<Press, "work" | "workspaceId">,
  personId: string | null,
): Promise<string> {
  const person =
    personId === null ? undefined : await readPerson(work.transaction, workspaceId, personId);
  return person?.name ?? "";
}
