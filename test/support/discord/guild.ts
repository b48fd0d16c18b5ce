/** A guild as tests hold it: its channels, roles and people, and what happens to it as a whole. */
import { type ChannelFace, channelFace } from "./channel-face.ts";
import { createRoles, type RoleFace, type RolesFace } from "./guild-roles.ts";
import { CHANNELS_PER_CATEGORY } from "./limits.ts";
import { type Channel, type ChannelType, channelTypes, type Guild } from "./model.ts";
import { createPerson, type Person } from "./person.ts";
import type { NewUser } from "./state.ts";
import type { World } from "./world.ts";

/** What another bot does here. */
export type OtherBot = Pick<
  Person,
  | "id"
  | "name"
  | "posts"
  | "edits"
  | "deletes"
  | "reacts"
  | "unreacts"
  | "clears"
  | "starts"
  | "opens"
  | "archives"
  | "unarchives"
  | "locks"
  | "unlocks"
  | "tags"
  | "adds"
  | "renames"
  | "removes"
>;

export interface GuildFace extends RolesFace {
  readonly id: string;
  readonly name: string;
  readonly owner: Person;
  channel(name: string, options?: { category?: ChannelFace }): ChannelFace;
  category(name: string): ChannelFace;
  forum(name: string, options?: { tags?: readonly string[] }): ChannelFace;
  /** An emoji of its own, as it is typed: "<:done:123>". */
  emoji(name: string): string;
  /** A new person, who is a member with these roles. */
  person(name: string, options?: NewUser & { roles?: readonly RoleFace[] }): Person;
  /** Another app's bot. */
  bot(name: string, options?: { roles?: readonly RoleFace[] }): OtherBot;
  /** A name under which some program writes; no member. */
  webhook(name: string): Pick<Person, "id" | "name"> & {
    posts(place: { readonly id: string }, text: string): Promise<string>;
  };
  /** Somebody of another guild joins this one. */
  joins(person: Person): void;
  leaves(person: Person): void;
  changes(change: Partial<Pick<Guild, "name" | "locale">>): void;
  /** The bot is removed; `invitesBot` takes it back. */
  removesBot(): void;
  invitesBot(): void;
  /** Discord has trouble with this guild, and recovers. */
  breaksDown(): void;
  recovers(): void;
}

export function createGuild(world: World, guild: Guild, botRoleId: string): GuildFace {
  const add = (
    name: string,
    type: ChannelType,
    options: { parent?: Channel | undefined; tags?: Channel["tags"] } = {},
  ) => {
    const inside = world.state
      .channelsOf(guild)
      .filter(({ parent }) => parent !== undefined && parent === options.parent);
    if (inside.length >= CHANNELS_PER_CATEGORY) throw new Error("The category is full.");
    const channel = world.state.addChannel(name, type, { guild, ...options });
    world.events.channel("CHANNEL_CREATE", channel);
    return channelFace(world, channel);
  };
  const enter = (name: string, options: NewUser, roles: readonly RoleFace[]) => {
    const user = world.state.addUser(name, options);
    const joined = world.state.join(guild, user);
    for (const { id } of roles) joined.roles.add(id);
    world.events.member("GUILD_MEMBER_ADD", joined);
    return createPerson(world, user);
  };

  return {
    ...createRoles(world, guild, botRoleId),
    id: guild.id,
    get name() {
      return guild.name;
    },
    owner: createPerson(world, guild.owner),
    channel(name, { category } = {}) {
      const parent = category === undefined ? undefined : world.state.channels.get(category.id);
      return add(name, channelTypes.text, { parent });
    },
    category: (name) => add(name, channelTypes.category),
    forum: (name, { tags = [] } = {}) =>
      add(name, channelTypes.forum, {
        tags: tags.map((tag) => ({ id: world.ids.snowflake(), name: tag, moderated: false })),
      }),
    emoji(name) {
      const id = world.ids.snowflake();
      guild.emojis.set(id, name);
      world.events.guildChanged(guild);
      return `<:${name}:${id}>`;
    },
    person: (name, { roles = [], ...options } = {}) => enter(name, options, roles),
    bot: (name, { roles = [] } = {}) => enter(name, { bot: true }, roles),
    webhook(name) {
      const author = world.state.addUser(name, { bot: true, webhook: true });
      return {
        id: author.id,
        name,
        async posts({ id }, content) {
          return world.messages.post(world.state.channel(id), { author, content }).id;
        },
      };
    },
    joins(person) {
      const user = world.state.users.get(person.id);
      if (user !== undefined)
        world.events.member("GUILD_MEMBER_ADD", world.state.join(guild, user));
    },
    leaves(person) {
      const who = guild.members.get(person.id);
      if (who === undefined) throw new Error(`${person.name} is no member of ${guild.name}.`);
      guild.members.delete(person.id);
      world.events.member("GUILD_MEMBER_REMOVE", who);
    },
    changes(change) {
      Object.assign(guild, change);
      world.events.guildChanged(guild);
    },
    removesBot() {
      world.events.guildDeleted(guild, false);
      guild.bot = "out";
      guild.members.delete(world.state.bot.id);
    },
    invitesBot() {
      world.state.join(guild, world.state.bot).roles.add(botRoleId);
      guild.bot = "in";
      world.events.guildCreated(guild);
    },
    breaksDown() {
      guild.bot = "unavailable";
      world.events.guildDeleted(guild, true);
    },
    recovers() {
      guild.bot = "in";
      world.events.guildCreated(guild);
    },
  };
}
