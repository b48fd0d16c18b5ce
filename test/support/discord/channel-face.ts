/** A channel or thread as tests hold it. */
import { type Channel, isNotice } from "./model.ts";
import { bitsOf, canSee, type PermissionName } from "./permissions.ts";
import type { World } from "./world.ts";

/** Whom an overwrite is for: a person or role, "everyone", or the bot. */
export type Subject = { readonly id: string } | "everyone" | "bot";

export interface ChannelFace {
  readonly id: string;
  /** As it is now. */
  name(): string;
  /** Texts of the messages that are there, oldest first, without ephemeral ones and notices. */
  texts(): string[];
  allows(subject: Subject, ...names: readonly PermissionName[]): void;
  denies(subject: Subject, ...names: readonly PermissionName[]): void;
  /** Of a thread. */
  readonly thread: { archived(): boolean; locked(): boolean; tags(): string[] };
}

export function channelFace(world: World, channel: Channel): ChannelFace {
  const overwrite = (subject: Subject, allow: bigint, deny: bigint) => {
    const { guild } = channel;
    if (guild === undefined) throw new Error("A direct message has no permissions.");
    const id =
      subject === "everyone" ? guild.id : subject === "bot" ? world.state.bot.id : subject.id;
    const known = channel.overwrites.get(id) ?? {
      id,
      type: guild.roles.has(id) ? 0 : 1,
      allow: 0n,
      deny: 0n,
    };
    const couldSee = canSee(channel, world.state.bot);
    channel.overwrites.set(id, {
      ...known,
      allow: (known.allow & ~deny) | allow,
      deny: (known.deny & ~allow) | deny,
    });
    world.events.channel("CHANNEL_UPDATE", channel);
    if (!couldSee) world.events.gained(channel);
  };
  return {
    id: channel.id,
    name: () => channel.name,
    texts: () =>
      channel.messages
        .filter((message) => message.whisperTo === undefined && !isNotice(message))
        .map(({ content }) => content),
    allows: (subject, ...names) => overwrite(subject, bitsOf(names), 0n),
    denies: (subject, ...names) => overwrite(subject, 0n, bitsOf(names)),
    thread: {
      archived: () => channel.thread?.archived ?? false,
      locked: () => channel.thread?.locked ?? false,
      tags: () =>
        (channel.thread?.tags ?? []).flatMap(
          (id) => channel.parent?.tags.find((tag) => tag.id === id)?.name ?? [],
        ),
    },
  };
}
