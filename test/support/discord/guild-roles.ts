/** Roles of a guild, who has them, and what they allow. */
import { auditActions } from "./audit.ts";
import type { Guild, Member, Role } from "./model.ts";
import { bitsOf, type PermissionName } from "./permissions.ts";
import { roleJson } from "./wire.ts";
import type { World } from "./world.ts";

export interface RoleFace {
  readonly id: string;
  readonly name: string;
}

export interface RolesFace {
  role(
    name: string,
    options?: { permissions?: readonly PermissionName[]; mentionable?: boolean },
  ): RoleFace;
  gives(person: { readonly id: string }, role: RoleFace): void;
  takes(person: { readonly id: string }, role: RoleFace): void;
  /** What a role allows from now on. */
  allows(role: RoleFace, ...names: readonly PermissionName[]): void;
  removesRole(role: RoleFace): void;
  /** What the bot's own role allows; by default everything but Administrator. */
  botMay(...names: readonly PermissionName[]): void;
}

export function createRoles(world: World, guild: Guild, botRoleId: string): RolesFace {
  const tell = (name: "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE", role: Role) => {
    const position = [...guild.roles.keys()].indexOf(role.id);
    world.events.role(name, guild, roleJson(role, position));
  };
  const known = ({ id, name }: RoleFace): Role => {
    const role = guild.roles.get(id);
    if (role === undefined) throw new Error(`${guild.name} has no role ${name}.`);
    return role;
  };
  const member = ({ id }: { readonly id: string }): Member => {
    const found = guild.members.get(id);
    if (found === undefined) throw new Error(`Nobody ${id} is a member of ${guild.name}.`);
    return found;
  };
  const changed = (who: Member, key: "$add" | "$remove", role: RoleFace) => {
    world.events.member("GUILD_MEMBER_UPDATE", who);
    const changes = [{ key, new_value: [{ id: role.id, name: role.name }] }];
    world.audit.record(guild, guild.owner, who.user.id, auditActions.memberRoles, changes);
  };
  const allow = (role: Role, names: readonly PermissionName[]) => {
    role.permissions = bitsOf(names);
    tell("GUILD_ROLE_UPDATE", role);
  };

  return {
    role(name, { permissions = [], mentionable = false } = {}) {
      const id = world.ids.snowflake();
      const role = { id, name, permissions: bitsOf(permissions), mentionable };
      guild.roles.set(id, role);
      tell("GUILD_ROLE_CREATE", role);
      return { id, name };
    },
    gives(person, role) {
      member(person).roles.add(role.id);
      changed(member(person), "$add", role);
    },
    takes(person, role) {
      member(person).roles.delete(role.id);
      changed(member(person), "$remove", role);
    },
    allows: (role, ...names) => allow(known(role), names),
    removesRole(role) {
      const { id } = known(role);
      guild.roles.delete(id);
      for (const { roles } of guild.members.values()) roles.delete(id);
      world.events.roleRemoved(guild, id);
    },
    botMay(...names) {
      const role = guild.roles.get(botRoleId);
      if (role !== undefined) allow(role, names);
    },
  };
}
