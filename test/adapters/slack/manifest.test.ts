import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HTTP_PATH } from "../../../adapters/slack/listen/http.ts";
import {
  botEvents,
  botScopes,
  optionalScopes,
} from "../../../adapters/slack/manifest/permissions.ts";
import { appManifest, wrongAddress } from "../../../adapters/slack/manifest.ts";
import { commandCatalogue } from "../../../src/commands/catalogue.ts";
import { manifestProblems, methodScopes } from "../../support/slack/manifest-rules.ts";
import { codeUnder } from "../../support/sources.ts";

/** All of the adapter but the manifest itself. */
const code = codeUnder("adapters/slack", (file) => !file.startsWith("manifest"));

/** A call of Slack: `client.chat.update(`, or `await conversations.history(` of one taken apart. */
const calling = /\b(?:client\.|await (?=conversations\.))((?:[a-z]+\.)+[a-zA-Z]+|filesUploadV2)\(/g;

type Changeable = Record<string, Record<string, unknown>>;

/** The manifest with something changed, as plain data. */
function changed(change: (manifest: Changeable) => void): unknown {
  const copy: Changeable = JSON.parse(JSON.stringify(appManifest()));
  change(copy);
  return copy;
}

describe("the app manifest", () => {
  test("is one that Slack takes, for Socket Mode and for HTTP", () => {
    expect(manifestProblems(appManifest())).toEqual([]);
    expect(manifestProblems(appManifest({ http: "https://talk.example.com" }))).toEqual([]);
  });

  test("has Socket Mode on and no address unless one is given", () => {
    expect(appManifest().settings?.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(appManifest())).not.toContain("url");
  });

  test.each([
    "https://talk.example.com",
    "https://talk.example.com/",
    "https://talk.example.com/slack/events",
  ])("sends everything to one address, whether it was given as %s or another way", (http) => {
    const { settings, features } = appManifest({ http });
    const url = `https://talk.example.com${HTTP_PATH}`;
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { is_enabled: true, request_url: url },
    });
    expect(features?.slash_commands?.map((command) => command.url)).toEqual(Array(17).fill(url));
  });

  test("keeps the path of a proxy in front", () => {
    const { settings } = appManifest({ http: "https://example.com/talk/" });
    const url = "https://example.com/talk/slack/events";
    expect(settings?.event_subscriptions?.request_url).toBe(url);
  });

  test("has every command and every message shortcut of the product", () => {
    const { slash_commands = [], shortcuts = [], app_home } = appManifest().features ?? {};
    const names = slash_commands.map(({ command }) => command.slice(1));
    expect(names).toEqual(commandCatalogue().map(({ name }) => name));
    expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual([
      "close_and_ask",
      "ask_for_feedback",
      "show_scores",
    ]);
    expect(shortcuts.every(({ type }) => type === "message")).toBe(true);
    expect(app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  test("asks for the scopes that its events, calls and commands need, and for no others", () => {
    const calls = [...code.matchAll(calling)];
    const methods = new Set(calls.map(([, method = ""]) => method));
    expect([...methods].filter((method) => methodScopes[method] === undefined)).toEqual([]);
    const needed = new Set([
      ...[...methods].flatMap((method) => methodScopes[method] ?? []),
      ...Object.values(botEvents).flat(),
      "commands",
    ]);
    for (const scope of Object.keys(optionalScopes)) needed.delete(scope);
    expect(Object.keys(botScopes).sort()).toEqual([...needed].sort());
  });

  test("asks for what it can do without as optional: whoever installs it may say no", () => {
    const { bot = [], bot_optional = [] } = appManifest().oauth_config?.scopes ?? {};
    expect(bot_optional).toEqual(["dnd:read", "users:read.email"]);
    expect([...bot].sort()).toEqual([...Object.keys(botScopes), ...bot_optional].sort());
  });

  test("subscribes to no event that nothing listens to", () => {
    const heard = (event: string) => code.includes(`"${event.replace(/^message\..*/, "message")}"`);
    expect(Object.keys(botEvents).filter((event) => !heard(event))).toEqual([]);
  });
});

describe("the rules for manifests", () => {
  test.each<[string, (manifest: Changeable) => void]>([
    ["Unrecognized key", (m) => Object.assign(m, { app_directory: {} })],
    ["Unrecognized key", (m) => Object.assign(m.settings ?? {}, { hermes: true })],
    [
      "display_information.name",
      (m) => Object.assign(m.display_information ?? {}, { name: "x".repeat(36) }),
    ],
    [
      "long_description",
      (m) => Object.assign(m.display_information ?? {}, { long_description: "short" }),
    ],
    [
      "a scope that Slack knows",
      (m) => Object.assign(m.oauth_config ?? {}, { scopes: { bot: ["chat:wirte"] } }),
    ],
    [
      "bot_optional: users:read.email is not among the scopes",
      (m) =>
        Object.assign(m.oauth_config ?? {}, {
          scopes: { bot: ["commands"], bot_optional: ["users:read.email"] },
        }),
    ],
    [
      "message.channels: never sent without channels:history",
      (m) => Object.assign(m.oauth_config ?? {}, { scopes: { bot: ["commands"] } }),
    ],
    [
      "need the scope commands",
      (m) => Object.assign(m.oauth_config ?? {}, { scopes: { bot: ["chat:write"] } }),
    ],
    [
      "interactivity: no address, and no Socket Mode",
      (m) => Object.assign(m.settings ?? {}, { socket_mode_enabled: false }),
    ],
    [
      "/nps: no address, and no Socket Mode",
      (m) => Object.assign(m.settings ?? {}, { socket_mode_enabled: false }),
    ],
  ])("refuse: %s", (problem, change) => {
    expect(manifestProblems(changed(change)).join("\n")).toContain(problem);
  });
});

describe("the address for HTTP", () => {
  test("is https, or http on this machine", () => {
    for (const good of [
      "https://talk.example.com",
      "https://talk.example.com:8443/path",
      "http://localhost:3000",
      "http://127.0.0.1:3000",
      "http://[::1]:3000",
    ]) {
      expect(wrongAddress(good), good).toBeUndefined();
    }
    for (const bad of [
      "talk.example.com",
      "http://talk.example.com",
      "ftp://x",
      "",
      "localhost:3000",
    ]) {
      expect(wrongAddress(bad), bad).toContain("https://");
    }
    for (const bad of ["https://a:b@x.example", "https://x.example/?a=1", "https://x.example/#a"]) {
      expect(wrongAddress(bad), bad).toContain("no user");
    }
  });

  test("that is accepted always gives a manifest whose addresses end in the endpoint", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["https"] }), (address) => {
        expect(wrongAddress(address)).toBeUndefined();
        const { settings } = appManifest({ http: address });
        expect(settings?.event_subscriptions?.request_url).toMatch(/[^/]\/slack\/events$/);
      }),
      { numRuns: 30 }, // making up addresses is slow
    );
  });
});
