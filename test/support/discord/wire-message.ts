/** Messages as the API writes them. */
import { emojiJson } from "./emoji.ts";
import type { Json, Message, User } from "./model.ts";
import { channelJson, iso, userJson } from "./wire.ts";

const referenceJson = ({ channel, message }: NonNullable<Message["reference"]>): Json => ({
  type: 0,
  channel_id: channel.id,
  guild_id: channel.guild?.id,
  ...(message === undefined ? {} : { message_id: message.id }),
});

/** A message. `reader`: whose `me` the reactions count by. */
export function messageJson(message: Message, reader: User): Json {
  const guild = message.channel.guild;
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channel.id,
    author: userJson(message.author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments.map((file) => ({
      id: file.id,
      filename: file.filename,
      size: file.bytes.length,
      url: `https://cdn.invalid/attachments/${message.channel.id}/${file.id}/${file.filename}`,
      proxy_url: `https://cdn.invalid/attachments/${message.channel.id}/${file.id}/${file.filename}`,
      content_type: file.contentType,
      ...(file.description === undefined ? {} : { description: file.description }),
    })),
    flags: message.flags,
    timestamp: iso(message.at),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    tts: false,
    pinned: false,
    mention_everyone: message.pings.some((ping) => ping.startsWith("@")),
    mentions: [],
    mention_roles: message.pings.filter((ping) => guild?.roles.has(ping)),
    reactions: [...message.reactions].map(([name, users]) => ({
      emoji: emojiJson(name),
      count: users.length,
      count_details: { burst: 0, normal: users.length },
      me: users.includes(reader.id),
      me_burst: false,
      burst_colors: [],
    })),
    ...(message.replyTo === undefined
      ? {}
      : {
          message_reference: {
            type: 0,
            channel_id: message.channel.id,
            message_id: message.replyTo,
          },
        }),
    ...(message.reference === undefined
      ? {}
      : { message_reference: referenceJson(message.reference) }),
    ...(message.author.webhook ? { webhook_id: message.author.id } : {}),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(message.interaction === undefined
      ? {}
      : {
          interaction_metadata: message.interaction,
          application_id: message.author.id,
          webhook_id: message.author.id,
        }),
    ...(message.thread === undefined ? {} : { thread: channelJson(message.thread) }),
  };
}

/** "Message Content Intent": what is empty without it. */
export const nothingInside = { content: "", embeds: [], attachments: [], components: [] };

/** Direct messages, the bot's own and those that mention it are never emptied. */
export const isOpenTo = ({ channel, author, pings }: Message, bot: string): boolean =>
  channel.guild === undefined || author.id === bot || pings.includes(bot);
