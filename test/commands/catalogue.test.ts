import { expect, test } from "vitest";
import { commandCatalogue } from "../../src/commands/catalogue.ts";
import { commands } from "../../src/commands/registry.ts";
import { languages, patternsUnder } from "../../src/locales/index.ts";
import type { CommandSpec } from "../../src/platform.ts";

const catalogue = commandCatalogue();
const withInner = (specs: readonly CommandSpec[]): CommandSpec[] =>
  specs.flatMap((spec) => [spec, ...withInner(spec.commands ?? [])]);
const all = withInner(catalogue);
const named = (name: string) => all.find((spec) => spec.name === name);

test("every command is in the catalogue, some on their own, the others behind /aftertalk", () => {
  expect(catalogue.map(({ name }) => name)).toEqual([
    ...["nps", "ces", "csat", "feedback", "survey", "aftertalk"],
  ]);
  const reachable = all.map(({ name }) => name).filter((name) => name !== "aftertalk");
  expect(reachable.sort()).toEqual([...commands.keys()].sort());
});

test("what a customer may use is shown to everyone, the rest to leads", () => {
  for (const { name, audience } of all.filter((spec) => spec.name !== "aftertalk")) {
    const may = commands.get(name)?.roles.includes("customer");
    expect(audience, name).toBe(may ? "everyone" : "leads");
  }
});

test("texts are there in all languages, names are names, and all of it is short enough", () => {
  const texts = [...all, ...all.flatMap(({ options }) => options)];
  for (const { name, names = {}, description } of texts) {
    expect(Object.keys(description).sort(), name).toEqual([...languages].sort());
    for (const text of Object.values(description)) expect(text.length).toBeLessThanOrEqual(100);
    for (const each of [name, ...Object.values(names)]) {
      expect(each).toMatch(/^[-\p{Ll}\p{Lo}\p{N}]{1,32}$/u);
    }
  }
});

test("no two commands or options beside each other have the same name in any language", () => {
  const groups = [
    catalogue,
    ...all.map((spec) => spec.commands ?? []),
    ...all.map((spec) => spec.options),
  ];
  for (const group of groups) {
    for (const language of languages) {
      const names = group.map(({ name, names: others = {} }) => others[language] ?? name);
      expect(new Set(names).size, names.join()).toBe(names.length);
    }
  }
});

test("metrics take a period and a team, both offered while typing", () => {
  for (const name of ["nps", "ces", "csat", "resolution", "expectation", "emotion"]) {
    expect(named(name)?.options).toMatchObject([
      { name: "period", suggests: "period" },
      { name: "team", suggests: "team", prefix: "team:" },
    ]);
  }
  expect(named("feedback")?.options).toMatchObject([
    { name: "period", suggests: "period" },
    { name: "wish", choices: expect.anything() },
  ]);
});

test("every text of the catalogue is used", () => {
  const used = new Set([
    ...all.map(({ name }) => `catalogue.${name}`),
    ...all.flatMap(({ options }) => options.map(({ name }) => `catalogue.option.${name}`)),
    ...[...all, ...all.flatMap(({ options }) => options)]
      .filter(({ names }) => names !== undefined)
      .map(({ name }) => `catalogue.name.${name}`),
    ...all
      .flatMap(({ options }) => options.flatMap(({ choices = [] }) => choices))
      .map(({ value }) => `catalogue.choice.${value.replaceAll(" ", "-")}`),
  ]);
  expect(Object.keys(patternsUnder("en", "catalogue.")).sort()).toEqual([...used].sort());
});
