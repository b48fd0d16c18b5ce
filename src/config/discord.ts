/** How Discord is set up: its settings, and what is read from them. */
import {
  eachIs,
  isHoursOrOff,
  isId,
  isNameOrId,
  isOneLine,
  isOnOrOff,
  isWebAddress,
  listOf,
} from "./checks.ts";
import { discordEmoji, isDiscordEmoji } from "./emoji.ts";
import type { CheckedSetting } from "./setting.ts";
import { parseShards, type Shards } from "./shards.ts";

/** "Solved" as the tags of a forum say it, in our languages. */
const solvedTags =
  "solved,resolved,done,answered,已解决,已完成,已回答,已解決,решено,решён,готово,отвечено";
/** Ticket bots rename a ticket that is closed: `closed-0042`. */
const closedNames = "closed-";

/** Why a list by commas cannot name everything, said once for all of them. */
const byNameOrId =
  "by name or id, separated by commas (a name that has a comma in it: only by its id)";

const areChannels = eachIs((entry) => isNameOrId(entry, "#"));
/** @everyone would make every customer one of the team. */
const areRoles = eachIs((entry) => isNameOrId(entry, "@") && !/^@?(everyone|here)$/i.test(entry));

export const discordSettings = {
  DISCORD_TOKEN: {
    allowed: "the token of the Discord bot, without spaces and without the word Bot before it",
    example: "MTE4…",
    secret: true,
    check: (v) => /^\S{8,}$/.test(v),
  },
  DISCORD_GUILDS: {
    allowed:
      "the servers to work in, by id (17 to 20 digits), separated by commas (the only one that the bot is in)",
    example: "197038439483310086",
    check: eachIs(isId),
  },
  DISCORD_SUPPORT_CHANNELS: {
    allowed: `where support happens: text channels (their threads), forums (their posts) and categories (their ticket channels), ${byNameOrId}; none: nobody is asked`,
    example: "help,help-forum,Support Tickets",
    check: areChannels,
  },
  DISCORD_TEAM: {
    allowed: `the roles that answer customers, ${byNameOrId}; never everyone (whoever may manage threads or messages)`,
    example: "Support",
    check: areRoles,
  },
  DISCORD_LEADS: {
    allowed: `the roles that may see answers, ${byNameOrId}; never everyone (the admins only)`,
    example: "Support Leads",
    check: areRoles,
  },
  DISCORD_ADMINS: {
    allowed: `the roles that may change things, ${byNameOrId}; never everyone (whoever may manage the server)`,
    example: "Admins",
    check: areRoles,
  },
  DISCORD_LEADS_CHANNEL: {
    allowed: `the channel that hears of low scores, ${byNameOrId}; of several servers one each (none)`,
    example: "support-leads",
    check: areChannels,
  },
  DISCORD_CLOSE_EMOJI: {
    allowed:
      "the reactions that close a chat, as themselves or a server's own emoji by name, separated by commas (✅)",
    example: "✅,done_parrot",
    check: eachIs(isDiscordEmoji),
  },
  DISCORD_SOLVED_TAGS: {
    allowed: `the tags of forum posts that say that they are solved, separated by commas (${solvedTags})`,
    example: "Solved,Won't fix",
    check: eachIs((v) => isOneLine(v, 50)),
  },
  DISCORD_CLOSED_NAMES: {
    allowed: `how the names of closed ticket channels begin, separated by commas (${closedNames})`,
    example: "closed-,done-",
    check: eachIs((v) => isOneLine(v, 100)),
  },
  DISCORD_ASK_IN: {
    allowed: "direct (a message to the customer alone) or thread (where the chat was) (direct)",
    example: "thread",
    check: (v) => v === "direct" || v === "thread",
  },
  DISCORD_CLOSE_AFTER_HOURS: {
    allowed:
      "the hours of silence after which a chat counts as closed, from 1 to 8760, or off (72); its customer is not asked",
    example: "48",
    check: isHoursOrOff,
  },
  DISCORD_CLOSE_BUTTON: {
    allowed: "on or off: whether a button that closes it is posted into each chat (off)",
    example: "on",
    check: isOnOrOff,
  },
  DISCORD_SHARDS: {
    allowed:
      "the shards that this process runs, of how many: 0-1/4 or 0,2/4 (as many as Discord recommends, all here)",
    example: "0-1/4",
    check: (v) => parseShards(v) !== undefined,
  },
  DISCORD_API_URL: {
    allowed: "an http or https address (Discord's own)",
    example: "https://discord.example.com/api",
    check: isWebAddress,
  },
} satisfies Record<string, CheckedSetting>;

/** How Discord is set up. Channels and roles as ids, or as names without `#` or `@` before them. */
export interface DiscordConfig {
  /** None: there is no Discord. */
  readonly token: string | undefined;
  readonly apiUrl: string | undefined;
  /** Ids. None: the only server that the bot is in. */
  readonly guilds: readonly string[];
  readonly supportChannels: readonly string[];
  /** None: whoever may manage threads or messages. */
  readonly team: readonly string[];
  readonly leads: readonly string[];
  /** None: whoever may manage the server. */
  readonly admins: readonly string[];
  readonly leadsChannels: readonly string[];
  /** As themselves, without what says how they are drawn (✔ and not ✔️), or by name. */
  readonly closeEmoji: readonly string[];
  readonly solvedTags: readonly string[];
  readonly closedNames: readonly string[];
  readonly askIn: "direct" | "thread";
  /** Hours of silence; null: never. */
  readonly closeAfterHours: number | null;
  readonly closeButton: boolean;
  /** Not set: as many as Discord recommends, all in this process. */
  readonly shards: Shards | undefined;
}

/** Reads what was checked before. */
export function readDiscord(
  get: (name: keyof typeof discordSettings) => string | undefined,
): DiscordConfig {
  const hours = get("DISCORD_CLOSE_AFTER_HOURS") ?? "72";
  return {
    token: get("DISCORD_TOKEN"),
    apiUrl: get("DISCORD_API_URL"),
    guilds: listOf(get("DISCORD_GUILDS")),
    supportChannels: bare(get("DISCORD_SUPPORT_CHANNELS"), "#"),
    team: bare(get("DISCORD_TEAM"), "@"),
    leads: bare(get("DISCORD_LEADS"), "@"),
    admins: bare(get("DISCORD_ADMINS"), "@"),
    leadsChannels: bare(get("DISCORD_LEADS_CHANNEL"), "#"),
    closeEmoji: discordEmoji(listOf(get("DISCORD_CLOSE_EMOJI") ?? "✅")),
    solvedTags: listOf(get("DISCORD_SOLVED_TAGS") ?? solvedTags),
    closedNames: listOf(get("DISCORD_CLOSED_NAMES") ?? closedNames),
    askIn: get("DISCORD_ASK_IN") === "thread" ? "thread" : "direct",
    closeAfterHours: hours === "off" ? null : Number(hours),
    closeButton: get("DISCORD_CLOSE_BUTTON") === "on",
    shards: parseShards(get("DISCORD_SHARDS") ?? ""),
  };
}

/** `#help` and `help` are the same channel, `@Support` and `Support` the same role. */
function bare(list: string | undefined, sign: string): readonly string[] {
  const names = listOf(list).map((entry) =>
    entry.startsWith(sign) ? entry.slice(1).trim() : entry,
  );
  return [...new Set(names)];
}
