/** Our ids of Slack's chats and messages. They are kept, so their shape is never changed. */

/** A chat is a thread: its channel and its first message. */
export interface Thread {
  readonly channel: string;
  /** `ts` of the first message. */
  readonly thread: string;
}

/** `externalId` of a chat. */
export function chatId({ channel, thread }: Thread): string {
  return `${channel}:${thread}`;
}

/** Undefined for what is no id of a chat. */
export function readChatId(id: string): Thread | undefined {
  const [channel = "", thread = ""] = id.split(":");
  return channel === "" || thread === "" ? undefined : { channel, thread };
}

/** `messageId` of a receipt. `whispered`: only one person saw it, and Slack has not kept it. */
export function messageId(channel: string, ts: string, whispered = false): string {
  return whispered ? `${channel}:${ts}:e` : `${channel}:${ts}`;
}

export function readMessageId(id: string): {
  readonly channel: string;
  readonly ts: string;
  readonly whispered: boolean;
} {
  const [channel = "", ts = "", mark] = id.split(":");
  return { channel, ts, whispered: mark !== undefined };
}
