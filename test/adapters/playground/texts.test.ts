import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { matching, suggestions } from "../../../adapters/playground/web/commands.ts";
import { bestLanguage, fill, ownName } from "../../../adapters/playground/web/texts.ts";
import { texts } from "./stage.ts";

const folder = new URL("../../../adapters/playground/web/", import.meta.url);

/** Keys that are put together from a part that is known and one that is not. */
const families = ["role", "state", "closed", "chat"];

async function keysInUse(): Promise<Set<string>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));
  const strings = sources.join("\n").matchAll(/"([a-z]+(?:\.[a-z]+)*)"/g);
  return new Set([...strings].map(([, key = ""]) => key));
}

describe("the page's texts", () => {
  const keys = Object.keys(texts.en ?? {}).map((key) => key.slice("playground.".length));
  const areas = new Set(keys.map((key) => key.split(".")[0]));

  test("are all used, and all that are used are there", async () => {
    const used = await keysInUse();
    const unused = keys.filter(
      (key) => !used.has(key) && !families.includes(key.split(".")[0] ?? ""),
    );
    expect(unused).toEqual([]);
    const dotted = [...used].filter((key) => key.includes(".") && areas.has(key.split(".")[0]));
    expect(dotted.filter((key) => !keys.includes(key))).toEqual([]);
  });

  test.each(Object.keys(texts))("have the same parameters in %s as in English", (language) => {
    const params = (text = "") => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const key of keys.map((each) => `playground.${each}`)) {
      expect(params(texts[language]?.[key]), key).toEqual(params(texts.en?.[key]));
    }
  });

  test("parameters keep their own direction and are never patterns themselves", () => {
    const known = { "playground.only": "Only visible to {name}" };
    expect(fill(known, "only", { name: "{name} عمر" })).toBe(
      "Only visible to \u2068{name} عمر\u2069",
    );
    expect(fill(known, "only")).toBe("Only visible to {name}");
    expect(fill(known, "unknown")).toBe("unknown");
  });
});

describe("the language of a new page", () => {
  const offered = ["en", "zh-Hans", "zh-Hant", "ru"];
  test.each([
    [["ru-RU", "en"], "ru"],
    [["zh-TW"], "zh-Hant"],
    [["zh-HK"], "zh-Hant"],
    [["zh"], "zh-Hans"],
    [["zh-CN"], "zh-Hans"],
    [["fr", "en-GB"], "en"],
    [["fr"], "en"],
    [["", "not a tag!", "ru"], "ru"],
    [[], "en"],
  ])("of %j is %s", (preferred, language) => {
    expect(bestLanguage(preferred, offered)).toBe(language);
  });

  test("is called by its own name", () => {
    expect(offered.map(ownName)).toEqual(["English", "简体中文", "繁體中文", "Русский"]);
  });
});

describe("the command line", () => {
  const all = suggestions(new Date(2026, 10, 22));

  test("suggests what begins with what is typed", () => {
    expect(matching(all, "/n").map(({ line }) => line)).toEqual([
      "/nps week",
      "/nps last month",
      "/nps last month by team",
      "/nps month vs same last year",
    ]);
    expect(matching(all, "/CSAT").map(({ line }) => line)).toEqual([
      "/csat 30d",
      "/csat 2026-10-01..2026-10-31",
    ]);
    expect(matching(all, "/")).toHaveLength(all.length);
  });

  test.each(["", "nps", "/xyz", "/aftertalk home", "/nps week"])(
    "suggests nothing for %j",
    (typed) => {
      expect(matching(all, typed)).toEqual([]);
    },
  );

  test("knows the month before in January", () => {
    expect(suggestions(new Date(2027, 0, 5)).map(({ line }) => line)).toContain(
      "/csat 2026-12-01..2026-12-31",
    );
  });
});
