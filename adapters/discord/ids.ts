/**
 * Our ids of what is in Discord. They are kept, so their shape is never changed. A chat is known by
 * the id of its thread, forum post or ticket channel, a person by their user id.
 */
import type { ConnectionRef } from "../../src/platform.ts";

/** A message and the channel (also: thread, direct message) it is in. */
export interface MessagePlace {
  readonly channelId: string;
  readonly id: string;
}

/** `messageId` of a receipt. */
export function messageId({ channelId, id }: MessagePlace): string {
  return `${channelId}:${id}`;
}

/** Undefined for what is no id of a message. */
export function readMessageId(text: string): MessagePlace | undefined {
  const [channelId = "", id = ""] = text.split(":");
  return isSnowflake(channelId) && isSnowflake(id) ? { channelId, id } : undefined;
}

/** Discord's ids: 64 bits in decimal, 17 to 20 digits ever since 2015. */
export function isSnowflake(text: string): boolean {
  return /^\d{17,20}$/.test(text);
}

export function guildRef(guildId: string): ConnectionRef {
  return { platform: "discord", externalId: guildId };
}
