/**
 * A small strict chat platform for tests of the core: keeps what was sent, de-duplicates by key as a
 * platform with an enforced nonce does, refuses what a real one refuses, and fails on demand.
 */
import { AppError } from "../../src/errors.ts";
import {
  type Address,
  type ChatPlatform,
  MAX_TOKEN_LENGTH,
  type Message,
  type Option,
  type Part,
} from "../../src/platform.ts";

export interface SentMessage {
  readonly id: string;
  readonly key: string;
  readonly to: Address;
  message: Message;
}

export interface Messenger extends ChatPlatform {
  readonly sent: SentMessage[];
  /** Calls of `send` that reached the platform, retries included. */
  readonly calls: () => number;
  /** The next calls of `send` fail like this, one each; `after`: the message was accepted first. */
  failNext(...failures: readonly { readonly error: Error; readonly after?: boolean }[]): void;
  /** Messages to a person, oldest first. */
  to(userId: string): SentMessage[];
  leads(): SentMessage[];
}

export function createMessenger(options: { closedTo?: readonly string[] } = {}): Messenger {
  const sent: SentMessage[] = [];
  const failures: { error: Error; after?: boolean }[] = [];
  let calls = 0;
  return {
    name: "messenger",
    sent,
    calls: () => calls,
    failNext: (...next) => failures.push(...next),
    to: (userId) => sent.filter(({ to }) => to.kind === "direct" && to.userId === userId),
    leads: () => sent.filter(({ to }) => to.kind === "leads"),
    async start() {},
    async stop() {},
    async send(_connection, to, message, key) {
      calls += 1;
      const failure = failures.shift();
      if (failure && !failure.after) throw failure.error;
      if (to.kind === "direct" && options.closedTo?.includes(to.userId)) {
        throw new AppError("unreachable", "direct messages are closed");
      }
      check(message, key);
      let found = sent.find((each) => each.key === key);
      if (found === undefined) {
        found = { id: `m${sent.length + 1}`, key, to, message };
        sent.push(found);
      }
      if (failure) throw failure.error;
      return { messageId: found.id, reached: true };
    },
    async update(_connection, _to, messageId, message) {
      const found = sent.find((each) => each.id === messageId);
      if (found === undefined) throw new AppError("unreachable", "there is no such message");
      check(message, "");
      found.message = message;
    },
  };
}

function check(message: Message, key: string): void {
  if (key.length > 25) throw new Error("a key is longer than a nonce may be");
  if (message.summary.trim() === "") throw new Error("a message needs a summary");
  for (const option of message.parts.flatMap(optionsOf)) {
    if (option.token.length > MAX_TOKEN_LENGTH) throw new Error("a token is too long");
    if (option.label.length > 80) throw new Error(`a label is too long: ${option.label}`);
  }
}

function optionsOf(part: Part): readonly Option[] {
  return "options" in part ? part.options : [];
}

/** The token behind a button with this label. Fails when there is none. */
export function tokenOf(message: Message, label: string): string {
  const option = message.parts.flatMap(optionsOf).find((each) => each.label === label);
  if (option === undefined) {
    const labels = message.parts.flatMap(optionsOf).map((each) => each.label);
    throw new Error(`no button "${label}" in: ${labels.join(", ")} of "${message.summary}"`);
  }
  return option.token;
}

/** All words of a message in one string. */
export function wordsOf(message: Message): string {
  return message.parts
    .map((part) => {
      switch (part.kind) {
        case "heading":
        case "text":
        case "note":
        case "quote":
          return part.text;
        case "facts":
          return part.rows.map((row) => row.join(": ")).join("\n");
        default:
          return "";
      }
    })
    .filter((text) => text !== "")
    .join("\n");
}
