/** Each platform tells how a message will look there out of what it would send: it cannot say otherwise. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outlineMessage as onDiscord } from "../../adapters/discord/outline.ts";
import { outlineMessage as onPlayground } from "../../adapters/playground/outline.ts";
import { outlineMessage as onSlack } from "../../adapters/slack/outline.ts";
import { languages } from "../../src/locales/index.ts";
import type { Message, Outline, Part } from "../../src/platform.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { askedMessages } from "../support/asked-messages.ts";

const message = (...parts: Part[]): Message => ({ summary: "?", locale: "en", parts });
const options = (...labels: string[]) => labels.map((label, i) => ({ label, token: `t${i}` }));
const labelled = (kind: "buttons" | "list", { blocks }: Outline) =>
  blocks.flatMap((block) =>
    block.kind === "buttons" && kind === "buttons"
      ? [block.labels]
      : block.kind === "list" && kind === "list"
        ? [block.options]
        : [],
  );

describe.each([
  ["slack", onSlack],
  ["discord", onDiscord],
  ["playground", onPlayground],
] as const)("%s", (_name, outline) => {
  test.each(languages)("shows every standard survey in %s as it is", (language) => {
    for (const { definition } of standardSurveys("Acme")) {
      for (const asked of askedMessages(definition, language)) {
        expect(outline(asked).misfits, asked.summary).toEqual([]);
      }
    }
  });

  test("shows what a question is, its buttons in their order, and what is behind its menu", () => {
    const [survey] = standardSurveys("Acme");
    const [asked] = survey === undefined ? [] : askedMessages(survey.definition, "en");
    if (asked === undefined) throw new Error("nothing is asked");
    const seen = outline(asked);
    const numbers = Array.from({ length: 11 }, (_, i) => String(i));
    expect(labelled("buttons", seen).flat()).toEqual(numbers);
    expect(labelled("list", seen).flat()).toContain("Never ask me");
    const words = seen.blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
    expect(words.join("\n")).toContain("recommend Acme to a friend or colleague?");
    expect(words.join("\n")).toMatch(/not at all likely[\s\S]*extremely likely/);
  });

  test("shows what somebody wrote as it is read, whatever signs are in it", () => {
    const text = "*a* _b_ **c** ~~d~~ <@U1> & <b> [e](f) \\ # g `h` 1. i > j";
    const seen = outline(message({ kind: "text", text }));
    expect(seen).toEqual({ blocks: [{ kind: "text", text, look: "plain" }], misfits: [] });
  });

  test("whatever is said is to be seen or told to be cut", () => {
    const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 });
    const labels = fc.uniqueArray(words, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, labels, fc.boolean(), (text, all, pick) => {
        const choices = { kind: "choices", options: options(...all) } as const;
        const said = message({ kind: "text", text }, pick ? { ...choices, pick: "Pick" } : choices);
        const { blocks, misfits } = outline(said);
        const seen = [
          labelled("buttons", { blocks, misfits }),
          labelled("list", { blocks, misfits }),
        ];
        expect(seen.flat(2).length).toBeGreaterThanOrEqual(all.length);
        for (const { part, option = 0, what, most } of misfits) {
          expect(what === "text" ? part : option).toBeLessThan(said.parts.length + all.length);
          expect(most).toBeLessThan(120);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test("labels that a platform cuts are told, with how much of them is left", () => {
  const label = `A ${"very ".repeat(30)}long label`;
  const actions = message(
    { kind: "text", text: "?" },
    { kind: "actions", options: options(label) },
  );
  expect(onSlack(actions).misfits).toEqual([{ part: 1, option: 0, what: "button", most: 74 }]);
  expect(onDiscord(actions).misfits).toEqual([{ part: 1, option: 0, what: "button", most: 79 }]);
  expect(onPlayground(actions).misfits).toEqual([]);
});

test("a text that is too long is told, with how much of it is left", () => {
  const long = message(
    { kind: "text", text: "q ".repeat(2400) },
    { kind: "actions", options: options("Yes") },
  );
  expect(onSlack(long).misfits).toEqual([]);
  const [{ most } = { most: 0 }, ...more] = onDiscord(long).misfits;
  expect(more).toEqual([]);
  expect(most).toBeGreaterThan(3900);
  expect(most).toBeLessThanOrEqual(4000);
});

test("numbers stand in rows as Discord gets them, many options in a list to pick from", () => {
  const [survey] = standardSurveys("Acme");
  const [asked] = survey === undefined ? [] : askedMessages(survey.definition, "en");
  if (asked === undefined) throw new Error("nothing is asked");
  expect(labelled("buttons", onDiscord(asked)).map((row) => row.length)).toEqual([4, 4, 3]);
  const many = message({
    kind: "choices",
    options: options(..."abcdefg"),
    pick: "Pick one",
  });
  for (const outline of [onSlack, onDiscord, onPlayground]) {
    expect(outline(many).blocks).toMatchObject([{ kind: "list", prompt: "Pick one" }]);
  }
});
