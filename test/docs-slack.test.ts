/** docs/slack.md against the code: what it lists is what there is. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { botScopes, optionalScopes } from "../adapters/slack/manifest/permissions.ts";
import { appManifest } from "../adapters/slack/manifest.ts";
import { settings } from "../src/config/settings.ts";
import { codeUnder } from "./support/sources.ts";

const root = new URL("../", import.meta.url);
const page = readFileSync(new URL("docs/slack.md", root), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| "));
const cells = (row: string) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));

test("every setting of Slack has its row, and no other", () => {
  const listed = rows.flatMap((row) => /^\| `(SLACK_[A-Z_]+)` \|/.exec(row)?.[1] ?? []);
  const known = Object.keys(settings).filter((name) => name.startsWith("SLACK_"));
  expect(listed.sort()).toEqual(known.sort());
});

test("every scope has its row, with its reason", () => {
  const listed = rows.map(cells).flatMap(([scope = "", reason]) => {
    const name = /^`([a-z.]+:[a-z.]+|commands)`$/.exec(scope)?.[1];
    return name === undefined ? [] : [[name, reason]];
  });
  expect(listed).toEqual(Object.entries({ ...botScopes, ...optionalScopes }));
});

test("every command and shortcut of the manifest is told of", () => {
  const { slash_commands = [], shortcuts = [] } = appManifest().features ?? {};
  for (const { command } of slash_commands) expect(page).toContain(`\`${command}`);
  for (const { name } of shortcuts) expect(page).toContain(`*${name}*`);
});

test("what it says that the doctor says, the doctor does say", () => {
  const code = codeUnder("adapters/slack", (file) => /^(doctor|errors|workspaces)/.test(file));
  const troubles = page.slice(page.indexOf("## When something is wrong"));
  const said = troubles.split("\n").flatMap((row) => cells(row)[1]?.match(/\*[^*]+\*/g) ?? []);
  expect(said.length).toBeGreaterThan(10);
  for (const words of said.map((each) => each.slice(1, -1))) {
    expect(code, words).toContain(words.replace(/^missing: .*/, "missing: "));
  }
});

test("every file that it points to is there", () => {
  const links = [...page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
  expect(links.length).toBeGreaterThan(1);
  for (const path of links) expect(() => readFileSync(new URL(`docs/${path}`, root))).not.toThrow();
});
