/** Are the configured channels there, of a kind that can be used, and may the bot do its work there? */
import { PermissionFlagsBits as Bits, ChannelType } from "discord.js";
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { leadsChannelOf } from "../directory/leads.ts";
import { meantBy } from "../directory/names.ts";
import { isSnowflake } from "../ids.ts";
import { type OurPermission, permissions, privateThreadPermissions } from "../invite.ts";
import type { DiscordOptions } from "../options.ts";
import { isNamed } from "../receive/chat.ts";
import { about, listed, some } from "./findings.ts";
import { grantsInChannel, grantsInGuild, has, missing } from "./permissions.ts";
import type { Server, ServerChannel } from "./servers.ts";

const forums: readonly number[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
const texts: readonly number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
/** https://support.discord.com: a category that is full takes no more tickets. */
const CHANNELS_PER_CATEGORY = 50;

const inThreads = ["ViewChannel", "SendMessagesInThreads", "ReadMessageHistory"] as const;
const inTickets = ["ViewChannel", "SendMessages", "ReadMessageHistory"] as const;
const inLeadsChannel = ["ViewChannel", "SendMessages", "AttachFiles"] as const;
const beneathCards = ["CreatePublicThreads", "SendMessagesInThreads"] as const;

export function* checkChannels(
  options: DiscordOptions,
  servers: readonly Server[],
): Iterable<Finding> {
  if (options.supportChannels.length === 0) yield noSupportChannel();
  for (const entry of options.supportChannels) {
    const found = servers.flatMap((server) =>
      server.channels
        .filter((channel) => isNamed([entry], channel))
        .map((each) => ({ server, each })),
    );
    if (found.length === 0) yield notFound("support channel", entry, "DISCORD_SUPPORT_CHANNELS");
    for (const { server, each } of found) yield* judgeSupport(server, each, options);
  }
  if (options.leadsChannels.length === 0) yield noLeadsChannel();
  else yield* checkLeadsChannels(options, servers);
}

function* judgeSupport(
  server: Server,
  channel: ServerChannel,
  options: DiscordOptions,
): Iterable<Finding> {
  if (channel.type === ChannelType.GuildCategory) {
    yield* judgeCategory(server, channel, options);
  } else if (texts.includes(channel.type) || forums.includes(channel.type)) {
    const isForum = forums.includes(channel.type);
    const check = about(server, `support ${isForum ? "forum" : "channel"} #${channel.name}`);
    const says = isForum ? tagsOf(channel, options) : privateThreads(server, channel);
    yield judgePlace(server, channel, inThreads, check, says);
  } else {
    const check = about(server, `support channel #${channel.name}`);
    const mend = "Name a text channel, a forum or a category in DISCORD_SUPPORT_CHANNELS.";
    yield mended(check, "it is of a kind that has no support chats", mend);
  }
}

/** Its own permissions are those of new tickets, unless whoever makes them gives them others. */
function* judgeCategory(
  server: Server,
  category: ServerChannel,
  { supportChannels }: DiscordOptions,
): Iterable<Finding> {
  const check = about(server, `support category ${category.name}`);
  const inside = server.channels.filter(({ parent_id }) => parent_id === category.id);
  const tickets = inside.filter(
    (each) => each.type === ChannelType.GuildText && !isNamed(supportChannels, each),
  );
  const count = tickets.length === 1 ? "1 ticket channel" : `${tickets.length} ticket channels`;
  yield judgePlace(server, category, inTickets, check, `${count} in it`);
  const closed = tickets.filter((each) => missing(grantsOf(server, each), inTickets).length > 0);
  if (closed.length > 0) {
    const names = some(closed.map(({ name }) => `#${name}`));
    const mend = `Whoever makes the tickets decides who sees them: add the role ${server.botRole} to the ticket bot's support roles, with ${shown(inTickets)}; and to the channels that are there.`;
    yield mended(check, `the bot cannot do its work in ${names}`, mend);
  }
  if (inside.length >= CHANNELS_PER_CATEGORY) {
    const mend = "Delete closed tickets, add a second category, or use threads instead.";
    yield mended(check, `it is full (${inside.length} channels): no ticket can be opened`, mend);
  }
}

function judgePlace(
  server: Server,
  channel: ServerChannel,
  needed: readonly OurPermission[],
  check: string,
  says: string,
): Finding {
  const lacking = missing(grantsOf(server, channel), needed);
  if (lacking.length === 0) return fine(check, says);
  const mend = `Edit Channel, Permissions: add the role ${server.botRole} and allow ${shown(lacking)}.`;
  return mended(check, `the bot lacks ${shown(lacking)}`, mend);
}

/** Without threads it works as well, and is harder to read. */
function* judgeThreads(server: Server, channel: ServerChannel, check: string): Iterable<Finding> {
  const grants = grantsOf(server, channel);
  const lacking = missing(grants, beneathCards);
  if (lacking.length === 0 || missing(grants, inLeadsChannel).length > 0) return;
  const says = `what happens in a case stands in the channel itself, because the bot lacks ${shown(lacking)}`;
  const mend = `Edit Channel, Permissions: allow the role ${server.botRole} ${shown(lacking)}.`;
  yield mended(check, says, mend);
}

/** What the bot is not allowed in a place of support chats, by Discord's words. */
export function lacksIn(server: Server, channel: ServerChannel): readonly string[] {
  const needed = channel.type === ChannelType.GuildCategory ? inTickets : inThreads;
  return missing<OurPermission>(grantsOf(server, channel), needed).map((name) => known[name].name);
}

const grantsOf = (server: Server, { permission_overwrites }: ServerChannel): bigint =>
  grantsInChannel(server.id, server.grants, server.bot, permission_overwrites);

/** Whether a member without any role sees it. */
function isOpen({ id, roles }: Server, { permission_overwrites }: ServerChannel): boolean {
  const anybody = { id: "", roles: [] };
  const base = grantsInGuild(id, roles, anybody);
  return has(grantsInChannel(id, base, anybody, permission_overwrites), Bits.ViewChannel);
}

const known = { ...permissions, ...privateThreadPermissions };
const shown = (names: readonly OurPermission[]) => listed(names.map((name) => known[name].name));

function privateThreads(server: Server, channel: ServerChannel): string {
  return has(grantsOf(server, channel), Bits.ManageThreads)
    ? "its threads are seen, private ones too"
    : "its threads are seen; private ones only where the bot is added (or with Manage Threads)";
}

function tagsOf({ available_tags }: ServerChannel, { solvedTags }: DiscordOptions): string {
  const closing = available_tags.filter(({ name }) => isNamed(solvedTags, { id: "", name }));
  return closing.length === 0
    ? "its posts are seen; none of its tags says solved (DISCORD_SOLVED_TAGS)"
    : `its posts are seen; ${closing.map(({ name }) => name).join(", ")} closes one`;
}

/** The first entry that a server has is the one that is written to, as in the running service. */
function* checkLeadsChannels(
  { leadsChannels }: DiscordOptions,
  servers: readonly Server[],
): Iterable<Finding> {
  for (const server of servers) {
    const all = server.channels.filter(({ type }) => texts.includes(type));
    const several = leadsChannels.find((entry) => meantBy(entry, all).length > 1);
    const channel = leadsChannelOf(leadsChannels, all);
    if (channel !== undefined) {
      const check = about(server, `leads' channel #${channel.name}`);
      yield judgePlace(server, channel, inLeadsChannel, check, "cases are told there");
      yield* judgeThreads(server, channel, check);
      if (isOpen(server, channel)) {
        const says = "everybody in the server can read it, and with it what customers answer";
        const mend = "Edit Channel, Permissions, Private Channel: add the leads and the bot only.";
        yield mended(check, says, mend);
      }
    } else if (several !== undefined) {
      const says = `several channels are called ${several}, and none of them is used`;
      const mend =
        "Put the channel's id into DISCORD_LEADS_CHANNEL (right-click, Copy Channel ID).";
      yield mended(about(server, "leads' channel"), says, mend);
    } else {
      const entries = listed(leadsChannels.map(hashed));
      yield notFound("leads' channel", entries, "DISCORD_LEADS_CHANNEL", server);
    }
  }
}

function notFound(what: string, entry: string, setting: string, server?: Server): Finding {
  const mend = `Check the name in ${setting}, or put the id there (Developer Mode, right-click, Copy Channel ID).`;
  const check = server === undefined ? `Discord ${what} ${hashed(entry)}` : about(server, what);
  return mended(check, server === undefined ? "it is not found" : `${entry} is not found`, mend);
}

const hashed = (entry: string): string => (isSnowflake(entry) ? entry : `#${entry}`);

function noSupportChannel(): Finding {
  const says = "none is set, so that no chat is followed up";
  const mend = "Set DISCORD_SUPPORT_CHANNELS, for example: help,Support Tickets";
  return mended("Discord support channels", says, mend);
}

function noLeadsChannel(): Finding {
  const says = "none is set: nobody hears of low scores by themselves (DISCORD_LEADS_CHANNEL)";
  return fine("Discord leads' channel", says);
}
