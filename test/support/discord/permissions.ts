/** Who may do what ("Permissions"): roles, then the overwrites of the channel; threads have those of their parent. */
import type { Channel, Guild, User } from "./model.ts";
import { refused } from "./refusal.ts";

/** "Permissions", section on bitwise flags: those that this emulator looks at. */
export const permissionBits = {
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  ViewAuditLog: 1n << 7n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  ManageRoles: 1n << 28n,
  UseApplicationCommands: 1n << 31n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  CreatePrivateThreads: 1n << 36n,
  SendMessagesInThreads: 1n << 38n,
} as const;
export type PermissionName = keyof typeof permissionBits;

export const bitsOf = (names: readonly PermissionName[]): bigint =>
  names.reduce((all, name) => all | permissionBits[name], 0n);

const everything = bitsOf(Object.keys(permissionBits).filter(isPermission));

/** Whether this emulator knows a permission of that name. */
export function isPermission(name: string): name is PermissionName {
  return name in permissionBits;
}

/** What @everyone may do in a guild that nobody has changed. */
export const usual = bitsOf([
  "AddReactions",
  "ViewChannel",
  "SendMessages",
  "EmbedLinks",
  "AttachFiles",
  "ReadMessageHistory",
  "UseApplicationCommands",
  "CreatePublicThreads",
  "CreatePrivateThreads",
  "SendMessagesInThreads",
]);

/** In the guild, without any channel. */
function inGuild(guild: Guild, user: User): bigint {
  const member = guild.members.get(user.id);
  if (member === undefined) return 0n;
  if (guild.owner.id === user.id) return everything;
  let bits = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const id of member.roles) bits |= guild.roles.get(id)?.permissions ?? 0n;
  return (bits & permissionBits.Administrator) === 0n ? bits : everything;
}

/** Everything this user may do at this place. */
export function permissionsIn(channel: Channel, user: User): bigint {
  const { guild } = channel;
  // In a direct message both may do whatever direct messages know.
  if (guild === undefined) return usual;
  const base = inGuild(guild, user);
  if ((base & permissionBits.Administrator) !== 0n) return everything;
  const place = channel.thread === undefined ? channel : channel.parent;
  if (place === undefined) return base;
  const roles = guild.members.get(user.id)?.roles ?? new Set<string>();
  let bits = base;
  const apply = (allow: bigint, deny: bigint) => {
    bits = (bits & ~deny) | allow;
  };
  const everyone = place.overwrites.get(guild.id);
  if (everyone !== undefined) apply(everyone.allow, everyone.deny);
  const byRole = [...place.overwrites.values()].filter(
    ({ id, type }) => type === 0 && roles.has(id),
  );
  apply(
    byRole.reduce((all, { allow }) => all | allow, 0n),
    byRole.reduce((all, { deny }) => all | deny, 0n),
  );
  const own = place.overwrites.get(user.id);
  if (own !== undefined) apply(own.allow, own.deny);
  // Without seeing a channel nothing can be done in it.
  return (bits & permissionBits.ViewChannel) === 0n ? 0n : bits;
}

/** Also false for a private thread that this user was not added to and cannot manage. */
export function canSee(channel: Channel, user: User): boolean {
  if (channel.guild === undefined) return true;
  const bits = permissionsIn(channel, user);
  if ((bits & permissionBits.ViewChannel) === 0n) return false;
  if (channel.type !== 12) return true;
  const added = channel.thread?.members.has(user.id) ?? false;
  return added || (bits & permissionBits.ManageThreads) !== 0n;
}

export const may = (channel: Channel, user: User, name: PermissionName): boolean =>
  (permissionsIn(channel, user) & permissionBits[name]) !== 0n;

export const mayInGuild = (guild: Guild, user: User, name: PermissionName): boolean =>
  (inGuild(guild, user) & permissionBits[name]) !== 0n;

export const guildPermissions = inGuild;

/** 50001 without seeing the channel, 50013 without one of the others. */
export function demand(channel: Channel, user: User, ...names: readonly PermissionName[]): void {
  if (!canSee(channel, user)) throw refused("missingAccess");
  if (names.some((name) => !may(channel, user, name))) throw refused("missingPermissions");
}
