/** What a person can read: no key of ours, nothing half made, and their own language. */
import { expect } from "vitest";
import { isTextKey, type Language } from "../../../src/locales/index.ts";
import type { Seen } from "../../life/town.ts";

const scripts: Readonly<Record<Language, RegExp>> = {
  en: /[a-z]{3}/u,
  "zh-Hans": /[\u4e00-\u9fff]{2}/u,
  "zh-Hant": /[\u4e00-\u9fff]{2}/u,
  ru: /[а-яё]{3}/u,
};

/** Words that stand between us and our reader. */
const unfinished = /\bundefined\b|\bNaN\b|\bnull\b|\[object |\{\w+[,}]|That did not work/u;

/** Fails where somebody would read what nobody said. */
export function expectReadable({ words, buttons, pictures }: Seen, language: Language): void {
  const all = [words, ...buttons, ...pictures.map(({ alt }) => alt)].join("\n");
  expect(all).toMatch(scripts[language]);
  expect(all).not.toMatch(unfinished);
  const dotted = all.match(/[a-z][\w-]*(?:\.[\w-]+)+/gu) ?? [];
  expect(dotted.filter(isTextKey)).toEqual([]);
}

/** On one line, with spaces of one kind: some of ours hold words together. */
export function spaced(words: string): string {
  return words.replaceAll(/\s/gu, " ");
}
