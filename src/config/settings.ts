/** Every setting by its name: what is allowed, an example, the check. One entry, one setting. */
import { z } from "zod";
import { logLevels } from "../log.ts";
import {
  eachIs,
  isChannel,
  isEmoji,
  isGroup,
  isHoursOrOff,
  isOneLine,
  isOnOrOff,
  isTimeZone,
  isWebAddress,
} from "./checks.ts";

/** Shortest secret and password we accept, in characters. */
export const SHORTEST_SECRET = 32;
const SHORTEST_PASSWORD = 12;

/** One setting as an operator sees it. */
export interface Setting {
  readonly allowed: string;
  readonly example: string;
  /** Never shown, only its length. */
  readonly secret?: true;
}

export interface CheckedSetting extends Setting {
  readonly check: (value: string) => boolean;
}

/** In the order of the documentation. */
export const settings = {
  DATABASE_URL: {
    allowed:
      "the address of a PostgreSQL database; not set: the embedded database in the data folder",
    example: "postgres://aftertalk:password@db.example.com:5432/aftertalk",
    secret: true,
    check: (v) => z.url({ protocol: /^postgres(ql)?$/ }).safeParse(v).success,
  },
  AFTERTALK_DATA_DIR: {
    allowed: "a folder that aftertalk may write to (./.data)",
    example: "/var/lib/aftertalk",
    check: (v) => isOneLine(v, 4096),
  },
  PORT: {
    allowed: "a whole number from 0 to 65535; 0 takes any free port (3000)",
    example: "3000",
    check: (v) => /^\d{1,5}$/.test(v) && Number(v) <= 65_535,
  },
  HOST: {
    allowed: "the address to listen on, without a scheme or a port (127.0.0.1)",
    example: "127.0.0.1",
    check: (v) => /^(?=.{1,253}$)[\w.-]+$|^[\da-fA-F:]+(%\w+)?$/.test(v),
  },
  AFTERTALK_COMPANY: {
    allowed: "the name that questions use, one line of at most 80 characters (Acme)",
    example: "Acme",
    check: (v) => isOneLine(v, 80),
  },
  AFTERTALK_TIME_ZONE: {
    allowed: "an IANA time zone (the machine's)",
    example: "Europe/Berlin",
    check: isTimeZone,
  },
  AFTERTALK_ASK_AFTER_MINUTES: {
    allowed:
      "whole minutes from 0 to 1440 between the closing of a chat and the question (15; in the playground a quarter of a minute)",
    example: "30",
    check: (v) => /^\d{1,4}$/.test(v) && Number(v) <= 1440,
  },
  AFTERTALK_PLAYGROUND: {
    allowed: "on or off (on, unless a Slack or Discord token is set)",
    example: "off",
    check: isOnOrOff,
  },
  AFTERTALK_PLAYGROUND_PASSWORD: {
    allowed: `at least ${SHORTEST_PASSWORD} characters; needed when the playground is on and HOST is not this machine only`,
    example: "quiet-otter-sails-north",
    secret: true,
    check: (v) => v.length >= SHORTEST_PASSWORD,
  },
  AFTERTALK_SECRET: {
    allowed: `at least ${SHORTEST_SECRET} characters; not set: made once and kept in the data folder`,
    example: "the output of: openssl rand -hex 32",
    secret: true,
    check: (v) => v.length >= SHORTEST_SECRET,
  },
  AFTERTALK_LOG_LEVEL: {
    allowed: `${logLevels.slice(0, -1).join(", ")} or ${logLevels.at(-1)} (info; other commands than start: warn)`,
    example: "debug",
    check: (v) => z.enum(logLevels).safeParse(v).success,
  },
  SLACK_BOT_TOKEN: {
    allowed:
      "the bot token of the Slack app, which begins with xoxb-; for several workspaces one each, separated by commas",
    example: "xoxb-…",
    secret: true,
    check: eachIs((v) => /^xoxb-\S+$/.test(v)),
  },
  SLACK_APP_TOKEN: {
    allowed: "an app-level token of the Slack app (Socket Mode), which begins with xapp-",
    example: "xapp-…",
    secret: true,
    check: (v) => /^xapp-\S+$/.test(v),
  },
  SLACK_SIGNING_SECRET: {
    allowed: "the signing secret of the Slack app (requests over HTTP), without spaces",
    example: "8f742231b10e…",
    secret: true,
    check: (v) => /^\S{8,}$/.test(v),
  },
  SLACK_API_URL: {
    allowed: "an http or https address (Slack's own)",
    example: "https://slack.example.com/api/",
    check: isWebAddress,
  },
  SLACK_SUPPORT_CHANNELS: {
    allowed:
      "the channels whose chats are followed up, by name or id, separated by commas (none: nobody is asked)",
    example: "#help,#help-billing",
    check: eachIs(isChannel),
  },
  SLACK_TEAM: {
    allowed:
      "who answers customers: user groups (@handle or S…), users (U…), or home for everybody of the own workspace, separated by commas (home)",
    example: "@support",
    check: eachIs(isGroup),
  },
  SLACK_LEADS: {
    allowed:
      "who may see answers: user groups (@handle or S…), users (U…), or home, separated by commas (the admins only)",
    example: "@support-leads",
    check: eachIs(isGroup),
  },
  SLACK_ADMINS: {
    allowed:
      "who may change things: user groups (@handle or S…), users (U…), or home, separated by commas (the workspace's owners and admins)",
    example: "U024BE7LH",
    check: eachIs(isGroup),
  },
  SLACK_LEADS_CHANNEL: {
    allowed:
      "the channel that hears of low scores, by name or id; several separated by commas (none)",
    example: "#support-leads",
    check: eachIs(isChannel),
  },
  SLACK_CLOSE_EMOJI: {
    allowed:
      "the reactions that close a chat, by name or as themselves, separated by commas (white_check_mark)",
    example: "✅,heavy_check_mark",
    check: eachIs(isEmoji),
  },
  SLACK_ASK_IN: {
    allowed: "direct (a message to the customer alone) or thread (where the chat was) (direct)",
    example: "thread",
    check: (v) => v === "direct" || v === "thread",
  },
  SLACK_CLOSE_AFTER_HOURS: {
    allowed:
      "the hours of silence after which a chat counts as closed, from 1 to 8760, or off (72); its customer is not asked",
    example: "48",
    check: isHoursOrOff,
  },
  SLACK_CLOSE_BUTTON: {
    allowed: "on or off: whether a button that closes it is posted into each chat (off)",
    example: "on",
    check: isOnOrOff,
  },
  DISCORD_TOKEN: {
    allowed: "the token of a Discord bot, without spaces",
    example: "MTE4…",
    secret: true,
    check: (v) => /^\S{8,}$/.test(v),
  },
  DISCORD_API_URL: {
    allowed: "an http or https address (Discord's own)",
    example: "https://discord.example.com/api",
    check: isWebAddress,
  },
} satisfies Record<string, CheckedSetting>;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];
