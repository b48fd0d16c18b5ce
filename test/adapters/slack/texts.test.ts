/** The adapter's own few sentences: each is in the catalogue, and none there is left over. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { languages, patternsUnder } from "../../../src/locales/index.ts";

const folder = new URL("../../../adapters/slack/", import.meta.url);

test("every sentence that the adapter says is there in each language, and every one there is said", () => {
  const code = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("\n");
  const said = new Set([...code.matchAll(/"(slack\.[a-z.-]+)"/g)].map(([, key = ""]) => key));
  for (const language of languages) {
    expect(Object.keys(patternsUnder(language, "slack.")).sort()).toEqual([...said].sort());
  }
});
