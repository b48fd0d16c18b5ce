/** What sample customers say, by language and by how it went. Nothing in it names a product. */
import type { Language } from "../../locales/index.ts";
import { english } from "./en.ts";
import { russian } from "./ru.ts";
import { simplifiedChinese } from "./zh-hans.ts";
import { traditionalChinese } from "./zh-hant.ts";

/** `outage` is for the week in which things were down. */
export type Topic = "happy" | "mixed" | "unhappy" | "outage";
export type Comments = Readonly<Record<Topic, readonly string[]>>;

export const comments: Readonly<Record<Language, Comments>> = {
  en: english,
  ru: russian,
  "zh-Hans": simplifiedChinese,
  "zh-Hant": traditionalChinese,
};
