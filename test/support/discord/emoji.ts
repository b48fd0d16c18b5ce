/** Emoji: those of Unicode as they are, those of a guild as "name:id". */
import type { Guild, Json } from "./model.ts";

/** From what is typed ("<:done:123>") or stands in a path ("done:123"); undefined: there is none. */
export function emojiKey(typed: string, guild: Guild | undefined): string | undefined {
  const custom = /^<?a?:?(\w{2,32}):(\d+)>?$/.exec(typed);
  if (custom === null) return isUnicodeEmoji(typed) ? typed : undefined;
  const [, name = "", id = ""] = custom;
  return guild?.emojis.has(id) === true ? `${name}:${id}` : undefined;
}

export const isUnicodeEmoji = (text: string): boolean =>
  /^(\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3)/u.test(text);

export function emojiJson(key: string): Json {
  const [name, id] = key.split(":");
  return id === undefined ? { id: null, name } : { id, name, animated: false };
}

export const guildEmojiJson = ([id, name]: readonly [string, string]): Json => ({
  id,
  name,
  roles: [],
  require_colons: true,
  managed: false,
  animated: false,
  available: true,
});
