/** Are the roles of the settings there, do they see our commands, does the audit log tell who? */
import { ApplicationCommandType, PermissionFlagsBits as Bits, type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Finding } from "../../../src/platform.ts";
import { normalised } from "../commands/normalised.ts";
import { registeredCommands } from "../commands.ts";
import { permissions } from "../invite.ts";
import type { DiscordOptions } from "../options.ts";
import { isNamed } from "../receive/chat.ts";
import { about, failed, fine, listed, mended } from "./findings.ts";
import { grantsInGuild, has } from "./permissions.ts";
import type { Server, ServerRole } from "./servers.ts";

const lists = [
  ["team", "DISCORD_TEAM", "none is set: whoever may manage threads or messages is team"],
  ["leads", "DISCORD_LEADS", "none are set: only admins see answers"],
  ["admins", "DISCORD_ADMINS", "none is set: whoever may manage the server is admin"],
] as const;

export function* checkRoles(
  options: DiscordOptions,
  servers: readonly Server[],
): Iterable<Finding> {
  for (const [list, setting, nobody] of lists) {
    if (options[list].length === 0) yield fine(`Discord ${setting}`, nobody);
    for (const entry of options[list]) yield* judgeRole(entry, setting, servers);
  }
}

/** As in the running service: a name that several roles of a server have stands for none. */
function* judgeRole(entry: string, setting: string, servers: readonly Server[]): Iterable<Finding> {
  const check = `Discord ${setting}`;
  const found = servers.map((server) => ({ server, roles: rolesOf(server, entry) }));
  if (found.every(({ roles }) => roles.length === 0)) {
    const mend = `Check the name in ${setting}, or put the id there (Server Settings, Roles, right-click, Copy Role ID).`;
    yield mended(check, `there is no role ${entry}`, mend);
  }
  for (const { server, roles } of found) {
    if (roles.length === 1) yield fine(about(server, setting), `@${roles[0]?.name} is there`);
    if (roles.length < 2) continue;
    const says = `${roles.length} roles are called ${entry}, and none of them counts`;
    yield mended(about(server, setting), says, `Put the id of the right one into ${setting}.`);
  }
}

/** By id, else by the exact name, else by the name in any case. */
function rolesOf({ id: everyone, roles }: Server, entry: string): readonly ServerRole[] {
  const others = roles.filter(({ id }) => id !== everyone);
  const exact = others.filter(({ id, name }) => id === entry || name === entry);
  return exact.length > 0 ? exact : others.filter((role) => isNamed([entry], role));
}

/** Discord tells who archived, locked or renamed in the audit log alone. */
export function* checkAuditLog(servers: readonly Server[]): Iterable<Finding> {
  for (const server of servers) {
    const check = about(server, permissions.ViewAuditLog.name);
    yield has(server.grants, Bits.ViewAuditLog)
      ? fine(check, "it is known who archives, locks and renames")
      : mended(
          check,
          "it is missing: nobody knows who archived a thread, so that archiving one asks nobody",
          `Server Settings, Roles, ${server.botRole}, Permissions: allow View Audit Log.`,
        );
  }
}

const commandList = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    type: z.number().catch(ApplicationCommandType.ChatInput),
    default_member_permissions: z.string().regex(/^\d+$/).nullable().catch(null),
  }),
);
type Command = z.output<typeof commandList>[number];

const overrides = z.array(
  z.object({
    id: z.string(),
    permissions: z.array(z.object({ id: z.string(), type: z.number(), permission: z.boolean() })),
  }),
);
export type Overrides = z.output<typeof overrides>;
const ROLE = 1;

/** Commands are registered at the first start; then it can be seen who finds them. */
export async function* checkCommands(
  rest: REST,
  applicationId: string,
  options: DiscordOptions,
  servers: readonly Server[],
): AsyncIterable<Finding> {
  const check = "Discord commands";
  try {
    const query = new URLSearchParams({ with_localizations: "true" });
    const body = await rest.get(Routes.applicationCommands(applicationId), { query });
    const commands = commandList.parse(body);
    if (commands.length === 0) {
      yield fine(check, "none is registered yet; the first start does it");
      return;
    }
    const current = normalised(body) === normalised(registeredCommands(options));
    const newer = current ? "" : "; the next start brings them up to date";
    yield fine(check, `${commands.length} are registered${newer}`);
    const some = commands.filter(({ default_member_permissions: bits }) => bits !== null);
    for (const server of servers) {
      yield* checkVisibility(rest, applicationId, options, server, some);
    }
  } catch (error) {
    yield failed(check, error);
  }
}

/** Whoever lacks the permission that a command is shown by does not find it, unless it was allowed. */
async function* checkVisibility(
  rest: REST,
  applicationId: string,
  options: DiscordOptions,
  server: Server,
  commands: readonly Command[],
): AsyncIterable<Finding> {
  const route = Routes.guildApplicationCommandsPermissions(applicationId, server.id);
  const allowed = overrides.parse(await rest.get(route));
  for (const list of ["leads", "team"] as const) {
    const roles = options[list].flatMap((entry) => {
      const found = rolesOf(server, entry);
      return found.length === 1 ? found : [];
    });
    for (const role of roles) {
      const theirs =
        list === "leads" ? commands : commands.filter((each) => !isCore(options, each));
      const hidden = hiddenFrom(role, server, theirs, allowed);
      if (hidden.length === 0) continue;
      const names = listed(hidden.map(shown));
      const says = `@${role.name} does not find ${names}: Discord shows them to whoever may manage threads`;
      const mend = `Server Settings, Integrations, the bot, each of these commands: add the role ${role.name}. Or allow the role Manage Threads.`;
      yield mended(about(server, "commands"), says, mend);
    }
  }
}

/** What the core answers is for leads; the adapter's own commands are for the whole team. */
const isCore = ({ commands }: Pick<DiscordOptions, "commands">, { name }: Command): boolean =>
  commands.some((command) => command.name === name);

const shown = ({ name, type }: Command): string =>
  type === ApplicationCommandType.ChatInput ? `/${name}` : `"${name}"`;

/** Pure. What is set for a role under Integrations comes before what the command asks for. */
export function hiddenFrom(
  role: ServerRole,
  server: Pick<Server, "id" | "roles">,
  commands: readonly Command[],
  overrides: Overrides,
): readonly Command[] {
  const grants = grantsInGuild(server.id, server.roles, { roles: [role.id] });
  return commands.filter(({ id, default_member_permissions: bits }) => {
    const own = overrides.find((each) => each.id === id)?.permissions ?? [];
    const rule = own.find((each) => each.type === ROLE && each.id === role.id);
    return rule === undefined ? bits !== null && !has(grants, BigInt(bits)) : !rule.permission;
  });
}
