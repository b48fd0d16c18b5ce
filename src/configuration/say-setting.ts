/** Settings of a workspace and their values, in plain words. Pure. */
import { Temporal } from "temporal-polyfill";
import type { Texts } from "../locales/index.ts";
import { saySettingValue } from "./setting-text.ts";
import { settingLabel, settingNamed } from "./settings-table.ts";

/** What a setting is called; its own name when this program does not know it. */
export function saySettingName(texts: Texts, name: string): string {
  const setting = settingNamed(name);
  return setting === undefined ? name : settingLabel(texts, setting);
}

/** A value of it as people say it: "10:00", "Monday, Tuesday", "on". */
export function saySetting(texts: Texts, name: string, value: unknown): string {
  if (value === null || value === undefined) return texts.text("change.nothing");
  const setting = settingNamed(name);
  switch (setting?.kind.is) {
    case undefined:
      return JSON.stringify(value);
    case "switch":
      return texts.text(value === true ? "change.yes" : "change.no");
    case "weekday":
      return sayDay(texts, value);
    case "weekdays":
      if (Array.isArray(value))
        return joined(
          texts,
          value.map((day) => sayDay(texts, day)),
        );
      break;
    case "days":
      if (Array.isArray(value) && value.length > 0) return joined(texts, value.map(String));
      if (Array.isArray(value)) return texts.text("change.nothing");
      break;
  }
  return setting === undefined ? "" : saySettingValue(texts, setting, value);
}

/** A Monday. */
const FIRST_DAY = Temporal.PlainDate.from("2024-01-01");

function sayDay({ language }: Texts, day: unknown): string {
  const which = Number(day);
  if (!Number.isInteger(which) || which < 1 || which > 7) return String(day);
  return FIRST_DAY.add({ days: which - 1 }).toLocaleString(language, { weekday: "long" });
}

function joined({ language }: Texts, words: readonly string[]): string {
  return new Intl.ListFormat(language).format(words);
}
