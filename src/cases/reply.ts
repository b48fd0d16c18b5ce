/** What somebody of the team says to a customer, where they can be reached, until they are. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { post } from "../outbox/post.ts";
import type { Address, Message } from "../platform.ts";
import { placeAfter, placesFor, type Whereabouts } from "../scheduling/ask/places.ts";
import {
  addCaseEvent,
  findReply,
  type KeptReply,
  lockWaitingReplies,
  markReply,
  wasUndelivered,
} from "../store/case-events.ts";
import { type Case, lockCase } from "../store/cases.ts";
import { readChat } from "../store/chats.ts";
import { type Connection, readConnection } from "../store/connections.ts";
import { newId } from "../store/ids.ts";
import { externalIdOf, type Person, readPerson } from "../store/people.ts";
import { caseToken } from "./card-buttons.ts";
import { tell } from "./thread.ts";

/** A mark of its own for a reply: 12 characters, so that the same form sent twice is one reply. */
export function newReplyMark(): string {
  return newId().replaceAll("-", "").slice(-12);
}

/** Sends a reply that was kept to the first place where its customer may read it. */
export async function sendReply(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
  reply: KeptReply,
): Promise<void> {
  const whereabouts = await whereaboutsOf(work, workspaceId, c);
  const [place] = whereabouts === undefined ? [] : placesFor(whereabouts);
  if (place === undefined) await awaitContact(engine, work, workspaceId, c, reply);
  else await sendTo(engine, work, workspaceId, c, reply, place);
}

/**
 * A reply was refused at a place: it goes to the next one, or waits for a sign of life, and the team
 * is told so. `gaveUp`: nobody knows whether it arrived, and it is not sent again.
 */
export async function onReplyFailed(
  engine: Engine,
  work: Work,
  workspaceId: number,
  failed: {
    readonly caseId: string | null;
    readonly key: string;
    readonly address: Address | undefined;
    readonly gaveUp: boolean;
  },
): Promise<void> {
  const [, , ref = ""] = failed.key.split(":");
  const c =
    failed.caseId === null
      ? undefined
      : await lockCase(work.transaction, workspaceId, failed.caseId);
  if (c === undefined || c.humanId === null) return;
  const reply = await findReply(work.transaction, workspaceId, c.id, ref);
  if (reply === undefined) return;
  const whereabouts = await whereaboutsOf(work, workspaceId, c);
  const next =
    failed.gaveUp || whereabouts === undefined || failed.address === undefined
      ? undefined
      : placeAfter(whereabouts, failed.address);
  if (next !== undefined) return sendTo(engine, work, workspaceId, c, reply, next);
  await awaitContact(engine, work, workspaceId, c, reply, failed.gaveUp);
}

/** Somebody was heard of on a connection: what waited to be said to them is said there. */
export async function handReplies(
  engine: Engine,
  work: Work,
  connection: Connection,
  person: Person,
  place: Address,
): Promise<void> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  for (const reply of await lockWaitingReplies(transaction, workspaceId, person.id)) {
    await markReply(transaction, workspaceId, reply.id, { waits: false });
    await replyAt(engine, work, connection, { customer: person, reply, place });
  }
}

async function whereaboutsOf(
  { transaction }: Work,
  workspaceId: number,
  { connectionId, personId, chatId }: Case,
): Promise<Whereabouts | undefined> {
  if (connectionId === null || personId === null) return undefined;
  const userId = await externalIdOf(transaction, workspaceId, connectionId, personId);
  if (userId === undefined) return undefined;
  const chat = chatId === null ? undefined : await readChat(transaction, workspaceId, chatId);
  const here = chat?.connection_id === connectionId ? chat.external_id : undefined;
  // Wherever questions are asked: this is between two people.
  return { askIn: "direct", userId, chatId: here };
}

async function sendTo(
  engine: Engine,
  work: Work,
  workspaceId: number,
  { connectionId, personId }: Case,
  reply: KeptReply,
  place: Address,
): Promise<void> {
  if (connectionId === null || personId === null) return;
  const connection = await readConnection(work.transaction, workspaceId, connectionId);
  const customer = await readPerson(work.transaction, workspaceId, personId);
  if (customer === undefined) return;
  await replyAt(engine, work, connection, { customer, reply, place });
}

async function replyAt(
  engine: Engine,
  work: Work,
  connection: Connection,
  {
    customer,
    reply,
    place,
  }: { readonly customer: Person; readonly reply: KeptReply; readonly place: Address },
): Promise<void> {
  // Its time was over before they were back.
  if (reply.text === null) return;
  const { caseId, ref } = reply;
  const direct = place.kind === "direct";
  const message = await replyMessage(engine, work, connection, { customer, reply, direct });
  const whispered = place.kind === "whisper";
  await post(engine, work, {
    workspaceId: connection.workspace.id,
    connectionId: connection.id,
    key: `case-reply:${caseId}:${ref}:${newId()}`,
    purpose: "reply",
    invitationId: null,
    personId: customer.id,
    caseId,
    address: place,
    message: whispered
      ? { ...message, opener: openerOf(engine, connection, customer, reply) }
      : message,
  });
}

/** The lead's words, with who says them, and a way to answer; `direct`: what is written there is one. */
export async function replyMessage(
  engine: Engine,
  work: Work,
  connection: Connection,
  {
    customer,
    reply,
    direct,
  }: {
    readonly customer: Person;
    readonly reply: KeptReply;
    readonly direct: boolean;
  },
): Promise<Message> {
  const workspaceId = connection.workspace.id;
  const language = languageOf(connection, customer);
  const texts = textsFor(language);
  const company = connection.workspace.name;
  const author =
    reply.actorId === null
      ? undefined
      : await readPerson(work.transaction, workspaceId, reply.actorId);
  const by =
    author === undefined ? company : texts.text("case.reply.by", { person: author.name, company });
  const intro = texts.text("case.reply.intro");
  const answer = {
    label: texts.text("case.do.answer"),
    token: caseToken(engine.tokens, workspaceId, reply.caseId, "answer"),
    opens: "form",
  } as const;
  return {
    summary: intro,
    parts: [
      { kind: "text", text: intro },
      { kind: "quote", text: reply.text ?? "", by },
      ...(direct ? [{ kind: "note", text: texts.text("case.reply.hint") } as const] : []),
      { kind: "actions", options: [answer] },
    ],
    locale: language,
  };
}

function openerOf(
  engine: Engine,
  connection: Connection,
  customer: Person,
  { caseId, ref }: KeptReply,
): NonNullable<Message["opener"]> {
  const texts = textsFor(languageOf(connection, customer));
  const company = connection.workspace.name;
  return {
    says: texts.text("case.reply.opener", { person: customer.name, company }),
    option: {
      label: texts.text("case.do.show"),
      token: caseToken(engine.tokens, connection.workspace.id, caseId, "show", ref),
    },
  };
}

/** Nobody can be reached now: it waits for a sign of life, and the team learns of it once. */
async function awaitContact(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
  reply: KeptReply,
  gaveUp = false,
): Promise<void> {
  const { transaction, now } = work;
  if (!gaveUp) await markReply(transaction, workspaceId, reply.id, { waits: true });
  if (await wasUndelivered(transaction, workspaceId, c.id, reply.ref)) return;
  const details = { ref: reply.ref };
  await addCaseEvent(transaction, workspaceId, c.id, now, { kind: "undelivered", details });
  const customer =
    c.personId === null ? undefined : await readPerson(transaction, workspaceId, c.personId);
  await tell(engine, work, workspaceId, c, {
    key: gaveUp ? "case.told.unclear" : "case.told.undelivered",
    params: { person: customer?.name ?? "" },
  });
}
