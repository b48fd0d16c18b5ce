import { expect, test } from "vitest";
import { commandCatalogue } from "../../src/commands/catalogue.ts";
import { ownNames } from "../../src/commands/own-names.ts";
import { commands } from "../../src/commands/registry.ts";
import { isTextKey, languages, patternsUnder } from "../../src/locales/index.ts";
import { cuts, filterNames } from "../../src/metrics/filter.ts";
import type { CommandSpec } from "../../src/platform.ts";

const catalogue = commandCatalogue();
const withInner = (specs: readonly CommandSpec[]): CommandSpec[] =>
  specs.flatMap((spec) => [spec, ...withInner(spec.commands ?? [])]);
const all = withInner(catalogue);
/** Those of the registry: by themselves, or behind /aftertalk. */
const registered = catalogue.flatMap((spec) =>
  spec.name === "aftertalk" ? (spec.commands ?? []) : [spec],
);
/** Those behind a command of the registry. */
const behind = registered.flatMap((spec) =>
  (spec.commands ?? []).map((inner) => ({ above: spec.name, inner })),
);
const named = (name: string) => all.find((spec) => spec.name === name);

test("every command is in the catalogue, some on their own, the others behind /aftertalk", () => {
  expect(catalogue.map(({ name }) => name)).toEqual([...ownNames, "aftertalk"]);
  expect(ownNames).toEqual([
    ...["nps", "ces", "csat", "resolution", "expectation", "emotion", "cx", "response", "frt"],
    ...["contacts", "churn", "journey", "drivers", "coverage", "feedback", "survey"],
  ]);
  expect(registered.map(({ name }) => name).sort()).toEqual([...commands.keys()].sort());
});

test("what a customer may use is shown to everyone, the rest to leads", () => {
  for (const { name, audience } of registered) {
    const may = commands.get(name)?.roles.includes("customer");
    expect(audience, name).toBe(may ? "everyone" : "leads");
  }
  for (const { inner } of behind) expect(inner.audience, inner.name).toBe("leads");
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

test("the options of a command are its grammar, each offered while typing or chosen", () => {
  const filters = filterNames.map((name) => ({ name, suggests: name, prefix: `${name}:` }));
  for (const name of ["nps", "ces", "csat", "resolution", "expectation", "emotion"]) {
    expect(named(name)?.options).toMatchObject([
      { name: "period", suggests: "period" },
      { name: "by", prefix: "by ", choices: cuts.map((value) => ({ value })) },
      { name: "vs", suggests: "vs", prefix: "vs " },
      ...filters,
    ]);
  }
  expect(named("feedback")?.options).toMatchObject([
    { name: "period", suggests: "period" },
    ...filters,
    { name: "which", choices: ["low", "high", "new"].map((value) => ({ value })) },
    { name: "words" },
    { name: "wish", choices: expect.anything() },
  ]);
});

test("every command that has a grammar of its own takes a period, and has no option beside it", () => {
  const views = [...commands.values()].flatMap((each) =>
    "grammar" in each && each.grammar !== undefined ? [each] : [],
  );
  expect(views.length).toBeGreaterThan(12);
  for (const { name, grammar = {} } of views) {
    const options = named(name)?.options.map((each) => each.name);
    expect(options?.[0], name).toBe("period");
    expect(options?.includes("by"), name).toBe((grammar.cuts ?? []).length > 0);
    expect(options?.includes("vs"), name).toBe(grammar.versus === true);
    expect(options?.filter((each) => filterNames.some((filter) => filter === each))).toEqual(
      filterNames.filter((filter) => grammar.filters?.includes(filter)),
    );
  }
});

test("every text of the catalogue is used", () => {
  const used = new Set([
    ...[...registered.map(({ name }) => name), "aftertalk"].map((name) => `catalogue.${name}`),
    ...behind.map(({ above, inner }) => `catalogue.${above}.${inner.name}`),
    ...all.flatMap(({ options }) => options.map(({ name }) => `catalogue.option.${name}`)),
    ...[...all, ...all.flatMap(({ options }) => options)]
      .filter(({ names }) => names !== undefined)
      .map(({ name }) => `catalogue.name.${name}`),
    ...all
      .flatMap(({ options }) => options.flatMap(({ choices = [] }) => choices))
      .map(({ value }) => `catalogue.choice.${value.replaceAll(" ", "-")}`)
      .filter((key) => isTextKey(key)),
  ]);
  expect(Object.keys(patternsUnder("en", "catalogue.")).sort()).toEqual([...used].sort());
});
