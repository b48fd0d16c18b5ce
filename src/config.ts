/**
 * Settings. Each is one entry of {@link settings}; {@link readConfig} reads them all and reports
 * every problem in one message, so that nobody mends a deployment one restart at a time.
 */
import { resolve } from "node:path";
import { listOf } from "./config/checks.ts";
import { emojiNames } from "./config/emoji.ts";
import {
  badSettings,
  describe,
  type Given,
  misspeltSlackNames,
  quote,
  shown,
  unknownNames,
  wrongValues,
} from "./config/problems.ts";
import { type SettingName, settings } from "./config/settings.ts";
import { type LogLevel, logLevels } from "./log.ts";

/** Where settings come from: the environment, handed in by main.ts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** All settings, checked. Frozen; `undefined` means not set. */
export interface Config {
  /** Without it the embedded database in the data folder is used. */
  readonly databaseUrl: string | undefined;
  /** Absolute path. */
  readonly dataFolder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Named in questions; the name of a new workspace. */
  readonly company: string;
  /** IANA name; the zone of a new workspace. */
  readonly timeZone: string;
  /** Wait between the closing of a chat and the question; the playground has its own when not set. */
  readonly askAfterMinutes: number | undefined;
  readonly playground: { readonly on: boolean; readonly password: string | undefined };
  /** Signs button tokens and encrypts platform tokens; see loadSecret for when it is not set. */
  readonly secret: string | undefined;
  /** Not set: `info` for the running service, `warn` for the other commands. */
  readonly logLevel: LogLevel | undefined;
  readonly slack: SlackConfig;
  readonly discord: { readonly token: string | undefined; readonly apiUrl: string | undefined };
}

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

/** The value of a setting, without the spaces around it; undefined when it is empty. */
type Get = (name: SettingName) => string | undefined;

/**
 * Reads every setting; empty values count as not set. Throws one `bad-setting` AppError that lists
 * all problems, each with the name, what was given (secrets only by length), what is allowed and an
 * example.
 */
export function readConfig(env: Environment): Config {
  const given = new Map(Object.entries(env).filter(([, value]) => value?.trim()));
  const get: Get = (name) => given.get(name)?.trim();
  const host = get("HOST") ?? "127.0.0.1";
  const playground = {
    on: isPlaygroundOn(get),
    password: get("AFTERTALK_PLAYGROUND_PASSWORD"),
  };
  const problems = [
    ...wrongValues(given),
    ...unknownNames(given),
    ...openPlayground(playground, host),
    ...incompleteSlack(get, given),
  ];
  if (problems.length > 0) throw badSettings(problems);

  return deepFreeze({
    databaseUrl: get("DATABASE_URL"),
    dataFolder: resolve(get("AFTERTALK_DATA_DIR") ?? "./.data"),
    port: Number(get("PORT") ?? 3000),
    host,
    company: get("AFTERTALK_COMPANY") ?? "Acme",
    timeZone: get("AFTERTALK_TIME_ZONE") ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    askAfterMinutes: optionalNumber(get("AFTERTALK_ASK_AFTER_MINUTES")),
    playground,
    secret: get("AFTERTALK_SECRET"),
    logLevel: logLevels.find((level) => level === get("AFTERTALK_LOG_LEVEL")),
    slack: readSlack(get),
    discord: { token: get("DISCORD_TOKEN"), apiUrl: get("DISCORD_API_URL") },
  });
}

function readSlack(get: Get): SlackConfig {
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

function isPlaygroundOn(get: Get): boolean {
  const onPlatform = get("SLACK_BOT_TOKEN") !== undefined || get("DISCORD_TOKEN") !== undefined;
  return (get("AFTERTALK_PLAYGROUND") ?? (onPlatform ? "off" : "on")) === "on";
}

/** Short names for the machine itself: whoever listens there is reached from nowhere else. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function openPlayground({ on, password }: Config["playground"], host: string): string[] {
  if (!on || password !== undefined || isLoopback(host) || !settings.HOST.check(host)) return [];
  return [describe("AFTERTALK_PLAYGROUND_PASSWORD", `not set, while HOST is ${quote(host)}`)];
}

/** A bot token needs a way in, and a way in needs a bot token. */
function incompleteSlack(get: Get, given: Given): string[] {
  const bot = get("SLACK_BOT_TOKEN");
  const wayIn = (["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"] as const).filter(
    (name) => get(name) !== undefined,
  );
  if (bot === undefined) {
    return wayIn.length === 0
      ? []
      : [describe("SLACK_BOT_TOKEN", `not set, while ${wayIn.join(" and ")} is`)];
  }
  if (wayIn.length > 0) return misspeltSlackNames(given);
  const alone = `  SLACK_BOT_TOKEN\n    given:   ${shown("SLACK_BOT_TOKEN", bot)}, but no way for Slack to reach aftertalk`;
  const add =
    "    add:     SLACK_APP_TOKEN (Socket Mode: no public address is needed) or SLACK_SIGNING_SECRET (HTTP)";
  return [`${alone}\n${add}`, ...misspeltSlackNames(given)];
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === "object" && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}

function optionalNumber(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
