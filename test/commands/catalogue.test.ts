import { expect, test } from "vitest";
import { commandCatalogue } from "../../src/commands/catalogue.ts";
import { commands } from "../../src/commands/registry.ts";
import type { CommandSpec } from "../../src/platform.ts";

const all = (specs: readonly CommandSpec[]): CommandSpec[] =>
  specs.flatMap((spec) => [spec, ...all(spec.commands ?? [])]);
const named = (name: string) => all(commandCatalogue()).find((spec) => spec.name === name);

test("every command is in the catalogue, some of their own, the others behind /aftertalk", () => {
  const catalogue = commandCatalogue();
  expect(catalogue.map(({ name }) => name)).toEqual([
    "nps",
    "ces",
    "csat",
    "feedback",
    "survey",
    "aftertalk",
  ]);
  const reachable = all(catalogue).map(({ name }) => name);
  expect(reachable.filter((name) => name !== "aftertalk").sort()).toEqual(
    [...commands.keys()].sort(),
  );
});
