/** Which servers are served, and what they look like to the bot: roles and channels as they are now. */
import { type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { listGuilds } from "../guilds/lookup.ts";
import type { DiscordOptions } from "../options.ts";
import { about, failed, some } from "./findings.ts";
import { grantsInGuild, type Holder } from "./permissions.ts";

/** Permissions come as decimal texts: they have more than 53 bits. */
const bits = z.string().regex(/^\d+$/).transform(BigInt);

const role = z.object({
  id: z.string(),
  name: z.string(),
  permissions: bits,
  /** Whose role it is, when Discord made it for a bot. */
  tags: z.object({ bot_id: z.string().optional() }).optional().catch(undefined),
});
const overwrite = z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits });
const channel = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwrite).catch([]),
  available_tags: z.array(z.object({ name: z.string() })).catch([]),
});
const guild = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(role),
  emojis: z.array(z.object({ name: z.string().nullable() })).catch([]),
});
const member = z.object({ roles: z.array(z.string()) });

export type ServerRole = z.output<typeof role>;
export type ServerChannel = z.output<typeof channel>;

/** A server that is served, with ourselves in it. */
export interface Server extends z.output<typeof guild> {
  readonly channels: readonly ServerChannel[];
  readonly bot: Holder;
  /** What the bot may do in the server as a whole. */
  readonly grants: bigint;
  /** The role in which its permissions are changed: Discord makes one with the bot's name. */
  readonly botRole: string;
}

export interface Servers {
  readonly findings: readonly Finding[];
  readonly served: readonly Server[];
}

/** https://docs.discord.com/developers/resources/user#get-current-user-guilds */

/** By the same rule as the running service: the named ones, else the only one. */
export async function checkServers(
  rest: REST,
  options: Pick<DiscordOptions, "guilds">,
  app: { readonly botId: string; readonly isPublic: boolean },
): Promise<Servers> {
  try {
    const all = await listGuilds(rest);
    const chosen =
      options.guilds.length > 0 ? chooseNamed(options.guilds, all) : chooseOnly(all, app.isPublic);
    const served: Server[] = [];
    const findings = [...chosen.findings];
    for (const each of chosen.served) {
      try {
        served.push(await loadServer(rest, each.id, app.botId));
      } catch (error) {
        findings.push(failed(about(each, "roles and channels"), error));
      }
    }
    return { findings, served };
  } catch (error) {
    return { findings: [failed(CHECK, error)], served: [] };
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const INVITE = "Open the link of: aftertalk discord invite";

const CHECK = "Discord servers";

const shown = (servers: readonly Named[]): string =>
  some(servers.map(({ id, name }) => `${name} (${id})`));

interface Chosen {
  readonly findings: readonly Finding[];
  readonly served: readonly Named[];
}

function chooseNamed(wanted: readonly string[], all: readonly Named[]): Chosen {
  const served = all.filter(({ id }) => wanted.includes(id));
  const others = all.filter(({ id }) => !wanted.includes(id));
  const absent = wanted.filter((id) => !all.some((each) => each.id === id));
  const mend = `${INVITE}; or correct the id in DISCORD_GUILDS.`;
  const ignored = `in ${shown(others)} too, which DISCORD_GUILDS does not name`;
  const findings = [
    ...(served.length > 0 ? [fine(CHECK, shown(served))] : []),
    ...absent.map((id) => mended(CHECK, `the bot is not in ${id}`, mend)),
    ...(others.length > 0 ? [fine(CHECK, ignored)] : []),
  ];
  return { findings, served };
}

function chooseOnly(all: readonly Named[], isPublic: boolean): Chosen {
  const [only] = all;
  if (only === undefined) {
    return { findings: [mended(CHECK, "the bot is in none", `${INVITE}.`)], served: [] };
  }
  if (all.length > 1) {
    const says = `the bot is in ${shown(all)}, and DISCORD_GUILDS does not say which to serve`;
    const mend = "Put the ids of those to serve into DISCORD_GUILDS, separated by commas.";
    return { findings: [mended(CHECK, says, mend)], served: [] };
  }
  if (!isPublic) return { findings: [fine(CHECK, shown(all))], served: all };
  const says = `${shown(all)}; anybody can invite the bot into a second one (it is public), and then it does not start until it is told which to serve`;
  const mend = `Set DISCORD_GUILDS=${only.id}, or make the bot private: Installation, Install Link: None, then Bot, Public Bot off.`;
  return { findings: [mended(CHECK, says, mend)], served: all };
}

/** @throws what the client throws. */
export async function loadServer(rest: REST, id: string, botId: string): Promise<Server> {
  const [about, channels, { roles }] = await Promise.all([
    rest.get(Routes.guild(id)).then((body) => guild.parse(body)),
    rest.get(Routes.guildChannels(id)).then((body) => z.array(channel).parse(body)),
    rest.get(Routes.guildMember(id, botId)).then((body) => member.parse(body)),
  ]);
  const bot = { id: botId, roles };
  const held = about.roles.filter((each) => roles.includes(each.id));
  const own = held.find(({ tags }) => tags?.bot_id === botId) ?? held[0];
  return {
    ...about,
    channels,
    bot,
    grants: grantsInGuild(id, about.roles, bot),
    botRole: own?.name ?? "the bot's own",
  };
}
