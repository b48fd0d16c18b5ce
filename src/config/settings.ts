/** Every setting by its name: what is allowed, an example, the check. One entry, one setting. */
import { z } from "zod";
import { logLevels } from "../log.ts";
import { eachIs, isOneLine, isOnOrOff, isTimeZone } from "./checks.ts";
import { discordSettings } from "./discord.ts";
import type { CheckedSetting } from "./setting.ts";
import { slackSettings } from "./slack.ts";

/** Shortest secret and password we accept, in characters. */
export const SHORTEST_SECRET = 32;
const SHORTEST_PASSWORD = 12;

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
  AFTERTALK_SECRET_PREVIOUS: {
    allowed: `secrets that AFTERTALK_SECRET was before, each of at least ${SHORTEST_SECRET} characters, separated by commas (none)`,
    example: "the value that AFTERTALK_SECRET had until now",
    secret: true,
    check: eachIs((entry) => entry.length >= SHORTEST_SECRET),
  },
  AFTERTALK_LOG_LEVEL: {
    allowed: `${logLevels.slice(0, -1).join(", ")} or ${logLevels.at(-1)} (info; other commands than start: warn)`,
    example: "debug",
    check: (v) => z.enum(logLevels).safeParse(v).success,
  },
  ...slackSettings,
  ...discordSettings,
} satisfies Record<string, CheckedSetting>;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];
