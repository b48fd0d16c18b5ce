/**
 * The playground: a small chat platform of its own in a browser page, connected to the core through
 * the same port as any other. Also the adapter to read first before writing one.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../src/log.ts";
import type {
  Address,
  ChatPlatform,
  ConnectionRef,
  Inbox,
  Message,
  Receipt,
} from "../../src/platform.ts";
import type { Content, Shown } from "./entries.ts";
import { stopped, unknownMessage, unknownPlace } from "./errors.ts";
import { createFiles } from "./files.ts";
import { outlineMessage } from "./outline.ts";
import { personById } from "./people.ts";
import { renderMessage } from "./render.ts";
import { createRoutes } from "./routes.ts";
import { openTranscript, type Transcript } from "./transcript.ts";

export interface PlaygroundOptions {
  readonly connection: ConnectionRef;
  /** Where the playground keeps its own messages and pictures. */
  readonly folder: string;
  /** When given, every request needs it (HTTP Basic, any user name). */
  readonly password?: string;
  /** Host names under which the page may be opened, with or without a port. */
  readonly allowedHosts: readonly string[];
  /** BCP 47 tags of the languages that the page offers. */
  readonly languages: readonly string[];
  /** The page's texts in one of them: those whose key begins with `playground.`. */
  readonly texts: (language: string) => Readonly<Record<string, string>>;
  readonly log: Log;
  /** Epoch milliseconds; the machine's clock when it is not given. */
  readonly now?: () => number;
}

/** Opens the playground's folder; the page is served from `web` once it is started. */
export function createPlayground(options: PlaygroundOptions): ChatPlatform {
  const transcript = openTranscript(options.folder, options.log, options.now);
  const pictures = join(options.folder, "pictures");
  mkdirSync(pictures, { recursive: true, mode: 0o700 });
  const files = createFiles(options.now);
  let inbox: Inbox | undefined;

  const keep = (message: Message): Content => {
    if (transcript.closed) throw stopped();
    const { content, pictures: drawn } = renderMessage(message, files.hold);
    for (const [file, png] of drawn) writeFileSync(join(pictures, file), png, { mode: 0o600 });
    return content;
  };
  const placeFor = (connection: ConnectionRef, to: Address): string => {
    const { platform, externalId } = options.connection;
    const ours = connection.platform === platform && connection.externalId === externalId;
    const place = placeOf(to, transcript);
    if (!ours || place === undefined) throw unknownPlace(to);
    return place;
  };
  const routes = createRoutes({
    ...options,
    transcript,
    pictures,
    files,
    keep,
    inbox: () => inbox,
  });

  return {
    name: "playground",
    async start(coreInbox) {
      inbox = coreInbox;
      beginAnew(transcript);
    },
    async send(connection, to, message, key) {
      const place = placeFor(connection, to);
      const content = keep(message);
      const id = `bot:${randomUUID()}`;
      const only = to.kind === "whisper" ? { only: to.userId } : {};
      const beneath = to.kind === "thread" ? { beneath: to.messageId } : {};
      const how = { ...only, ...beneath, key, status: "saved" } as const;
      const said = { id, place, from: "bot", content, ...how };
      return receiptOf(transcript.post(said).id, to);
    },
    async update(connection, to, messageId, message) {
      const place = placeFor(connection, to);
      if (transcript.model.messages.get(messageId)?.place !== place) throw unknownMessage();
      transcript.update(messageId, keep(message));
    },
    threads: true,
    outline: outlineMessage,
    async person(connection, userId) {
      const person = personById(userId.toLowerCase());
      const here = connection.externalId === options.connection.externalId;
      return here && person
        ? { externalId: person.id, name: person.name, role: person.role }
        : undefined;
    },
    async remove(connection, to, messageId) {
      // A thread outlives the message that it is beneath.
      const place = to.kind === "thread" ? "leads" : placeFor(connection, to);
      transcript.forget((message) => message.id === messageId && message.place === place);
    },
    async forget(_connection, userId, until) {
      const direct = `direct:${userId}`;
      const isDue = ({ at }: Shown) => new Date(at) < until;
      const ours = [...transcript.model.messages.values()].filter(
        (message) => message.place === direct && message.from === "bot" && isDue(message),
      );
      transcript.forget((message) => {
        const { place, from, only } = message;
        return isDue(message) && (place === direct || from === userId || only === userId);
      });
      return { removed: ours.length, remaining: {}, places: [] };
    },
    async find(connection, to, key): Promise<Receipt | undefined> {
      const found = transcript.find(placeFor(connection, to), key);
      return found && receiptOf(found.id, to);
    },
    web: { path: "/", fetch: async (request) => routes.fetch(request) },
    async stop() {
      inbox = undefined;
      transcript.close();
    },
  };
}

/** The transcript's name of an address, if there is such a place. Channels it has none by name. */
function placeOf(to: Address, transcript: Transcript): string | undefined {
  const chat = (id: string) => (transcript.model.chats.has(id) ? `chat:${id}` : undefined);
  switch (to.kind) {
    case "leads":
      return "leads";
    case "thread":
      return transcript.model.messages.get(to.messageId)?.place === "leads" ? "leads" : undefined;
    case "direct":
      return personById(to.userId) ? `direct:${to.userId}` : undefined;
    case "chat":
      return chat(to.chatId);
    case "whisper":
      return personById(to.userId) ? chat(to.chatId) : undefined;
    case "channel":
      return undefined;
  }
}

/** A whisper may be overlooked, so it was not certainly seen. */
function receiptOf(messageId: string, to: Address): Receipt {
  return { messageId, reached: to.kind !== "whisper" };
}

/** One chat to begin with; what a kill left half sent can be sent again. */
function beginAnew(transcript: Transcript): void {
  if (transcript.model.chats.size === 0) {
    transcript.append({ kind: "chat", id: `chat-${randomUUID()}`, customer: "dana" });
  }
  for (const { id, status } of transcript.model.messages.values()) {
    if (status === "sending") transcript.append({ kind: "status", id, status: "unsaved" });
  }
}
