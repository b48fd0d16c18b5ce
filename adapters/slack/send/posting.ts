/** One message on the wire. */
import { z } from "zod";
import { AppError } from "../../../src/errors.ts";
import type { Address, Receipt } from "../../../src/platform.ts";
import { messageId, readChatId, readMessageId } from "../ids.ts";
import type { Rendered } from "../render.ts";
import type { SlackWorkspace } from "../workspace.ts";
import { markOf } from "./find.ts";
import type { Target } from "./places.ts";

const posted = z.object({ channel: z.string(), ts: z.string() });
const whisperedAnswer = z.object({ message_ts: z.string() });

/** Posts, with the mark of its delivery. */
export async function post(
  workspace: SlackWorkspace,
  target: Target,
  { text, blocks }: Rendered,
  key: string,
): Promise<Receipt> {
  if (target.only !== undefined) return whisper(workspace, target, { text, blocks });
  const { channel, thread } = target;
  const answer = await workspace.client.chat.postMessage({
    channel,
    text,
    blocks,
    ...markOf(key),
    unfurl_links: false,
    unfurl_media: false,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  const receipt = posted.parse(answer);
  return { messageId: messageId(receipt.channel, receipt.ts), reached: true };
}

/** Seen by one person while they look; Slack keeps no such message and knows no key of it. */
async function whisper(
  { client }: SlackWorkspace,
  { channel, thread, only = "" }: Target,
  { text, blocks }: Rendered,
): Promise<Receipt> {
  const answer = await client.chat.postEphemeral({
    channel,
    user: only,
    text,
    blocks,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  const { message_ts } = whisperedAnswer.parse(answer);
  return { messageId: messageId(channel, message_ts, true), reached: false };
}

/** Puts new content in place of a message. */
export async function edit(
  workspace: SlackWorkspace,
  to: Address,
  id: string,
  { text, blocks }: Rendered,
): Promise<void> {
  const { channel, ts, whispered } = readMessageId(id);
  if (!whispered) {
    await workspace.client.chat.update({ channel, ts, text, blocks });
    return;
  }
  // Slack edits no ephemeral message from outside: its reader gets a new one.
  if (to.kind !== "whisper") throw new AppError("not-found", "ephemeral messages cannot be edited");
  const target = { ...readChatId(to.chatId), channel, only: to.userId };
  await whisper(workspace, target, { text, blocks });
}
