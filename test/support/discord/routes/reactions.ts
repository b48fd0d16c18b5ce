/** Reactions ("Message", section on reactions). */
import { emojiKey } from "../emoji.ts";
import { snowflake } from "../form.ts";
import type { Message } from "../model.ts";
import { demand } from "../permissions.ts";
import { refused } from "../refusal.ts";
import { count, done, type Incoming, ok, queryOf, type Route, route } from "../route.ts";
import { userJson } from "../wire.ts";
import type { World } from "../world.ts";
import { channelOf } from "./channels.ts";
import { checkAwake } from "./messages.ts";

const ONE = "/channels/:channel/messages/:message/reactions/:emoji";

export const reactionRoutes: readonly Route[] = [
  route(
    `PUT ${ONE}/@me`,
    (world, incoming) => {
      const message = find(world, incoming);
      const { bot } = world.state;
      demand(message.channel, bot, "ReadMessageHistory");
      checkAwake(message.channel);
      // Only the first of a kind needs the permission.
      const emoji = emojiOf(message, incoming);
      if (!message.reactions.has(emoji)) demand(message.channel, bot, "AddReactions");
      world.messages.react(message, bot.id, emoji);
      return done;
    },
    { bucket: "reactions" },
  ),
  route(
    `DELETE ${ONE}/@me`,
    (world, incoming) => {
      const message = find(world, incoming);
      checkAwake(message.channel);
      world.messages.unreact(message, world.state.bot.id, emojiOf(message, incoming));
      return done;
    },
    { bucket: "reactions" },
  ),
  route(`GET ${ONE}`, (world, incoming) => {
    const { limit = 25, after = "0" } = queryOf(incoming, {
      limit: count(1, 100),
      after: snowflake.optional(),
    });
    const message = find(world, incoming);
    const ids = message.reactions.get(emojiOf(message, incoming)) ?? [];
    const users = ids
      .filter((id) => BigInt(id) > BigInt(after))
      .flatMap((id) => world.state.users.get(id) ?? []);
    return ok(users.slice(0, limit).map(userJson));
  }),
];

function find(world: World, incoming: Incoming): Message {
  return world.state.message(channelOf(world, incoming), incoming.param("message"));
}

function emojiOf({ channel }: Message, incoming: Incoming): string {
  const key = emojiKey(incoming.param("emoji"), channel.guild);
  if (key === undefined) throw refused("unknownEmoji");
  return key;
}
