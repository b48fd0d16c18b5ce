/**
 * What stands on the page, computed from the transcript. The server keeps one for pages that come
 * new, each page keeps its own and follows the entries: so all agree.
 */
import type { Chat, Entry, Shown, Snapshot } from "../entries.ts";

/** Changed in place by {@link apply}; it has one owner. */
export interface Model {
  readonly transcript: string;
  /** The last entry that is in it. */
  seq: number;
  readonly chats: Map<string, Chat>;
  /** By message id, oldest first. */
  readonly messages: Map<string, Shown>;
}

/** A page that comes new gets so many messages of each place: more than anybody scrolls back. */
const SNAPSHOT_MESSAGES_PER_PLACE = 200;

/** A transcript in which nothing happened yet. */
export function emptyModel(transcript: string): Model {
  return { transcript, seq: 0, chats: new Map(), messages: new Map() };
}

export function fromSnapshot(snapshot: Snapshot): Model {
  return {
    transcript: snapshot.transcript,
    seq: snapshot.seq,
    chats: new Map(snapshot.chats.map((chat) => [chat.id, chat])),
    messages: new Map(snapshot.messages.map((message) => [message.id, message])),
  };
}

export function toSnapshot(model: Model): Snapshot {
  const perPlace = Map.groupBy(model.messages.values(), (message) => message.place);
  const latest = [...perPlace.values()].flatMap((all) => all.slice(-SNAPSHOT_MESSAGES_PER_PLACE));
  return {
    transcript: model.transcript,
    seq: model.seq,
    chats: [...model.chats.values()],
    messages: latest.sort((a, b) => a.seq - b.seq),
  };
}

/** Takes one more entry in. One that is known already, or about something unknown, changes nothing. */
export function apply(model: Model, entry: Entry): void {
  if (entry.seq <= model.seq) return;
  model.seq = entry.seq;
  if (entry.kind === "chat") {
    const { id, customer, at } = entry;
    model.chats.set(id, { id, customer, state: "open", openedAt: at });
  } else if (entry.kind === "chat-state") {
    const chat = model.chats.get(entry.chat);
    if (chat) model.chats.set(chat.id, { ...chat, state: entry.state, by: entry.by });
  } else if (entry.kind === "message") {
    const { message, at, seq } = entry;
    model.messages.set(message.id, { ...message, at, seq });
  } else if (entry.kind === "removed") {
    model.messages.delete(entry.id);
  } else {
    const message = model.messages.get(entry.id);
    if (!message) return;
    const next = entry.kind === "status" ? { status: entry.status } : { content: entry.content };
    model.messages.set(message.id, { ...message, ...next });
  }
}

/** The messages of one place, oldest first. */
export function messagesOf(model: Model, place: string): Shown[] {
  return [...model.messages.values()].filter((message) => message.place === place);
}
