/** The adapter's own few sentences: each is in the catalogue, and none there is left over. */
import { expect, test } from "vitest";
import { languages, patternsUnder } from "../../../src/locales/index.ts";
import { codeUnder } from "../../support/sources.ts";

test("every sentence that the adapter says is there in each language, and every one there is said", () => {
  const code = codeUnder("adapters/discord");
  const said = new Set(
    [...code.matchAll(/"(discord\.(?!js")[a-z.-]+)"/g)].map(([, key = ""]) => key),
  );
  for (const language of languages) {
    expect(Object.keys(patternsUnder(language, "discord.")).sort()).toEqual([...said].sort());
  }
});
