/**
 * The way out: one call is one POST, failures are AppErrors, and a message carries its delivery's
 * key as metadata, because Slack itself cannot tell a repeated message from a new one (D5, D6).
 */
import { z } from "zod";
import { AppError, hasCode } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import type { Address, ChatPlatform, ConnectionRef, Message, Receipt } from "../../src/platform.ts";
import { createPacing } from "../common/pacing.ts";
import type { Channels } from "./directory/channels.ts";
import { isRefusal, slackError, stopped, unknownWorkspace } from "./errors.ts";
import { messageId, readChatId, readMessageId } from "./ids.ts";
import { renderMessage } from "./render.ts";
import { createFinder, markOf } from "./send/find.ts";
import type { Limits } from "./send/limits.ts";
import { createPictures } from "./send/pictures.ts";
import { createPlaces, type Target } from "./send/places.ts";
import type { SlackWorkspace } from "./workspace.ts";
import type { Workspaces } from "./workspaces.ts";

export interface SenderOptions {
  readonly workspaces: Workspaces;
  readonly channels: Channels;
  readonly limits: Limits;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Pauses before each look whether a picture can be shown. */
  readonly picturePauses?: readonly number[];
}

export type Sender = Required<Pick<ChatPlatform, "send" | "update" | "find">> & { stop(): void };

/**
 * Short bursts are tolerated beyond a message a second and channel:
 * https://docs.slack.dev/apis/web-api/rate-limits#rate-limits__posting-messages
 */
const BURST = 2;

export function createSender(options: SenderOptions): Sender {
  const { workspaces, limits, log, now } = options;
  const pacing = createPacing(BURST, now);
  const places = createPlaces(options.channels, now);
  const pictures = createPictures(log, options.picturePauses);
  const finder = createFinder({ places, log, now });
  let running = true;

  const enter = (connection: ConnectionRef, to: Address) => {
    if (!running) throw stopped();
    const workspace = workspaces.byRef(connection);
    if (workspace === undefined) throw unknownWorkspace();
    const place = places.keyOf(workspace, to);
    limits.check(workspace.ref.externalId, place);
    return { workspace, place };
  };
  const failed = (workspace: SlackWorkspace, to: Address, error: AppError): AppError => {
    if (hasCode(error, "unreachable")) places.forget(workspace, to);
    return limits.note(workspace.ref.externalId, places.keyOf(workspace, to), error);
  };
  const content = async (workspace: SlackWorkspace, message: Message) => {
    const pictureFile = await pictures.fileFor(workspace, message);
    return renderMessage(message, pictureFile === undefined ? {} : { pictureFile });
  };
  /** A picture that Slack would not show is left out at the next try: this one is over. */
  const wholly = async <T>(workspace: SlackWorkspace, message: Message, post: () => Promise<T>) => {
    try {
      return await post();
    } catch (error) {
      if (isRefusal(error, "invalid_blocks", "slack_file_not_found")) {
        pictures.spoil(workspace, message);
      }
      throw error;
    }
  };

  return {
    async send(connection, to, message, key) {
      const { workspace, place } = enter(connection, to);
      pacing.take(`${workspace.ref.externalId} ${place}`, key);
      try {
        const target = await places.targetOf(workspace, to);
        const rendered = await content(workspace, message);
        return await wholly(workspace, message, () => post(workspace, target, rendered, key));
      } catch (error) {
        throw failed(workspace, to, slackError(error, "send"));
      }
    },
    async update(connection, to, messageId, message) {
      const { workspace } = enter(connection, to);
      try {
        const rendered = await content(workspace, message);
        await wholly(workspace, message, () => edit(workspace, to, messageId, rendered));
      } catch (error) {
        throw failed(workspace, to, slackError(error, "update"));
      }
    },
    async find(connection, to, key) {
      const { workspace } = enter(connection, to);
      return finder(workspace, to, key);
    },
    stop() {
      running = false;
      pictures.stop();
    },
  };
}

type Rendered = ReturnType<typeof renderMessage>;

const posted = z.object({ channel: z.string(), ts: z.string() });
const whisperedAnswer = z.object({ message_ts: z.string() });

async function post(
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

async function edit(
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
