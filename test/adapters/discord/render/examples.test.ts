import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asTyped, withExamples } from "../../../../adapters/discord/render/examples.ts";
import { commandCatalogue } from "../../../../src/commands/catalogue.ts";
import { languages } from "../../../../src/locales/index.ts";
import type { CommandSpec } from "../../../../src/platform.ts";

describe("commands that our texts name", () => {
  it.each([
    ["/nps week · /ces last month", "/nps period:week · /ces period:last month"],
    ["Try /nps last week. Remove it", "Try /nps period:last week. Remove it"],
    ["/feedback 90d", "/feedback period:90d"],
    ["/nps 2026-10-01..2026-10-31", "/nps period:2026-10-01..2026-10-31"],
    ["/nps month team:Billing, with", "/nps period:month team:Billing, with"],
    ["/aftertalk resolution week", "/aftertalk resolution period:week"],
    ["/aftertalk after-chat nps, ces", "/aftertalk after-chat question:nps, ces"],
    ["/aftertalk sample [remove]", "/aftertalk sample [action:remove]"],
    ["用 /aftertalk sample remove 可以删除。", "用 /aftertalk sample action:remove 可以删除。"],
    ["/aftertalk sample fills in made-up data", "/aftertalk sample fills in made-up data"],
    ["/feedback week · /aftertalk", "/feedback period:week · /aftertalk help"],
    ["/aftertalk home", "/aftertalk home"],
    ["/aftertalk link @Dana dana@acme.com", "/aftertalk link person:@Dana other:dana@acme.com"],
    ["/aftertalk roles lead @Robin", "/aftertalk roles role:lead person:@Robin"],
    ["/aftertalk roles says which it is", "/aftertalk roles says which it is"],
    ["/aftertalk audit 90d.", "/aftertalk audit period:90d."],
    ["/survey: what is on", "/survey list: what is on"],
    ["/survey edit onboarding-2", "/survey edit survey:onboarding-2"],
    ["/survey resume brings it back.", "/survey resume brings it back."],
    ["/survey resume all.", "/survey resume survey:all."],
    ["用 /survey resume all 恢复", "用 /survey resume survey:all 恢复"],
    ["/survey stop all stops it", "/survey stop what:all stops it"],
    [
      "/survey why @Dana · /survey why dana@acme.com 90",
      "/survey why person:@Dana · /survey why person:dana@acme.com days:90",
    ],
    ["/survey schedule list shows all", "/survey schedule action:list shows all"],
    ["/survey schedule edit pulse", "/survey schedule action:edit name:pulse"],
    ["/survey schedule diff pulse 1 2", "/survey schedule action:diff name:pulse sentence:1 2"],
    ["/survey schedule nps every day", "/survey schedule sentence:nps every day"],
    ["/survey schedule 每周一9:00发nps", "/survey schedule sentence:每周一9:00发nps"],
    ["https://example.org/nps", "https://example.org/nps"],
  ])("%s", (said, typed) => {
    expect(asTyped(said)).toBe(typed);
    expect(asTyped(typed)).toBe(typed);
  });

  it("stay as they are where somebody else wrote them", () => {
    const quote = { kind: "quote", text: "/nps week" } as const;
    expect(withExamples(quote)).toEqual(quote);
  });

  it.each(languages)("are in %s all such that Discord takes them", (language) => {
    const file = new URL(`../../../../src/locales/${language}.json`, import.meta.url);
    const all: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
    const texts = Object.entries(all).flatMap(([key, text]) => {
      if (/^(playground|slack|catalogue|discord)\./u.test(key)) return [];
      // What is about Slack alone may name what is Slack's own.
      const ours = key.endsWith(".slack") ? text.replaceAll(/\/invite(?= )/gu, "") : text;
      return [asTyped(ours.replaceAll(/\{\w+\}/gu, KEY))];
    });
    const named = texts.flatMap((text) => [
      ...text.matchAll(/(?<![\w/])\/[a-z]+(?: [a-z@][\w:@-]*)*/gu),
    ]);
    expect(named.length).toBeGreaterThan(8);
    for (const [line] of named) expect(`${line}: ${problemOf(line)}`).toBe(`${line}: none`);
  });
});

const catalogue = commandCatalogue();
/** What stands in a text for a name or key: such a one has to be in an option. */
const KEY = "pulse";
const BARE = new RegExp(
  `^(week|month|quarter|year|last|today|nps|ces|csat|remove|all|lead|agent|viewer|admin|none|list|diff|rollback|${KEY}|@.*)$`,
  "u",
);

function problemOf(line: string): string {
  const [name = "", ...words] = line.slice(1).split(" ");
  return problemIn(
    catalogue.find((spec) => spec.name === name),
    words,
  );
}

function problemIn(spec: CommandSpec | undefined, words: readonly string[]): string {
  if (spec === undefined) return "no such command";
  const [word = "", ...more] = words;
  if (spec.commands !== undefined) {
    return problemIn(
      spec.commands.find(({ name }) => name === word),
      more,
    );
  }
  const option = word.split(":")[0] ?? "";
  if (word.includes(":")) return spec.options.some(({ name }) => name === option) ? "none" : word;
  return BARE.test(word) ? word : "none";
}
