/**
 * What a member may do in a channel, from what Discord's pages of roles and channels say; no gateway
 * is needed. https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
import { PermissionFlagsBits as Bits, OverwriteType } from "discord.js";
import type { OurPermission } from "../invite.ts";

/** Whose permissions: the member and the roles that it has, without @everyone. */
export interface Holder {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface RoleGrants {
  readonly id: string;
  readonly permissions: bigint;
}

export interface Overwrite {
  readonly id: string;
  readonly type: number;
  readonly allow: bigint;
  readonly deny: bigint;
}

const EVERYTHING = ~0n;

/** In the server as a whole: @everyone's and the roles' together. `guildId` is @everyone's role. */
export function grantsInGuild(
  guildId: string,
  roles: readonly RoleGrants[],
  holder: Pick<Holder, "roles">,
): bigint {
  const held = roles.filter(({ id }) => id === guildId || holder.roles.includes(id));
  const all = held.reduce((bits, { permissions }) => bits | permissions, 0n);
  return has(all, Bits.Administrator) ? EVERYTHING : all;
}

/** In a channel: @everyone's overwrite, then those of the roles together, then the member's own. */
export function grantsInChannel(
  guildId: string,
  base: bigint,
  holder: Holder,
  overwrites: readonly Overwrite[],
): bigint {
  if (has(base, Bits.Administrator)) return EVERYTHING;
  const everyone = overwrites.filter(({ id }) => id === guildId);
  const byRole = overwrites.filter(
    ({ id, type }) => type === OverwriteType.Role && holder.roles.includes(id),
  );
  const own = overwrites.filter(
    ({ id, type }) => type === OverwriteType.Member && id === holder.id,
  );
  return [everyone, byRole, own].reduce((bits, layer) => {
    const deny = layer.reduce((all, each) => all | each.deny, 0n);
    const allow = layer.reduce((all, each) => all | each.allow, 0n);
    return (bits & ~deny) | allow;
  }, base);
}

/** Those of `needed` that are not there: without seeing a channel nothing else can be done in it. */
export function missing<T extends OurPermission>(grants: bigint, needed: readonly T[]): T[] {
  return needed.filter((name) => !has(grants, Bits[name]));
}

export const has = (grants: bigint, bit: bigint): boolean => (grants & bit) === bit;
