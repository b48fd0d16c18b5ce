/**
 * Pictures of messages. A picture is uploaded to nobody in particular, and shown by the message that
 * names its file. Slack needs a moment before it can be shown; a message never waits long for it.
 */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { hasCode } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import type { Message, Picture } from "../../../src/platform.ts";
import { within } from "../../common/patience.ts";
import { slackError } from "../errors.ts";
import type { SlackWorkspace } from "../workspace.ts";

/**
 * Pauses before each look whether the file can be shown, in milliseconds: usually it takes a few
 * seconds (slackapi/java-slack-sdk#1347, #1349).
 */
const PAUSES: readonly number[] = [200, 400, 800, 1600, 3000, 4000];
/** Longer than this no message waits, whatever Slack does. */
const MOST_MS = 15_000;
/** So many uploads are remembered for retries. */
const MAX_KEPT = 200;
/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal: alt_txt. */
const MAX_ALT = 1000;

export interface Pictures {
  /** The file of the message's picture, uploaded once; undefined: show the message without it. */
  fileFor(workspace: SlackWorkspace, message: Message): Promise<string | undefined>;
  /** Slack would not show it after all: the next try goes without. */
  spoil(workspace: SlackWorkspace, message: Message): void;
  stop(): void;
}

export function createPictures(log: Log, pauses = PAUSES): Pictures {
  const files = new Map<string, Promise<string | undefined>>();
  const stopping = new AbortController();
  const keep = (key: string, file: Promise<string | undefined>) => {
    files.set(key, file);
    const oldest = files.keys().next();
    if (files.size > MAX_KEPT && !oldest.done) files.delete(oldest.value);
  };
  const prepare = async (workspace: SlackWorkspace, picture: Picture) => {
    const file = await upload(workspace, picture);
    for (const wait of pauses) {
      await pause(wait, undefined, { signal: stopping.signal, ref: false });
      if (await isReady(workspace, file)) return file;
    }
    throw new Error("Slack was too slow");
  };
  return {
    async fileFor(workspace, message) {
      const picture = pictureOf(message);
      if (picture === undefined) return undefined;
      const key = keyOf(workspace, picture);
      const known = files.get(key);
      if (known !== undefined) return within(known, MOST_MS);
      const file = prepare(workspace, picture).catch((error: unknown) => {
        files.delete(key);
        const reason = slackError(error, "read");
        log.warn({ error: reason, advice: reason.advice }, "a message goes without its picture");
        return undefined;
      });
      keep(key, file);
      return within(file, MOST_MS);
    },
    spoil(workspace, message) {
      const picture = pictureOf(message);
      if (picture !== undefined) keep(keyOf(workspace, picture), Promise.resolve(undefined));
    },
    stop: () => stopping.abort(),
  };
}

function pictureOf({ parts }: Message): Picture | undefined {
  return parts.find((part) => part.kind === "picture")?.picture;
}

function keyOf({ ref }: SlackWorkspace, { png }: Picture): string {
  return `${ref.externalId}:${createHash("sha256").update(png).digest("base64url")}`;
}

const uploaded = z.object({
  files: z.array(z.object({ files: z.array(z.object({ id: z.string() })).min(1) })).min(1),
});

async function upload({ client }: SlackWorkspace, picture: Picture): Promise<string> {
  const { png, alt } = picture;
  const answer = await client.filesUploadV2({
    file: Buffer.from(png.buffer, png.byteOffset, png.byteLength),
    filename: "chart.png",
    alt_text: alt.slice(0, MAX_ALT),
  });
  return uploaded.parse(answer).files[0]?.files[0]?.id ?? "";
}

const fileInfo = z.object({ file: z.object({ mimetype: z.string().catch("") }) });

/** A file has its type only once Slack has looked at it. Without leave to look, we try our luck. */
async function isReady({ client }: SlackWorkspace, file: string): Promise<boolean> {
  try {
    return fileInfo.parse(await client.files.info({ file })).file.mimetype !== "";
  } catch (error) {
    return hasCode(slackError(error, "read"), "bad-setting");
  }
}
