/** Are the roles of the settings there, and does the audit log tell who did something? */
import { PermissionFlagsBits as Bits } from "discord.js";
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { meantBy } from "../directory/names.ts";
import { permissions } from "../invite.ts";
import type { DiscordOptions } from "../options.ts";
import { about } from "./findings.ts";
import { has } from "./permissions.ts";
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

/** All that an entry means; of several none counts. */
export function rolesOf({ id: everyone, roles }: Server, entry: string): readonly ServerRole[] {
  const others = roles.filter(({ id }) => id !== everyone);
  return meantBy(entry, others);
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
