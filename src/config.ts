/**
 * Settings. Each is one line of {@link settings}; {@link readConfig} reads them all and reports
 * every problem in one message, so that nobody mends a deployment one restart at a time.
 */
import { resolve } from "node:path";
import { z } from "zod";
import { nearest } from "./commands/nearest.ts";
import { AppError } from "./errors.ts";
import { type LogLevel, logLevels } from "./log.ts";

/** Shortest secret and password we accept, in characters. */
export const SHORTEST_SECRET = 32;
const SHORTEST_PASSWORD = 12;

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
  readonly playground: { readonly on: boolean; readonly password: string | undefined };
  /** Signs button tokens and encrypts platform tokens; see loadSecret for when it is not set. */
  readonly secret: string | undefined;
  /** Not set: `info` for the running service, `warn` for the other commands. */
  readonly logLevel: LogLevel | undefined;
  readonly slack: {
    readonly botToken: string | undefined;
    readonly appToken: string | undefined;
    readonly signingSecret: string | undefined;
    readonly apiUrl: string | undefined;
  };
  readonly discord: { readonly token: string | undefined; readonly apiUrl: string | undefined };
}

/** One setting as an operator sees it. */
export interface Setting {
  readonly allowed: string;
  readonly example: string;
  /** Never shown, only its length. */
  readonly secret?: true;
}

interface CheckedSetting extends Setting {
  readonly check: (value: string) => boolean;
}

const web = (value: string): boolean => z.url({ protocol: /^https?$/ }).safeParse(value).success;
const oneLine = (value: string, max: number): boolean =>
  value.trim() !== "" && value.length <= max && !/\p{Cc}/u.test(value);

function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false; // a bare offset knows no summer time
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** Every setting by its name, in the order of the documentation. */
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
    check: (v) => oneLine(v, 4096),
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
    check: (v) => oneLine(v, 80),
  },
  AFTERTALK_TIME_ZONE: {
    allowed: "an IANA time zone (the machine's)",
    example: "Europe/Berlin",
    check: isTimeZone,
  },
  AFTERTALK_PLAYGROUND: {
    allowed: "on or off (on, unless a Slack or Discord token is set)",
    example: "off",
    check: (v) => v === "on" || v === "off",
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
    allowed: "a bot token of a Slack app, which begins with xoxb-",
    example: "xoxb-…",
    secret: true,
    check: (v) => /^xoxb-\S+$/.test(v),
  },
  SLACK_APP_TOKEN: {
    allowed: "an app-level token of a Slack app (Socket Mode), which begins with xapp-",
    example: "xapp-…",
    secret: true,
    check: (v) => /^xapp-\S+$/.test(v),
  },
  SLACK_SIGNING_SECRET: {
    allowed: "the signing secret of a Slack app (requests over HTTP), without spaces",
    example: "8f742231b10e…",
    secret: true,
    check: (v) => /^\S{8,}$/.test(v),
  },
  SLACK_API_URL: {
    allowed: "an http or https address (Slack's own)",
    example: "https://slack.example.com/api/",
    check: web,
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
    check: web,
  },
} satisfies Record<string, CheckedSetting>;

type SettingName = keyof typeof settings;
const names = Object.keys(settings) as SettingName[];

/** Short names for the machine itself: whoever listens there is reached from nowhere else. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Reads every setting; empty values count as not set. Throws one `bad-setting` AppError that lists
 * all problems, each with the name, what was given (secrets only by length), what is allowed and an
 * example.
 */
export function readConfig(env: Environment): Config {
  const given = new Map(Object.entries(env).filter(([, value]) => value?.trim()));
  const problems = [...wrongValues(given), ...unknownNames(given)];
  const get = (name: SettingName): string | undefined => given.get(name)?.trim();

  const host = get("HOST") ?? "127.0.0.1";
  const onPlatform = get("SLACK_BOT_TOKEN") !== undefined || get("DISCORD_TOKEN") !== undefined;
  const playground = (get("AFTERTALK_PLAYGROUND") ?? (onPlatform ? "off" : "on")) === "on";
  const password = get("AFTERTALK_PLAYGROUND_PASSWORD");
  if (playground && settings.HOST.check(host) && !isLoopback(host) && password === undefined) {
    problems.push(
      describe("AFTERTALK_PLAYGROUND_PASSWORD", `not set, while HOST is ${quote(host)}`),
    );
  }
  if (problems.length > 0) throw badSettings(problems);

  return freeze({
    databaseUrl: get("DATABASE_URL"),
    dataFolder: resolve(get("AFTERTALK_DATA_DIR") ?? "./.data"),
    port: Number(get("PORT") ?? 3000),
    host,
    company: get("AFTERTALK_COMPANY") ?? "Acme",
    timeZone: get("AFTERTALK_TIME_ZONE") ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    playground: { on: playground, password },
    secret: get("AFTERTALK_SECRET"),
    logLevel: logLevels.find((level) => level === get("AFTERTALK_LOG_LEVEL")),
    slack: {
      botToken: get("SLACK_BOT_TOKEN"),
      appToken: get("SLACK_APP_TOKEN"),
      signingSecret: get("SLACK_SIGNING_SECRET"),
      apiUrl: get("SLACK_API_URL"),
    },
    discord: { token: get("DISCORD_TOKEN"), apiUrl: get("DISCORD_API_URL") },
  });
}

function freeze(config: Config): Config {
  Object.freeze(config.playground);
  Object.freeze(config.slack);
  Object.freeze(config.discord);
  return Object.freeze(config);
}

function wrongValues(given: ReadonlyMap<string, string | undefined>): string[] {
  return names.flatMap((name) => {
    const value = given.get(name)?.trim();
    const setting: CheckedSetting = settings[name];
    if (value === undefined || setting.check(value)) return [];
    const shown = setting.secret ? `set, ${value.length} characters` : quote(value);
    return [describe(name, `${shown}${didYouMean(name, value)}`)];
  });
}

/** Zones are the one value where a typo has a nearest match worth naming. */
function didYouMean(name: SettingName, value: string): string {
  if (name !== "AFTERTALK_TIME_ZONE") return "";
  const zone = nearest(value, Intl.supportedValuesOf("timeZone"));
  return zone === undefined ? "" : ` (did you mean ${zone}?)`;
}

function unknownNames(given: ReadonlyMap<string, string | undefined>): string[] {
  const ours = [...given.keys()].filter((name) => name.startsWith("AFTERTALK_"));
  const unknown = ours.filter((name) => !names.some((known) => known === name));
  return unknown.sort().map((name) => {
    const known = names.find(
      (n) =>
        n ===
        nearest(
          name,
          names.filter((n) => n.startsWith("AFTERTALK_")),
        ),
    );
    const setting: Setting | undefined = known && settings[known];
    const hint = setting
      ? `; did you mean ${known}?\n    allowed: ${setting.allowed}\n    example: ${known}=${setting.example}`
      : "";
    return `  ${JSON.stringify(name).slice(1, -1)}\n    is not a setting of aftertalk${hint}`;
  });
}

function describe(name: SettingName, given: string): string {
  const { allowed, example } = settings[name];
  return `  ${name}\n    given:   ${given}\n    allowed: ${allowed}\n    example: ${name}=${example}`;
}

function quote(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

function badSettings(problems: readonly string[]): AppError {
  const many = problems.length === 1 ? "A setting is" : `${problems.length} settings are`;
  return new AppError("bad-setting", `${many} not usable:\n${problems.join("\n")}`, {
    advice: "Change them in the environment and start again; docs/command-line.md lists them all.",
  });
}
