/** Messages on the wire: one request each, nobody notified, files with their names. */
import { type Client, type REST, Routes } from "discord.js";
import { z } from "zod";
import { AppError } from "../../../src/errors.ts";
import type { MessagePlace } from "../ids.ts";
import type { Rendered } from "../render.ts";
import { markedBy } from "./mark.ts";
import type { Target } from "./threads.ts";

const posted = z.object({ id: z.string(), channel_id: z.string() });

/**
 * Posts once. Within a few minutes Discord answers the same key with the same message
 * (https://docs.discord.com/developers/resources/message#create-message, `enforce_nonce`).
 */
export async function post(
  { rest }: Client,
  { channelId, replyTo }: Target,
  rendered: Rendered,
  key: string,
): Promise<MessagePlace> {
  const { body, files } = requestOf({ ...rendered, components: markedBy(key, rendered) });
  // What it replies to may have been deleted.
  const reference =
    replyTo === undefined
      ? {}
      : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  const answer = await rest.post(Routes.channelMessages(channelId), {
    body: { ...body, ...reference, nonce: key, enforce_nonce: true },
    files,
  });
  const { id, channel_id } = posted.parse(answer);
  return { channelId: channel_id, id };
}

/** Replaces a message with its files. @throws AppError `not-found` when it is none of ours. */
export async function edit(
  { rest }: Client,
  place: MessagePlace | undefined,
  rendered: Rendered,
): Promise<void> {
  if (place === undefined) throw new AppError("not-found", "this is not the id of a message");
  const { channelId, id } = place;
  await rest.patch(Routes.channelMessage(channelId, id), requestOf(rendered));
}

type Files = NonNullable<NonNullable<Parameters<REST["post"]>[1]>["files"]>;

function requestOf({ flags, components, attachments, files }: Rendered): {
  readonly body: object;
  readonly files: Files;
} {
  return {
    body: { flags, components, attachments, allowed_mentions: { parse: [] } },
    files: files.map(({ name, data, contentType }) => ({ name, data, contentType })),
  };
}
