/** Addresses of the port as places of Slack's. */
import { z } from "zod";
import { AppError } from "../../../src/errors.ts";
import type { Address } from "../../../src/platform.ts";
import type { Memo } from "../../common/memo.ts";
import type { Channels } from "../directory/channels.ts";
import { noLeadsChannel } from "../errors.ts";
import { readChatId, readMessageId, type Thread } from "../ids.ts";
import { createSlackMemo } from "../memo.ts";
import type { SlackWorkspace } from "../workspace.ts";

/** A channel, perhaps a thread in it, perhaps for one pair of eyes only. */
export interface Target {
  readonly channel: string;
  readonly thread?: string;
  readonly only?: string;
}

export interface Places {
  /** What limits are counted by: a channel, or a person. */
  keyOf(workspace: SlackWorkspace, to: Address): string;
  /** @throws what the client throws when somebody cannot be written to. */
  targetOf(workspace: SlackWorkspace, to: Address): Promise<Target>;
  /** The conversation with this person, if it was opened before. */
  directOf(workspace: SlackWorkspace, userId: string): string | undefined;
  /** The conversation with this person is to be opened anew. */
  forget(workspace: SlackWorkspace, to: Address): void;
}

const MAX_CONVERSATIONS = 10_000;

/** Opened conversations with people are remembered: opening one again gives the same. */
export function createPlaces(channels: Channels, now: () => number): Places {
  const memos = new Map<string, Memo<string>>();
  const conversations = (workspace: SlackWorkspace): Memo<string> => {
    const known =
      memos.get(workspace.ref.externalId) ??
      createSlackMemo({
        load: (userId) => open(workspace, userId),
        ttl: () => Number.POSITIVE_INFINITY,
        max: MAX_CONVERSATIONS,
        now,
      });
    memos.set(workspace.ref.externalId, known);
    return known;
  };
  return {
    keyOf(workspace, to) {
      switch (to.kind) {
        case "direct":
          return to.userId;
        case "chat":
        case "whisper":
          return threadOf(to.chatId).channel;
        case "channel":
          return to.channelId;
        case "leads":
          return channels.leads(workspace) ?? "leads";
        case "thread":
          return beneath(to.messageId).channel;
      }
    },
    async targetOf(workspace, to) {
      switch (to.kind) {
        case "direct":
          return { channel: await conversations(workspace).read(to.userId) };
        case "chat":
          return threadOf(to.chatId);
        case "whisper":
          return { ...threadOf(to.chatId), only: to.userId };
        case "channel":
          return { channel: to.channelId };
        case "leads": {
          const channel = channels.leads(workspace);
          if (channel === undefined) throw noLeadsChannel();
          return { channel };
        }
        case "thread":
          return beneath(to.messageId);
      }
    },
    directOf: (workspace, userId) => conversations(workspace).last(userId),
    forget(workspace, to) {
      if (to.kind === "direct") conversations(workspace).forget(to.userId);
    },
  };
}

const opened = z.object({ channel: z.object({ id: z.string() }) });

async function open({ client }: SlackWorkspace, userId: string): Promise<string> {
  return opened.parse(await client.conversations.open({ users: userId })).channel.id;
}

function threadOf(chatId: string): Thread {
  const thread = readChatId(chatId);
  if (thread !== undefined) return thread;
  throw new AppError("unreachable", "this is not the id of a Slack chat");
}

/** The thread of a message of ours; what only one person saw has none. */
function beneath(id: string): Thread {
  const { channel, ts, whispered } = readMessageId(id);
  if (channel !== "" && ts !== "" && !whispered) return { channel, thread: ts };
  throw new AppError("unreachable", "this is not a message that Slack has threads for");
}
