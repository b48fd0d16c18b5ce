/** A guild as tests hold it: its channels, roles and people, and what happens to it as a whole. */
import { auditActions } from "./audit.ts";
import { type ChannelFace, channelFace } from "./channel-face.ts";
import { CHANNELS_PER_CATEGORY } from "./limits.ts";
import { type Channel, type ChannelType, channelTypes, type Guild, type Member } from "./model.ts";
import { bitsOf, type PermissionName } from "./permissions.ts";
import { createPerson, type Person } from "./person.ts";
import type { NewUser } from "./state.ts";
import { rolesJson } from "./wire.ts";
import type { World } from "./world.ts";

export interface RoleFace {
  readonly id: string;
  readonly name: string;
}

export interface GuildFace {
  readonly id: string;
  readonly name: string;
  readonly owner: Person;
  channel(name: string, options?: { category?: ChannelFace }): ChannelFace;
  category(name: string): ChannelFace;
  forum(name: string, options?: { tags?: readonly string[] }): ChannelFace;
  role(
    name: string,
    options?: { permissions?: readonly PermissionName[]; mentionable?: boolean },
  ): RoleFace;
  /** A new person, who is a member with these roles. */
  person(name: string, options?: NewUser & { roles?: readonly RoleFace[] }): Person;
  /** Somebody of another guild joins this one. */
  joins(person: Person): void;
  leaves(person: Person): void;
  gives(person: Person, role: RoleFace): void;
  takes(person: Person, role: RoleFace): void;
  /** What the bot's own role allows; by default everything but Administrator. */
  botMay(...names: readonly PermissionName[]): void;
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
  const member = (person: Person): Member => {
    const found = guild.members.get(person.id);
    if (found === undefined) throw new Error(`${person.name} is no member of ${guild.name}.`);
    return found;
  };
  const changed = (person: Person, key: "$add" | "$remove", role: RoleFace) => {
    const who = member(person);
    world.events.member("GUILD_MEMBER_UPDATE", who);
    const changes = [{ key, new_value: [{ id: role.id, name: role.name }] }];
    world.audit.record(guild, guild.owner, person.id, auditActions.memberRoles, changes);
  };

  return {
    id: guild.id,
    name: guild.name,
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
    role(name, { permissions = [], mentionable = false } = {}) {
      const role = {
        id: world.ids.snowflake(),
        name,
        permissions: bitsOf(permissions),
        mentionable,
      };
      guild.roles.set(role.id, role);
      world.events.role(guild, rolesJson(guild).find(({ id }) => id === role.id) ?? {});
      return { id: role.id, name };
    },
    person(name, { roles = [], ...options } = {}) {
      const user = world.state.addUser(name, options);
      const joined = world.state.join(guild, user);
      for (const { id } of roles) joined.roles.add(id);
      world.events.member("GUILD_MEMBER_ADD", joined);
      return createPerson(world, user);
    },
    joins(person) {
      const user = world.state.users.get(person.id);
      if (user !== undefined)
        world.events.member("GUILD_MEMBER_ADD", world.state.join(guild, user));
    },
    leaves(person) {
      const who = member(person);
      guild.members.delete(person.id);
      world.events.member("GUILD_MEMBER_REMOVE", who);
    },
    gives(person, role) {
      member(person).roles.add(role.id);
      changed(person, "$add", role);
    },
    takes(person, role) {
      member(person).roles.delete(role.id);
      changed(person, "$remove", role);
    },
    botMay(...names) {
      const role = guild.roles.get(botRoleId);
      if (role !== undefined) role.permissions = bitsOf(names);
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
