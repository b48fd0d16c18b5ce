/**
 * A small core for tests of adapters: it answers like the real one, keeps everything in memory and
 * decides by the simplest rules. What it was told is in `events`.
 */
import { AppError } from "../../src/errors.ts";
import type {
  ChatPlatform,
  ChatRef,
  ConnectionRef,
  EventOf,
  Inbox,
  Message,
  Part,
  PlatformEvent,
  PlatformUser,
  Reply,
} from "../../src/platform.ts";
import { helpCard, scoreCard } from "./fake-cards.ts";
import { type Words, wordsFor } from "./fake-words.ts";

export interface FakeCore extends Inbox {
  /** Everything that was taken, each once. */
  readonly events: readonly PlatformEvent[];
  /** Where to deliver; set it before the first event. */
  platform: ChatPlatform | undefined;
  /** While true nothing can be taken, as when the database is away. */
  away: boolean;
  /** While set, every answer waits for it, as when there is much to do. */
  hold: Promise<void> | undefined;
}

interface Talk {
  readonly chat: ChatRef;
  customer: PlatformUser | undefined;
  customerMessages: number;
  replied: boolean;
  asked: boolean;
  timer: NodeJS.Timeout | undefined;
}

interface Memory {
  readonly connection: ConnectionRef;
  readonly askAfterMs: number;
  readonly talks: Map<string, Talk>;
  /** Who was asked last about which chat and has not commented yet. */
  readonly open: Map<string, { readonly chat: ChatRef; score: number | undefined }>;
  deliver(to: Parameters<ChatPlatform["send"]>[1], message: Message, key: string): Promise<void>;
}

export function createFakeCore(connection: ConnectionRef, askAfterMs: number): FakeCore {
  const events: PlatformEvent[] = [];
  const memory: Memory = {
    connection,
    askAfterMs,
    talks: new Map(),
    open: new Map(),
    async deliver(to, message, key) {
      await core.platform?.send(connection, to, message, key);
    },
  };
  const core: FakeCore = {
    events,
    platform: undefined,
    away: false,
    hold: undefined,
    async receive(event) {
      await core.hold;
      if (core.away) throw new AppError("database-away", "the database cannot be reached");
      if (events.some(({ id }) => id === event.id)) return { kind: "nothing" };
      events.push(event);
      return answer(event, memory);
    },
  };
  return core;
}

async function answer(event: PlatformEvent, memory: Memory): Promise<Reply> {
  switch (event.kind) {
    case "chat-message":
      return noteMessage(event, memory);
    case "chat-closed":
      return close(event, memory);
    case "chat-reopened":
      clearTimeout(talkOf(event.chat, memory).timer);
      return { kind: "nothing" };
    case "direct-message":
      return understand(event, memory);
    case "action":
      return press(event, memory);
    case "command":
      return command(event);
    case "chat-command":
    case "place-opened":
    case "connection-opened":
      return { kind: "nothing" };
  }
}

function talkOf(chat: ChatRef, memory: Memory): Talk {
  const known = memory.talks.get(chat.externalId);
  const talk: Talk = known ?? {
    chat,
    customer: undefined,
    customerMessages: 0,
    replied: false,
    asked: false,
    timer: undefined,
  };
  memory.talks.set(chat.externalId, talk);
  return talk;
}

function noteMessage(event: EventOf<"chat-message">, memory: Memory): Reply {
  const talk = talkOf(event.chat, memory);
  if (event.from.role === "customer") {
    talk.customer = event.from;
    talk.customerMessages += 1;
  } else if (event.public) talk.replied = true;
  return { kind: "nothing" };
}

function close(event: EventOf<"chat-closed">, memory: Memory): Reply {
  const words = wordsFor(event.by?.locale);
  const talk = talkOf(event.chat, memory);
  const asks = event.reason === "solved" || event.reason === "manual";
  if (!asks || talk.asked || !talk.replied || talk.customerMessages < 2 || !talk.customer) {
    return only(words, [{ kind: "text", text: words.willNotAsk }]);
  }
  const seconds = Math.round(memory.askAfterMs / 1000);
  talk.timer = setTimeout(() => void ask(event.chat, memory), memory.askAfterMs);
  talk.timer.unref();
  const token = `ask:${event.chat.externalId}`;
  return only(words, [
    { kind: "text", text: words.willAsk(nameOf(talk.customer), seconds) },
    { kind: "actions", options: [{ label: words.askNow, token }] },
  ]);
}

const nameOf = ({ name, externalId }: PlatformUser) => name ?? externalId;

async function ask(chat: ChatRef, memory: Memory): Promise<void> {
  const talk = talkOf(chat, memory);
  const { customer } = talk;
  if (!customer || talk.asked) return;
  clearTimeout(talk.timer);
  talk.asked = true;
  memory.open.set(customer.externalId, { chat, score: undefined });
  const message = question(wordsFor(customer.locale), customer);
  await memory.deliver(
    { kind: "direct", userId: customer.externalId },
    message,
    `q${chat.externalId.slice(-24)}`,
  );
}

function question(words: Words, customer: PlatformUser): Message {
  const options = Array.from({ length: 11 }, (_, score) => ({
    label: String(score),
    token: `score:${score}`,
  }));
  const menu = [
    { label: words.later, token: "later" },
    { label: words.pause, token: "pause" },
    { label: words.never, token: "never" },
  ];
  return {
    summary: words.question(nameOf(customer)),
    locale: words.locale,
    parts: [
      { kind: "text", text: words.question(nameOf(customer)) },
      { kind: "scale", options, low: words.low, high: words.high },
      { kind: "menu", label: words.menu, options: menu },
    ],
  };
}

async function press(event: EventOf<"action">, memory: Memory): Promise<Reply> {
  const words = wordsFor(event.from.locale);
  const [name, value = ""] = event.token.split(":");
  switch (name) {
    case "ask": {
      const talk = [...memory.talks.values()].find(({ chat }) => chat.externalId === value);
      if (talk) await ask(talk.chat, memory);
      return changed(words, [{ kind: "note", text: words.asked }]);
    }
    case "score":
      return score(event.from, Number(value), memory);
    case "change":
      return { kind: "update", message: question(words, event.from) };
    case "comment":
      if (event.values) return comment(event.from, event.values.comment ?? "", memory);
      return { kind: "form", form: commentForm(words) };
    default:
      return changed(words, [{ kind: "text", text: words.fine }]);
  }
}

function commentForm(words: Words): Extract<Reply, { kind: "form" }>["form"] {
  const field = { name: "comment", label: words.why, multiline: true, required: true };
  return {
    title: words.tellMore,
    submit: { label: words.sendComment, token: "comment:form" },
    fields: [{ ...field, maxLength: 1000 }],
  };
}

async function score(from: PlatformUser, value: number, memory: Memory): Promise<Reply> {
  const words = wordsFor(from.locale);
  const open = memory.open.get(from.externalId);
  if (open) open.score = value;
  if (value <= 6 && open) await alert(from, open.chat, value, memory);
  return changed(words, [
    { kind: "text", text: words.answered(value) },
    {
      kind: "actions",
      options: [
        { label: words.change, token: "change" },
        { label: words.tellMore, token: "comment" },
      ],
    },
    { kind: "text", text: words.why },
  ]);
}

async function alert(from: PlatformUser, chat: ChatRef, value: number, memory: Memory) {
  const words = wordsFor(from.locale);
  const link = chat.url === undefined ? {} : { link: { label: words.openChat, url: chat.url } };
  const heading = words.lowScore(nameOf(from), value);
  const parts: Part[] = [
    { kind: "heading", text: heading },
    { kind: "quote", text: "<b>Slow</b> reply & no answer", by: nameOf(from), ...link },
    {
      kind: "facts",
      rows: [
        ["NPS", String(value)],
        ["Team", chat.team ?? "–"],
      ],
    },
  ];
  const key = `low${chat.externalId.slice(-20)}`;
  await memory.deliver({ kind: "leads" }, { summary: heading, locale: words.locale, parts }, key);
}

function understand(event: EventOf<"direct-message">, memory: Memory): Promise<Reply> | Reply {
  const number = /^\s*(10|\d)(?:\D.*)?$/su.exec(event.text)?.[1];
  if (number !== undefined) return scoreInWords(event.from, Number(number), memory);
  return comment(event.from, event.text, memory);
}

async function scoreInWords(from: PlatformUser, value: number, memory: Memory): Promise<Reply> {
  const reply = await score(from, value, memory);
  return reply.kind === "update" ? { kind: "message", message: reply.message } : reply;
}

function comment(from: PlatformUser, text: string, memory: Memory): Reply {
  const words = wordsFor(from.locale);
  memory.open.delete(from.externalId);
  return only(words, [
    { kind: "text", text: words.thanks },
    { kind: "quote", text },
  ]);
}

function command(event: EventOf<"command">): Reply {
  const words = wordsFor(event.from.locale);
  if (event.name === "nps") return { kind: "message", message: scoreCard(words) };
  if (event.name === "aftertalk" && event.text.startsWith("sample")) {
    const text = event.text === "sample" ? words.filled : words.removed;
    return only(words, [{ kind: "text", text }]);
  }
  return { kind: "message", message: helpCard(words) };
}

function only(words: Words, parts: Part[]): Reply {
  return { kind: "message", message: toMessage(words, parts) };
}

function changed(words: Words, parts: Part[]): Reply {
  return { kind: "update", message: toMessage(words, parts) };
}

function toMessage(words: Words, parts: Part[]): Message {
  const summary = parts.map((part) => ("text" in part ? part.text : "")).join(" ");
  return { summary: summary.trim(), locale: words.locale, parts };
}
