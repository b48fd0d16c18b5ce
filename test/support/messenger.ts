/**
 * A small strict chat platform for tests of the core: keeps what was sent, de-duplicates by key as a
 * platform with an enforced nonce does, refuses what a real one refuses, and fails on demand.
 */
import { AppError } from "../../src/errors.ts";
import {
  type Address,
  type Bookmark,
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
  /** Where `send` was called to, retries and refusals included, oldest first. */
  readonly attempts: Address[];
  /** How many of them. */
  readonly calls: () => number;
  /** How often a delivery was looked up by its key; never on a platform that cannot. */
  readonly lookUps: () => number;
  /** From now on `send` fails like this wherever an error is given; nothing: it works again. */
  refuse(how?: (to: Address) => AppError | undefined): void;
  /** The next calls of `send` fail like this, one each; `after`: the message was accepted first. */
  failNext(...failures: readonly { readonly error: Error; readonly after?: boolean }[]): void;
  /** The next look-ups fail like this, one each. */
  failFind(...errors: readonly Error[]): void;
  /** Messages that were removed, and accounts that were forgotten, oldest first. */
  readonly removed: string[];
  /** The next removals (and forgettings) fail like this, one each; `after`: it was done first. */
  failRemove(...failures: readonly { readonly error: Error; readonly after?: boolean }[]): void;
  /** What receipts say about reading on, when set. */
  marks: ((to: Address) => Bookmark | undefined) | undefined;
  /** Messages to a person, oldest first. */
  to(userId: string): SentMessage[];
  /** What only this person sees in a chat. */
  whispersTo(userId: string): SentMessage[];
  inChat(chatId: string): SentMessage[];
  leads(): SentMessage[];
  /** What stands beneath a message of ours. */
  beneath(messageId: string): SentMessage[];
}

/**
 * `finds`: instead of de-duplicating by key it can be asked for a delivery, as Slack can. `forgets`:
 * false for a platform that can only remove message by message. `threads`: false for one without.
 */
export function createMessenger(
  options: {
    name?: string;
    closedTo?: readonly string[];
    finds?: boolean;
    forgets?: boolean;
    threads?: false;
  } = {},
): Messenger {
  const { finds = false, forgets = true } = options;
  const removed: string[] = [];
  const removeFailures: { error: Error; after?: boolean }[] = [];
  const take = (gone: (each: SentMessage) => boolean): number => {
    const failure = removeFailures.shift();
    if (failure && !failure.after) throw failure.error;
    const found = sent.filter(gone);
    for (const each of found) {
      sent.splice(sent.indexOf(each), 1);
      removed.push(each.id);
    }
    if (failure) throw failure.error;
    return found.length;
  };
  const sent: SentMessage[] = [];
  const attempts: Address[] = [];
  const failures: { error: Error; after?: boolean }[] = [];
  const findFailures: Error[] = [];
  let lookUps = 0;
  let ids = 0;
  let refuse: (to: Address) => AppError | undefined = (to) =>
    to.kind === "direct" && options.closedTo?.includes(to.userId)
      ? new AppError("unreachable", "direct messages are closed")
      : undefined;
  return {
    name: options.name ?? "messenger",
    marks: undefined,
    sent,
    attempts,
    calls: () => attempts.length,
    lookUps: () => lookUps,
    failNext: (...next) => failures.push(...next),
    failFind: (...next) => findFailures.push(...next),
    removed,
    failRemove: (...next) => removeFailures.push(...next),
    refuse(how = () => undefined) {
      refuse = how;
    },
    whispersTo: (userId) => sent.filter(({ to }) => to.kind === "whisper" && to.userId === userId),
    inChat: (chatId) => sent.filter(({ to }) => to.kind === "chat" && to.chatId === chatId),
    to: (userId) => sent.filter(({ to }) => to.kind === "direct" && to.userId === userId),
    leads: () => sent.filter(({ to }) => to.kind === "leads"),
    beneath: (messageId) =>
      sent.filter(({ to }) => to.kind === "thread" && to.messageId === messageId),
    ...(options.threads === false ? {} : { threads: true }),
    async start() {},
    async stop() {},
    async send(_connection, to, message, key) {
      attempts.push(to);
      const failure = failures.shift();
      if (failure && !failure.after) throw failure.error;
      const refusal = refuse(to);
      if (refusal) throw refusal;
      check(message, key);
      if (to.kind === "thread" && !sent.some((each) => isCard(each, to.messageId))) {
        throw new AppError("unreachable", "there is no such message");
      }
      if (to.kind === "whisper" && message.opener === undefined) {
        throw new Error("a whisper needs an opener where it cannot be shown to one person only");
      }
      let found = finds ? undefined : sent.find((each) => each.key === key);
      if (found === undefined) {
        ids += 1;
        found = { id: `m${ids}`, key, to, message };
        sent.push(found);
      }
      if (failure) throw failure.error;
      const bookmark = this.marks?.(to);
      const reached = to.kind !== "whisper";
      return { messageId: found.id, reached, ...(bookmark && { bookmark }) };
    },
    ...(finds && {
      async find(_connection, _to, key) {
        lookUps += 1;
        const failure = findFailures.shift();
        if (failure) throw failure;
        const found = sent.find((each) => each.key === key);
        return found && { messageId: found.id, reached: true };
      },
    }),
    async remove(_connection, to, messageId) {
      if (to.kind === "whisper") throw new AppError("unreachable", "only one person sees it");
      take(({ id }) => id === messageId);
    },
    ...(forgets && {
      async forget(_connection, userId) {
        const count = take(({ to }) => to.kind === "direct" && to.userId === userId);
        return { removed: count, remaining: {}, places: [`direct:${userId}`] };
      },
    }),
    async update(_connection, _to, messageId, message) {
      const found = sent.find((each) => each.id === messageId);
      // What only one person sees is gone from the platform's memory once it is shown.
      if (found === undefined || found.to.kind === "whisper") {
        throw new AppError("not-found", "there is no such message");
      }
      check(message, "");
      found.message = message;
    },
  };
}

/** Threads are begun beneath messages in the leads' channel only. */
function isCard({ id, to }: SentMessage, messageId: string): boolean {
  return id === messageId && to.kind === "leads";
}

function check(message: Message, key: string): void {
  if (key.length > 25) throw new Error("a key is longer than a nonce may be");
  if (message.summary.trim() === "") throw new Error("a message needs a summary");
  const { opener, parts } = message;
  for (const option of [...parts.flatMap(optionsOf), ...(opener ? [opener.option] : [])]) {
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
