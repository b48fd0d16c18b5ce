import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { languageFor, languages, type TextKey, textsFor } from "../src/locales/index.ts";

const folder = join(import.meta.dirname, "..", "src", "locales");
const catalogue = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8"));
const english = catalogue("en");

/** Names of the parameters in a pattern, wherever they stand. */
function parameters(pattern: string): string[] {
  const names = new Set<string>();
  const walk = (nodes: readonly unknown[]) => {
    for (const node of nodes) {
      if (typeof node !== "object" || node === null) continue;
      if ("type" in node && "value" in node && Number(node.type) >= 1 && Number(node.type) <= 6) {
        names.add(String(node.value));
      }
      if ("options" in node && typeof node.options === "object" && node.options !== null) {
        for (const option of Object.values(node.options))
          walk((option as { value: unknown[] }).value);
      }
    }
  };
  walk(new IntlMessageFormat(pattern, "en", undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

describe.each(languages.filter((language) => language !== "en"))("the texts in %s", (language) => {
  const texts = catalogue(language);

  test("are all there and no more", () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  test("take the same parameters as the English ones", () => {
    for (const [key, pattern] of Object.entries(texts)) {
      expect(parameters(pattern), key).toEqual(parameters(english[key] ?? ""));
    }
  });
});

test("N14 what a person or a company is called is never read as a pattern", () => {
  fc.assert(
    fc.property(fc.constantFrom(...languages), fc.string(), (language, company) => {
      const text = textsFor(language).text("ask.nps.question", { company });
      expect(text).toContain(company);
    }),
  );
});

test("N12 names of built-in properties are not texts", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    expect(() => textsFor("en").text(key as TextKey)).toThrow();
  }
});

test("the language that fits a tag best is found, whatever is given", () => {
  expect(languageFor("ru-KZ")).toBe("ru");
  expect(languageFor("zh-TW")).toBe("zh-Hant");
  expect(languageFor("zh_HK")).toBe("zh-Hant");
  expect(languageFor("zh-CN")).toBe("zh-Hans");
  expect(languageFor("zh")).toBe("zh-Hans");
  expect(languageFor("fr-FR")).toBe("en");
  fc.assert(fc.property(fc.option(fc.string()), (tag) => languages.includes(languageFor(tag))));
});
