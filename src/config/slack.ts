/** How Slack is set up: its settings, and what is read from them. */
import {
  eachIs,
  isChannel,
  isEmoji,
  isGroup,
  isHoursOrOff,
  isOnOrOff,
  isWebAddress,
  listOf,
} from "./checks.ts";
import { emojiNames } from "./emoji.ts";
import type { CheckedSetting } from "./setting.ts";

export const slackSettings = {
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
} satisfies Record<string, CheckedSetting>;

/** How Slack is set up. Channels and groups as they were written: `#help`, `@support` or ids. */
export interface SlackConfig {
  /** None: there is no Slack. */
  readonly botTokens: readonly string[];
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly apiUrl: string | undefined;
  readonly supportChannels: readonly string[];
  readonly team: readonly string[];
  readonly leads: readonly string[];
  /** None: the workspace's owners and admins. */
  readonly admins: readonly string[];
  readonly leadsChannels: readonly string[];
  /** Names without colons. */
  readonly closeEmoji: readonly string[];
  readonly askIn: "direct" | "thread";
  /** Hours of silence; null: never. */
  readonly closeAfterHours: number | null;
  readonly closeButton: boolean;
}

/** Reads what was checked before. */
export function readSlack(
  get: (name: keyof typeof slackSettings) => string | undefined,
): SlackConfig {
  const hours = get("SLACK_CLOSE_AFTER_HOURS") ?? "72";
  return {
    botTokens: listOf(get("SLACK_BOT_TOKEN")),
    appToken: get("SLACK_APP_TOKEN"),
    signingSecret: get("SLACK_SIGNING_SECRET"),
    apiUrl: get("SLACK_API_URL"),
    supportChannels: listOf(get("SLACK_SUPPORT_CHANNELS")),
    team: listOf(get("SLACK_TEAM") ?? "home"),
    leads: listOf(get("SLACK_LEADS")),
    admins: listOf(get("SLACK_ADMINS")),
    leadsChannels: listOf(get("SLACK_LEADS_CHANNEL")),
    closeEmoji: emojiNames(listOf(get("SLACK_CLOSE_EMOJI") ?? "white_check_mark")),
    askIn: get("SLACK_ASK_IN") === "thread" ? "thread" : "direct",
    closeAfterHours: hours === "off" ? null : Number(hours),
    closeButton: get("SLACK_CLOSE_BUTTON") === "on",
  };
}
