/** What the page sends → an event of the port. Pure; everything is checked. */
import type {
  Address,
  ChatRef,
  ConnectionRef,
  PlatformEvent,
  PlatformUser,
} from "../../src/platform.ts";
import type { Chat, Shown } from "./entries.ts";
import { badRequest } from "./errors.ts";
import { isInSupport, personById } from "./people.ts";
import { type PageEvent, type Person, pageEvent } from "./wire.ts";

/** What the adapter knows when a request comes in. */
export interface Scene {
  readonly connection: ConnectionRef;
  readonly now: Date;
  /** Scheme, host and port under which the page was opened. */
  readonly origin: string;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly messages: ReadonlyMap<string, Shown>;
}

/** An event, where it happened, and the person's own words, which the platform keeps. */
export interface Received {
  readonly event: PlatformEvent;
  readonly place: string;
  readonly words?: string;
  /** The message whose button was pressed. */
  readonly pressed?: Shown;
}

/** All support chats are in this one channel. */
const CHANNEL = "help";

/** @throws AppError `bad-input` with what is wrong. */
export function receive(body: unknown, scene: Scene): Received {
  const parsed = pageEvent.safeParse(body);
  if (!parsed.success) throw badRequest(parsed.error);
  const input = parsed.data;
  const person = personById(input.as);
  if (!person) throw badRequest("as: nobody of this name lives here.");
  const base = { id: input.id, connection: scene.connection, at: scene.now };
  const from = userFor(person, input);
  switch (input.kind) {
    case "chat-message":
    case "chat-closed":
    case "chat-reopened":
      return inChat(input, person, { base, from }, scene);
    case "direct-message": {
      const event = { ...base, kind: input.kind, from, text: input.text };
      return { event, place: `direct:${person.id}`, words: input.text };
    }
    case "action":
      return action(input, person, { base, from }, scene);
    case "command":
      return { event: command(input.text, { base, from }), place: "leads", words: input.text };
  }
}

interface Actor {
  readonly base: Pick<PlatformEvent, "id" | "connection" | "at">;
  readonly from: PlatformUser;
}

type ChatInput = Extract<PageEvent, { chat: string }>;

function inChat(input: ChatInput, person: Person, actor: Actor, scene: Scene): Received {
  const { base, from } = actor;
  const known = scene.chats.get(input.chat);
  if (!known) throw badRequest("chat: there is no such chat.");
  if (person.role === "customer" && person.id !== known.customer) {
    throw badRequest("as: this is another customer's chat.");
  }
  const place = `chat:${known.id}`;
  const chat = chatRef(known, person, scene);
  if (input.kind === "chat-message") {
    const event = { ...base, kind: input.kind, chat, from, text: input.text, public: true };
    return { event, place, words: input.text };
  }
  if (input.kind === "chat-reopened") {
    return { event: { ...base, kind: input.kind, chat, by: from }, place };
  }
  return { event: { ...base, kind: input.kind, chat, by: from, reason: input.reason }, place };
}

/** The chat's team is that of the agent who acts, else of the one who wrote last. */
function chatRef(chat: Chat, person: Person, scene: Scene): ChatRef {
  const place = `chat:${chat.id}`;
  const writers = [...scene.messages.values()]
    .filter((message) => message.place === place)
    .map((message) => personById(message.from)?.team);
  const team = person.team ?? writers.findLast((known) => known !== undefined);
  const url = `${scene.origin}/#chat=${chat.id}`;
  return { externalId: chat.id, channel: CHANNEL, url, ...(team !== undefined && { team }) };
}

function action(
  input: Extract<PageEvent, { kind: "action" }>,
  person: Person,
  { base, from }: Actor,
  scene: Scene,
): Received {
  const pressed = input.message === undefined ? undefined : scene.messages.get(input.message);
  if (input.message !== undefined && !pressed) {
    throw badRequest("message: there is no such message.");
  }
  if (pressed && !maySee(person, pressed, scene)) {
    throw badRequest("as: this person cannot see it.");
  }
  const own = isInSupport(person) ? "leads" : `direct:${person.id}`;
  const place = pressed?.place ?? own;
  const values = input.values === undefined ? {} : { values: input.values };
  const where = { place: addressOf(place) };
  const event = { ...base, kind: input.kind, from, token: input.token, ...values, ...where };
  return { event, place, ...(pressed && { pressed }) };
}

/** A place of the transcript as the port names it. */
function addressOf(place: string): Address {
  const [kind, id = ""] = place.split(":");
  if (kind === "chat") return { kind, chatId: id };
  return kind === "direct" ? { kind, userId: id } : { kind: "leads" };
}

/** `/nps last week` → name `nps`, text `last week`. Commands are typed in #support only. */
function command(line: string, { base, from }: Actor): PlatformEvent {
  const match = /^\s*\/([a-z][a-z0-9-]{0,31})(?:\s+(.*))?$/isu.exec(line);
  const name = match?.[1]?.toLowerCase();
  if (name === undefined) throw badRequest("text: a command starts with a slash, like /nps week.");
  const text = named(match?.[2]?.trim() ?? "", base.connection);
  return { ...base, kind: "command", from, name, text, place: addressOf("leads") };
}

/** Whoever lives here and is mentioned is named by id: `@Dana` → `playground:dana`. */
function named(text: string, { platform }: ConnectionRef): string {
  return text.replace(/(?<!\S)@(\S+)/gu, (whole, name: string) => {
    const person = personById(name.toLowerCase());
    return person === undefined ? whole : `${platform}:${person.id}`;
  });
}

function maySee(person: Person, message: Shown, scene: Scene): boolean {
  if (message.only !== undefined) return message.only === person.id;
  const [kind, id] = message.place.split(":");
  if (kind === "direct") return id === person.id;
  if (kind === "leads") return isInSupport(person);
  return person.role !== "customer" || scene.chats.get(id ?? "")?.customer === person.id;
}

function userFor(person: Person, input: PageEvent): PlatformUser {
  const { id, name, role } = person;
  const locale = canonicalLocale(input.language);
  return {
    externalId: id,
    name,
    role,
    ...(locale !== undefined && { locale }),
    ...(isTimeZone(input.timeZone) && { timeZone: input.timeZone }),
  };
}

/** Undefined for what is no BCP 47 tag: the core then chooses. */
function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false; // RangeError: no such zone
  }
}
