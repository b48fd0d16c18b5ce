/** Are our commands registered, and do those whom they are for find them? */
import { ApplicationCommandType, type REST, RESTJSONErrorCodes, Routes } from "discord.js";
import { z } from "zod";
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { normalised } from "../commands/normalised.ts";
import { registeredCommands } from "../commands.ts";
import { isRefusal } from "../errors.ts";
import type { DiscordOptions } from "../options.ts";
import { about, failed, listed } from "./findings.ts";
import { rolesOf } from "./people.ts";
import { grantsInGuild, has } from "./permissions.ts";
import type { Server, ServerRole } from "./servers.ts";

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
      const allowed = await readOverrides(rest, applicationId, server);
      yield* allowed === undefined
        ? [uninvited(server)]
        : checkVisibility(options, server, some, allowed);
    }
  } catch (error) {
    yield failed(check, error);
  }
}

/** What is set under Integrations; undefined where our commands were not let in at all. */
async function readOverrides(
  rest: REST,
  applicationId: string,
  { id }: Server,
): Promise<Overrides | undefined> {
  try {
    const route = Routes.guildApplicationCommandsPermissions(applicationId, id);
    return overrides.parse(await rest.get(route));
  } catch (error) {
    if (isRefusal(error, RESTJSONErrorCodes.MissingAccess)) return undefined;
    throw error;
  }
}

function uninvited(server: Server): Finding {
  const mend = "Open the link of: aftertalk discord invite, once more; everything else stays.";
  return mended(about(server, "commands"), "the bot was invited without commands", mend);
}

/** Whoever lacks the permission that a command is shown by does not find it, unless it was allowed. */
function* checkVisibility(
  options: DiscordOptions,
  server: Server,
  commands: readonly Command[],
  allowed: Overrides,
): Iterable<Finding> {
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
