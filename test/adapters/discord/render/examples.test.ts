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
    const texts = Object.entries(all).flatMap(([key, text]) =>
      /^(playground|slack|catalogue|discord)\./u.test(key) ? [] : [asTyped(text)],
    );
    const named = texts.flatMap((text) => [
      ...text.matchAll(/(?<![\w/])\/[a-z]+(?: [a-z][\w:-]*)*/gu),
    ]);
    expect(named.length).toBeGreaterThan(8);
    for (const [line] of named) expect(`${line}: ${problemOf(line)}`).toBe(`${line}: none`);
  });
});

const catalogue = commandCatalogue();

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
  return /^(week|month|quarter|year|last|today|nps|ces|csat|remove)$/u.test(word) ? word : "none";
}
