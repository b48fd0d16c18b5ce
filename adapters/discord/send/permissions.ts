/** Which permission is missing where Discord refuses a message: it does not say so itself. */
import { type Client, RESTJSONErrorCodes as Codes, PermissionFlagsBits } from "discord.js";
import { AppError } from "../../../src/errors.ts";
import { isRefusal } from "../errors.ts";
import { permissions } from "../invite.ts";

type Wanted = "ViewChannel" | "SendMessages" | "SendMessagesInThreads" | "AttachFiles";

/** Names, as Discord's pages have them; empty when it is not known. */
function missingAt(client: Client, channelId: string, files: boolean): string[] {
  const channel = client.channels.cache.get(channelId);
  const me = client.user;
  if (me === null || channel === undefined || channel.isDMBased()) return [];
  const own = channel.permissionsFor(me);
  if (own === null) return [];
  const wanted: Wanted[] = [
    "ViewChannel",
    channel.isThread() ? "SendMessagesInThreads" : "SendMessages",
    ...(files ? (["AttachFiles"] as const) : []),
  ];
  return wanted
    .filter((name) => !own.has(PermissionFlagsBits[name]))
    .map((name) => permissions[name].name);
}

/** A refusal for want of a permission as an AppError that names it; any other error as it is. */
export function explained(
  client: Client,
  channelId: string,
  files: boolean,
  error: unknown,
): unknown {
  if (!isRefusal(error, Codes.MissingPermissions, Codes.MissingAccess)) return error;
  const missing = missingAt(client, channelId, files).join(" and ");
  if (missing === "") return error;
  return new AppError("unreachable", `Discord refused it: the bot lacks ${missing} there`, {
    advice: `Give the bot's role ${missing} in the channel ${channelId}.`,
    cause: error,
  });
}
