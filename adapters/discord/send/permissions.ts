/** Which permission is missing where Discord refuses a message: it does not say so itself. */
import { type Client, RESTJSONErrorCodes as Codes, PermissionFlagsBits } from "discord.js";
import { AppError } from "../../../src/errors.ts";
import type { Message, Part } from "../../../src/platform.ts";
import { isRefusal } from "../errors.ts";
import { permissions } from "../invite.ts";

type Wanted =
  | "ViewChannel"
  | "SendMessages"
  | "SendMessagesInThreads"
  | "ReadMessageHistory"
  | "AttachFiles";

/** Of these permissions, what the bot lacks there; nothing when it is not known. */
export function missingAt(client: Client, channelId: string, wanted: readonly Wanted[]): Wanted[] {
  const channel = client.channels.cache.get(channelId);
  const me = client.user;
  if (me === null || channel === undefined || channel.isDMBased()) return [];
  const own = channel.permissionsFor(me);
  return wanted.filter((name) => own !== null && !own.has(PermissionFlagsBits[name]));
}

/** Where the bot may not attach files, a picture is what it says in words. */
export function showable(client: Client, channelId: string, message: Message): Message {
  if (missingAt(client, channelId, ["AttachFiles"]).length === 0) return message;
  const parts = message.parts.map(
    (part): Part => (part.kind === "picture" ? { kind: "note", text: part.picture.alt } : part),
  );
  return { ...message, parts };
}

/** A refusal for want of a permission as an AppError that names it; any other error as it is. */
export function explained(client: Client, channelId: string, error: unknown): unknown {
  if (!isRefusal(error, Codes.MissingPermissions, Codes.MissingAccess)) return error;
  const isThread = client.channels.cache.get(channelId)?.isThread() === true;
  const send = isThread ? "SendMessagesInThreads" : "SendMessages";
  const missing = missingAt(client, channelId, ["ViewChannel", send])
    .map((name) => permissions[name].name)
    .join(" and ");
  if (missing === "") return error;
  return new AppError("unreachable", `Discord refused it: the bot lacks ${missing} there`, {
    advice: `Give the bot's role ${missing} in the channel ${channelId}.`,
    cause: error,
  });
}
