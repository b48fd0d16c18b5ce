import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Setting } from "../src/config/setting.ts";
import { settings } from "../src/config/settings.ts";
import { type Environment, readConfig } from "../src/config.ts";
import { AppError } from "../src/errors.ts";

function problemsOf(env: Environment): string {
  try {
    readConfig(env);
    return "";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe("bad-setting");
    return error.message;
  }
}

const names = Object.keys(settings);
/** The least that Slack needs. */
const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
const secrets = Object.entries(settings)
  .filter(([, setting]: [string, Setting]) => setting.secret)
  .map(([name]) => name);

describe("settings", () => {
  test("none are needed", () => {
    expect(readConfig({})).toMatchObject({
      databaseUrl: undefined,
      dataFolder: resolve("./.data"),
      port: 3000,
      host: "127.0.0.1",
      company: "Acme",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      playground: { on: true, password: undefined },
      secret: undefined,
      previousSecrets: [],
      logLevel: undefined,
    });
  });

  test("each is read under its own name", () => {
    const env = {
      DATABASE_URL: "postgres://a:b@localhost:5432/aftertalk",
      AFTERTALK_DATA_DIR: "/data",
      PORT: "0",
      HOST: "::1",
      AFTERTALK_COMPANY: " Blue Harbour ",
      AFTERTALK_TIME_ZONE: "Asia/Taipei",
      AFTERTALK_ASK_AFTER_MINUTES: "0",
      AFTERTALK_PLAYGROUND: "on",
      AFTERTALK_PLAYGROUND_PASSWORD: "a-long-password",
      AFTERTALK_SECRET: "s".repeat(32),
      AFTERTALK_SECRET_PREVIOUS: `${"o".repeat(32)}, ${"p".repeat(32)}`,
      AFTERTALK_LOG_LEVEL: "debug",
      SLACK_BOT_TOKEN: "xoxb-1, xoxb-2",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_SIGNING_SECRET: "12345678",
      SLACK_API_URL: "http://localhost:1/api/",
      SLACK_SUPPORT_CHANNELS: "#help, C0123ABCD,,#help",
      SLACK_TEAM: "@support,U0123ABCD",
      SLACK_LEADS: "S0123ABCD",
      SLACK_ADMINS: "@admins",
      SLACK_LEADS_CHANNEL: "#leads",
      SLACK_CLOSE_EMOJI: "✔️,:white_check_mark:,👍🏽,+1",
      SLACK_ASK_IN: "thread",
      SLACK_CLOSE_AFTER_HOURS: "48",
      SLACK_CLOSE_BUTTON: "on",
      DISCORD_TOKEN: "abcdefgh",
      DISCORD_GUILDS: "197038439483310086, 81384788765712384",
      DISCORD_SUPPORT_CHANNELS: "#help,Support 🎫, help, 客服, 197038439483310087",
      DISCORD_TEAM: "@Support Team, Поддержка",
      DISCORD_LEADS: "197038439483310088",
      DISCORD_ADMINS: "Boss",
      DISCORD_LEADS_CHANNEL: "#leads",
      DISCORD_CLOSE_EMOJI: "✔️,:done_parrot:,white_check_mark,✅,+1",
      DISCORD_SOLVED_TAGS: "Won't fix, ✅ gelöst",
      DISCORD_CLOSED_NAMES: "closed-, zu-",
      DISCORD_ASK_IN: "thread",
      DISCORD_CLOSE_AFTER_HOURS: "off",
      DISCORD_CLOSE_BUTTON: "on",
      DISCORD_SHARDS: "2,0-1/4",
      DISCORD_API_URL: "http://localhost:2/api",
    };
    expect(Object.keys(env).sort()).toEqual([...names].sort());
    expect(readConfig(env)).toEqual({
      databaseUrl: "postgres://a:b@localhost:5432/aftertalk",
      dataFolder: "/data",
      port: 0,
      host: "::1",
      company: "Blue Harbour",
      timeZone: "Asia/Taipei",
      askAfterMinutes: 0,
      playground: { on: true, password: "a-long-password" },
      secret: "s".repeat(32),
      previousSecrets: ["o".repeat(32), "p".repeat(32)],
      logLevel: "debug",
      slack: {
        botTokens: ["xoxb-1", "xoxb-2"],
        appToken: "xapp-1",
        signingSecret: "12345678",
        apiUrl: "http://localhost:1/api/",
        supportChannels: ["#help", "C0123ABCD"],
        team: ["@support", "U0123ABCD"],
        leads: ["S0123ABCD"],
        admins: ["@admins"],
        leadsChannels: ["#leads"],
        closeEmoji: ["heavy_check_mark", "white_check_mark", "+1"],
        askIn: "thread",
        closeAfterHours: 48,
        closeButton: true,
      },
      discord: {
        token: "abcdefgh",
        apiUrl: "http://localhost:2/api",
        guilds: ["197038439483310086", "81384788765712384"],
        supportChannels: ["help", "Support 🎫", "客服", "197038439483310087"],
        team: ["Support Team", "Поддержка"],
        leads: ["197038439483310088"],
        admins: ["Boss"],
        leadsChannels: ["leads"],
        closeEmoji: ["✔", "done_parrot", "✅", "👍"],
        solvedTags: ["Won't fix", "✅ gelöst"],
        closedNames: ["closed-", "zu-"],
        askIn: "thread",
        closeAfterHours: null,
        closeButton: true,
        shards: { ids: [0, 1, 2], total: 4 },
      },
    });
  });

  test("cannot be changed once they are read", () => {
    const config = readConfig({});
    const { playground, slack, discord } = config;
    for (const part of [config, playground, slack, slack.team, slack.closeEmoji, discord]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test("that are empty count as not set", () => {
    const empty = Object.fromEntries(names.map((name, i) => [name, i % 2 ? "" : "  "]));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test("that are wrong are all told at once, with what was given, what is allowed and an example", () => {
    const message = problemsOf({
      DATABASE_URL: "mysql://root:hunter2@localhost/x",
      PORT: "http",
      HOST: "http://0.0.0.0",
      AFTERTALK_TIME_ZONE: "Europe/Berln",
      AFTERTALK_LOG_LEVEL: "loud",
      SLACK_API_URL: "ftp://slack",
    });
    expect(message).toContain("6 settings are not usable");
    expect(message).toContain("DATABASE_URL\n    given:   set, 32 characters");
    expect(message).toContain(`PORT\n    given:   "http"\n    allowed: ${settings.PORT.allowed}`);
    expect(message).toContain("example: PORT=3000");
    expect(message).toContain('HOST\n    given:   "http://0.0.0.0"');
    expect(message).toContain('"Europe/Berln" (did you mean Europe/Berlin?)');
    expect(message).toContain('AFTERTALK_LOG_LEVEL\n    given:   "loud"');
    expect(message).toContain('SLACK_API_URL\n    given:   "ftp://slack"');
  });

  test.each([
    ["PORT", ["0", "65535"], ["65536", "-1", "3000.5", "0x10", "1e3"]],
    ["HOST", ["0.0.0.0", "::", "my-host.example"], ["a b", "localhost:80", "http://x"]],
    ["AFTERTALK_COMPANY", ["分析公司", "x".repeat(80)], ["x".repeat(81), "two\nlines"]],
    ["AFTERTALK_ASK_AFTER_MINUTES", ["0", "1440"], ["-1", "1.5", "1441", "soon"]],
    ["AFTERTALK_TIME_ZONE", ["UTC", "America/New_York"], ["+02:00", "Mars/Base", "x y"]],
    ["AFTERTALK_PLAYGROUND", ["off"], ["yes", "ON", "1"]],
    ["AFTERTALK_PLAYGROUND_PASSWORD", ["x".repeat(12)], ["x".repeat(11)]],
    ["AFTERTALK_SECRET", ["x".repeat(32)], ["x".repeat(31)]],
    ["DATABASE_URL", ["postgresql://h/db"], ["localhost", "http://h/db"]],
    ["SLACK_BOT_TOKEN", ["xoxb-x", "xoxb-x,xoxb-y"], ["xoxp-x", "xoxb- x", "xoxb-x,xoxp-y", ","]],
    ["SLACK_APP_TOKEN", ["xapp-x"], ["xoxb-x"]],
    [
      "SLACK_SUPPORT_CHANNELS",
      ["help", "#help-1,C0123", "#客服,#помощь"],
      ["#a b", "@x", "#", ","],
    ],
    ["SLACK_TEAM", ["home", "@support", "S012,U012,W012"], ["support", "s012", "@", "#help"]],
    ["SLACK_LEADS", ["@leads.eu"], ["leads"]],
    ["SLACK_ADMINS", ["U0123"], ["dana"]],
    ["SLACK_LEADS_CHANNEL", ["#leads,#leads-eu"], ["#leads leads"]],
    ["SLACK_CLOSE_EMOJI", ["✅", ":done:", "done", "☑️,🎉"], [":done", "Done", "✅✅", "🦒", "a b"]],
    ["SLACK_ASK_IN", ["direct", "thread"], ["dm", "Thread"]],
    ["SLACK_CLOSE_AFTER_HOURS", ["off", "1", "8760"], ["0", "8761", "on", "1.5", "-1"]],
    ["SLACK_CLOSE_BUTTON", ["on", "off"], ["yes"]],
    ["DISCORD_TOKEN", ["x".repeat(8)], ["two words", "short"]],
    ["DISCORD_API_URL", ["https://x.example/api"], ["x.example", "file:///etc"]],
    ["DISCORD_GUILDS", ["12345678901234567", "1".repeat(20)], ["Acme", "1".repeat(16), "1,2"]],
    [
      "DISCORD_SUPPORT_CHANNELS",
      ["help", "# Help Desk ☎️", "Поддержка,客服", "x".repeat(100)],
      ["#", ",", "two\nlines", "x".repeat(101)],
    ],
    ["DISCORD_TEAM", ["Support Team", "@支持"], ["@everyone", "Support,everyone", "@here", "@"]],
    ["DISCORD_LEADS", ["12345678901234567"], ["@everyone"]],
    ["DISCORD_ADMINS", ["The 👑"], ["everyone"]],
    ["DISCORD_LEADS_CHANNEL", ["leads", "#leads,#leads-eu"], ["#"]],
    [
      "DISCORD_CLOSE_EMOJI",
      ["✅", "🦒,👍🏽", ":done:", "1️⃣", "+1"],
      ["✅✅", ":done", "a b", "a+b"],
    ],
    ["DISCORD_SOLVED_TAGS", ["Solved,Won't fix"], [",", "x".repeat(51)]],
    ["DISCORD_CLOSED_NAMES", ["closed-,done-"], [","]],
    ["DISCORD_ASK_IN", ["direct", "thread"], ["dm"]],
    ["DISCORD_CLOSE_AFTER_HOURS", ["off", "1", "8760"], ["0", "8761"]],
    ["DISCORD_CLOSE_BUTTON", ["on", "off"], ["yes"]],
    [
      "DISCORD_SHARDS",
      ["0/1", "0-1/4", "0,2/4", "0-1, 3/4"],
      ["0", "4/4", "1-0/4", "0-4/4", "/4", "0/0", "0-1/x", "-1/4", ",/4"],
    ],
  ])("%s takes what is allowed and nothing else", (name, right, wrong) => {
    // A host that others reach needs a password, which is another matter.
    const rest = {
      AFTERTALK_PLAYGROUND_PASSWORD: "a-long-password",
      SLACK_BOT_TOKEN: "xoxb-1", // and a way into Slack needs a bot token, and it a way in
      SLACK_APP_TOKEN: "xapp-1",
    };
    for (const value of right) expect(problemsOf({ ...rest, [name]: value }), value).toBe("");
    for (const value of wrong)
      expect(problemsOf({ ...rest, [name]: value }), value).toContain(name);
  });

  test("that are secret are never shown, whatever is wrong with them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...secrets),
        fc.stringMatching(/^[~#][a-zA-Z0-9]{5}[~#] [a-zA-Z0-9]{1,20}$/),
        (name, value) => {
          const message = problemsOf({ [name]: value, PORT: "x" });
          expect(message).not.toContain(value.slice(0, 7));
          if (message.includes(name)) expect(message).toContain(`set, ${value.length} characters`);
        },
      ),
    );
  });

  test("of ours that are unknown are told with the nearest known name, without their value", () => {
    const message = problemsOf({ AFTERTALK_SECRT: "my secret", AFTERTALK_ZZZZZZZZZZZZZZ: "1" });
    expect(message).toContain("did you mean AFTERTALK_SECRET?");
    expect(message).toContain("AFTERTALK_ZZZZZZZZZZZZZZ\n    is not a setting of aftertalk");
    expect(message).not.toContain("my secret");
  });

  test("of other programs are left alone", () => {
    expect(problemsOf({ PATH: "/bin", SLACK_BOT_TOKN: "x", npm_config_x: "1" })).toBe("");
    expect(problemsOf({ ...slack, SLACK_WEBHOOK_URL: "x", SLACK_CHANNEL: "#x" })).toBe("");
  });

  test("N12 named after what every object has are no settings and break nothing", () => {
    const env = JSON.parse('{"__proto__": "x", "constructor": "y", "AFTERTALK_constructor": "z"}');
    expect(problemsOf(env)).toContain("AFTERTALK_constructor");
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe("the playground", () => {
  test("is off when a real platform is set up, unless it is asked for", () => {
    expect(readConfig(slack).playground.on).toBe(false);
    expect(readConfig({ DISCORD_TOKEN: "12345678" }).playground.on).toBe(false);
    const asked = { DISCORD_TOKEN: "12345678", AFTERTALK_PLAYGROUND: "on" };
    expect(readConfig(asked).playground.on).toBe(true);
    expect(readConfig({ AFTERTALK_PLAYGROUND: "off" }).playground.on).toBe(false);
  });

  test("wants a password when others can reach it", () => {
    for (const HOST of ["0.0.0.0", "::", "192.168.1.5", "example.com", "127.0.0.1.example.com"]) {
      expect(problemsOf({ HOST }), HOST).toContain("AFTERTALK_PLAYGROUND_PASSWORD");
      expect(problemsOf({ HOST, AFTERTALK_PLAYGROUND: "off" })).toBe("");
      expect(problemsOf({ HOST, AFTERTALK_PLAYGROUND_PASSWORD: "a-long-password" })).toBe("");
    }
    for (const HOST of ["localhost", "127.0.0.1", "127.8.8.8", "::1"]) {
      expect(problemsOf({ HOST }), HOST).toBe("");
    }
  });
});

describe("Slack", () => {
  test("is off until there is a bot token, and has its defaults", () => {
    expect(readConfig({}).slack).toEqual({
      botTokens: [],
      appToken: undefined,
      signingSecret: undefined,
      apiUrl: undefined,
      supportChannels: [],
      team: ["home"],
      leads: [],
      admins: [],
      leadsChannels: [],
      closeEmoji: ["white_check_mark"],
      askIn: "direct",
      closeAfterHours: 72,
      closeButton: false,
    });
    expect(readConfig({ ...slack, SLACK_CLOSE_AFTER_HOURS: "off" }).slack.closeAfterHours).toBe(
      null,
    );
  });

  test("needs a way in beside the bot token, and is told which there are", () => {
    const message = problemsOf({ SLACK_BOT_TOKEN: "xoxb-12345" });
    expect(message).toContain("SLACK_BOT_TOKEN\n    given:   set, 10 characters, but no way");
    expect(message).toContain("SLACK_APP_TOKEN (Socket Mode: no public address is needed)");
    expect(message).toContain("SLACK_SIGNING_SECRET (HTTP)");
    expect(message).not.toContain("xoxb-12345");
    expect(problemsOf({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "12345678" })).toBe("");
    expect(problemsOf({ ...slack, SLACK_SIGNING_SECRET: "12345678" })).toBe("");
  });

  test("needs a bot token beside a way in", () => {
    const one = problemsOf({ SLACK_APP_TOKEN: "xapp-1" });
    expect(one).toContain("SLACK_BOT_TOKEN\n    given:   not set, while SLACK_APP_TOKEN is");
    const both = problemsOf({ SLACK_APP_TOKEN: "xapp-1", SLACK_SIGNING_SECRET: "12345678" });
    expect(both).toContain("while SLACK_APP_TOKEN and SLACK_SIGNING_SECRET is");
  });

  test("settings that are ours but for the plural are told, for they would be silently left out", () => {
    const message = problemsOf({
      ...slack,
      SLACK_SUPPORT_CHANNEL: "#help",
      SLACK_LEADS_CHANNELS: "x",
    });
    expect(message).toContain("did you mean SLACK_SUPPORT_CHANNELS?");
    expect(message).toContain("did you mean SLACK_LEADS_CHANNEL?");
  });
});

describe("Discord", () => {
  test("is off until there is a token, and has its defaults", () => {
    expect(readConfig({}).discord).toEqual({
      token: undefined,
      apiUrl: undefined,
      guilds: [],
      supportChannels: [],
      team: [],
      leads: [],
      admins: [],
      leadsChannels: [],
      closeEmoji: ["✅"],
      solvedTags: expect.arrayContaining(["solved", "已解决", "已解決", "решено"]),
      closedNames: ["closed-"],
      askIn: "direct",
      closeAfterHours: 72,
      closeButton: false,
      shards: undefined,
    });
  });

  test("names with a comma cannot be listed, and the message says what to do instead", () => {
    expect(problemsOf({ DISCORD_SUPPORT_CHANNELS: "#" })).toContain(
      "a name that has a comma in it: only by its id",
    );
  });

  test("settings that are ours but for the plural are told when Discord is set up", () => {
    const wrong = { DISCORD_SUPPORT_CHANNEL: "help", DISCORD_GUILD: "x", DISCORD_WEBHOOK: "x" };
    expect(problemsOf(wrong)).toBe("");
    const message = problemsOf({ ...wrong, DISCORD_TOKEN: "12345678" });
    expect(message).toContain("did you mean DISCORD_SUPPORT_CHANNELS?");
    expect(message).toContain("did you mean DISCORD_GUILDS?");
    expect(message).not.toContain("DISCORD_WEBHOOK");
  });
});

test("docs/command-line.md lists every setting with what is allowed", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../docs/command-line.md"), "utf8");
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(([, name, allowed]) => [
    name,
    allowed,
  ]);
  expect(listed).toEqual(Object.entries(settings).map(([name, { allowed }]) => [name, allowed]));
});
