/** What is said about a case: its card in the leads' channel, the thread beneath it, notes to one. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type TextKey, textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { post } from "../outbox/post.ts";
import type { Message, Part } from "../platform.ts";
import { type Case, readCase } from "../store/cases.ts";
import { readConnection } from "../store/connections.ts";
import { newId } from "../store/ids.ts";
import { externalIdOf, readPerson } from "../store/people.ts";
import { cardMessage } from "./card.ts";

/** Key of the delivery that is the card: what is said in the case stands beneath it. */
function cardKey(caseId: string): string {
  return `case:${caseId}`;
}

/** Sends the card, or shows it as it is now where it stands. */
export async function postCard(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
): Promise<void> {
  if (c.connectionId === null) return;
  const connection = await readConnection(work.transaction, workspaceId, c.connectionId);
  const drawing = { db: work.transaction, tokens: engine.tokens, now: work.now };
  await show(engine, work, workspaceId, c, await cardMessage(drawing, connection, c));
}

async function show(
  engine: Pick<Engine, "jobs">,
  work: Work,
  workspaceId: number,
  { id, connectionId, personId, invitationId }: Case,
  message: Message,
): Promise<void> {
  if (connectionId === null) return;
  const card = {
    workspaceId,
    connectionId,
    purpose: "alert",
    invitationId,
    personId,
    caseId: id,
    address: { kind: "leads" },
    message,
  } as const;
  const first = await post(engine, work, { ...card, key: cardKey(id) });
  if (first) return;
  await post(engine, work, { ...card, key: `edit:${newId()}`, replaces: cardKey(id) });
}

/**
 * Nothing of a forgotten customer stays on their card: it tells that they asked to be forgotten. The
 * case is read as it is then; the row of deliveries with the key of {@link cardKey} has to stay, for
 * by it the card is found.
 */
export async function forgottenCard(
  engine: Pick<Engine, "jobs">,
  work: Work,
  workspaceId: number,
  caseId: string,
): Promise<void> {
  const c = await readCase(work.transaction, workspaceId, caseId);
  if (c === undefined || c.connectionId === null) return;
  const connection = await readConnection(work.transaction, workspaceId, c.connectionId);
  const language = languageOf(connection);
  const texts = textsFor(language);
  const heading = texts.text("case.forgotten.heading", { number: c.number });
  const nobody = { ...c, personId: null, invitationId: null };
  await show(engine, work, workspaceId, nobody, {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      { kind: "note", text: texts.text("case.forgotten.note") },
    ],
    locale: language,
  });
}

/** Something that is told to the team. */
export interface Told {
  readonly key: TextKey;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Somebody's own words. */
  readonly quote?: { readonly text: string; readonly by: string };
  readonly note?: string;
  /** In the channel itself, for all to see, instead of beneath the card. */
  readonly aloud?: boolean;
}

/** Says something beneath the card, in the language of the leads' channel. */
export async function tell(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
  { key, params = {}, quote, note, aloud = false }: Told,
): Promise<void> {
  if (c.connectionId === null) return;
  const connection = await readConnection(work.transaction, workspaceId, c.connectionId);
  const language = languageOf(connection);
  const text = textsFor(language).text(key, { number: c.number, ...params });
  const parts: Part[] = [
    { kind: "text", text },
    ...(quote === undefined ? [] : [{ kind: "quote", ...quote } as const]),
    ...(note === undefined ? [] : [{ kind: "note", text: note } as const]),
  ];
  await post(engine, work, {
    workspaceId,
    connectionId: c.connectionId,
    key: `case-told:${newId()}`,
    purpose: "notice",
    invitationId: null,
    personId: c.personId,
    caseId: c.id,
    address: { kind: "leads" },
    message: { summary: text, parts, locale: language },
    ...(aloud ? {} : { beneath: cardKey(c.id) }),
  });
}

/**
 * A note to one of the team, directly. It names the case and nobody in it: what somebody may see is
 * checked where they look, and a note stays. Nothing where they cannot be written to.
 */
export async function noteTo(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
  personId: string,
  key: TextKey,
): Promise<void> {
  if (c.connectionId === null) return;
  const { transaction } = work;
  const person = await readPerson(transaction, workspaceId, personId);
  const userId = await externalIdOf(transaction, workspaceId, c.connectionId, personId);
  if (person === undefined || userId === undefined) return;
  const connection = await readConnection(transaction, workspaceId, c.connectionId);
  const language = languageOf(connection, person);
  await post(engine, work, {
    workspaceId,
    connectionId: c.connectionId,
    key: `case-note:${newId()}`,
    purpose: "notice",
    invitationId: null,
    personId,
    caseId: c.id,
    address: { kind: "direct", userId },
    message: lineMessage(language, textsFor(language).text(key, { number: c.number })),
  });
}
