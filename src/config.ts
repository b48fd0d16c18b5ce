/**
 * Settings. Each is one entry of {@link settings}; {@link readConfig} reads them all and reports
 * every problem in one message, so that nobody mends a deployment one restart at a time.
 */
import { resolve } from "node:path";
import { listOf } from "./config/checks.ts";
import { type DiscordConfig, readDiscord } from "./config/discord.ts";
import {
  badSettings,
  describe,
  type Given,
  misspeltNames,
  quote,
  shown,
  unknownNames,
  wrongValues,
} from "./config/problems.ts";
import { type SettingName, settings } from "./config/settings.ts";
import { readSlack, type SlackConfig } from "./config/slack.ts";
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
  /** Signs button tokens and seals secrets in the database; see loadSecrets for when it is not set. */
  readonly secret: string | undefined;
  /** Secrets from before: what they signed and sealed is still understood. */
  readonly previousSecrets: readonly string[];
  /** Not set: `info` for the running service, `warn` for the other commands. */
  readonly logLevel: LogLevel | undefined;
  readonly slack: SlackConfig;
  readonly discord: DiscordConfig;
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
    ...(get("DISCORD_TOKEN") === undefined ? [] : misspeltNames(given, "DISCORD_")),
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
    previousSecrets: listOf(get("AFTERTALK_SECRET_PREVIOUS")),
    logLevel: logLevels.find((level) => level === get("AFTERTALK_LOG_LEVEL")),
    slack: readSlack(get),
    discord: readDiscord(get),
  });
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
  if (wayIn.length > 0) return misspeltNames(given, "SLACK_");
  const alone = `  SLACK_BOT_TOKEN\n    given:   ${shown("SLACK_BOT_TOKEN", bot)}, but no way for Slack to reach aftertalk`;
  const add =
    "    add:     SLACK_APP_TOKEN (Socket Mode: no public address is needed) or SLACK_SIGNING_SECRET (HTTP)";
  return [`${alone}\n${add}`, ...misspeltNames(given, "SLACK_")];
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
