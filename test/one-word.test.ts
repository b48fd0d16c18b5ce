/** docs/translating.md against the texts: one word for one thing, in each language. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import en from "../src/locales/en.json" with { type: "json" };
import ru from "../src/locales/ru.json" with { type: "json" };
import zhHans from "../src/locales/zh-Hans.json" with { type: "json" };
import zhHant from "../src/locales/zh-Hant.json" with { type: "json" };

const page = readFileSync(new URL("../docs/translating.md", import.meta.url), "utf8");
const locales: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...{ en, ru, "zh-Hans": zhHans, "zh-Hant": zhHant },
};

const rejected = page
  .slice(page.indexOf("## Words that do not come back"))
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| language"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

test("words that were given up do not come back", () => {
  expect(rejected.length).toBeGreaterThan(30);
  const found = rejected.flatMap(([, language = "", not = "", but = "", keys = ""]) =>
    Object.entries(locales[language] ?? {}).flatMap(([key, text]) =>
      text.toLowerCase().includes(not) && !keys.split(", ").includes(key)
        ? [`${language} ${key}: not “${not}” but “${but}”`]
        : [],
    ),
  );
  expect(found).toEqual([]);
});

test("a chat is no case in Russian", () => {
  const russian: Readonly<Record<string, string>> = ru;
  const mixed = Object.entries(en).flatMap(([key, text]) => {
    const isChatOnly = /\bchats?\b/iu.test(text) && !/\bcases?\b/iu.test(text);
    return isChatOnly && /обращени/iu.test(russian[key] ?? "") ? [key] : [];
  });
  expect(mixed).toEqual([]);
});

test("Chinese has its own punctuation between Chinese words, and each language its quotation marks", () => {
  const between = /[\u4e00-\u9fff][,;:!?](?=[\u4e00-\u9fff])/u;
  const wrong = (["zh-Hans", "zh-Hant"] as const).flatMap((language) =>
    Object.entries(locales[language] ?? {}).flatMap(([key, text]) =>
      between.test(text) || (language === "zh-Hant" && /[“”]/u.test(text)) ? [key] : [],
    ),
  );
  const russian = Object.entries(ru).flatMap(([key, text]) => (/[“”]/u.test(text) ? [key] : []));
  expect([...wrong, ...russian]).toEqual([]);
});
