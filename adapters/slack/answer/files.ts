/**
 * Files in answers. Slack's blocks hold none, and what only one person sees cannot carry one: a file
 * goes into the direct message with its reader, and the answer says where it is.
 */
import { z } from "zod";
import { AppError, hasCode } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import type { FilePart, Message, Part } from "../../../src/platform.ts";
import { slackError } from "../errors.ts";
import type { SlackOptions } from "../workspace.ts";
import type { Scene } from "./origin.ts";

/**
 * Hands out the files of a message; gives the message with words in their place. Never rejects: of a
 * file that could not be sent the words say what its reader can do. One message is handed out once,
 * in how many places it is shown.
 */
export type HandOut = (scene: Scene, message: Message) => Promise<Message>;

/** True when there is something to hand out: that takes longer than Slack waits for an answer. */
export function hasFile({ parts }: Message): boolean {
  return parts.some(({ kind }) => kind === "file");
}

export function createHandOut({ say, log }: Pick<SlackOptions, "say"> & { log: Log }): HandOut {
  const handOut = async (scene: Scene, file: FilePart): Promise<string> => {
    try {
      await upload(scene, file, await directOf(scene));
      return isDirect(scene) ? "slack.file.here" : "slack.file.direct";
    } catch (error) {
      const known = slackError(error);
      const advice = hasCode(known, "bad-setting") ? { advice: known.advice } : {};
      log.warn({ error: known, ...advice }, "a file could not be sent in Slack");
      return "slack.file.failed";
    }
  };
  const handedOut = new WeakMap<Message, Promise<Message>>();
  const replaced = async (scene: Scene, message: Message): Promise<Message> => {
    const parts: Part[] = [];
    for (const part of message.parts) {
      if (part.kind !== "file") {
        parts.push(part);
        continue;
      }
      const key = await handOut(scene, part.file);
      parts.push({ kind: "text", text: say(message.locale, key, { title: part.file.title }) });
    }
    return { ...message, parts };
  };
  return async (scene, message) => {
    if (!hasFile(message)) return message;
    const said = handedOut.get(message) ?? replaced(scene, message);
    handedOut.set(message, said);
    return said;
  };
}

function isDirect({ channel }: Scene): boolean {
  return channel?.startsWith("D") ?? false;
}

const opened = z.object({ channel: z.object({ id: z.string() }) });

/** @throws what the client throws when they cannot be written to. */
async function directOf({ workspace, userId, channel }: Scene): Promise<string> {
  if (channel?.startsWith("D")) return channel;
  if (userId === "") throw new AppError("unreachable", "it is not known whose file this is");
  return opened.parse(await workspace.client.conversations.open({ users: userId })).channel.id;
}

/** https://docs.slack.dev/messaging/working-with-files: asked for, uploaded, then shared there. */
async function upload({ workspace }: Scene, file: FilePart, channel: string): Promise<void> {
  const { name, title, bytes } = file;
  await workspace.client.filesUploadV2({
    file: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    filename: name,
    title,
    channel_id: channel,
  });
}
