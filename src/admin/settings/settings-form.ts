/** The form of some settings: a field each, filled in with what holds or with what was written. Pure. */
import { saySetting } from "../../configuration/say-setting.ts";
import {
  groupLabel,
  type Setting,
  settingHint,
  settingLabel,
} from "../../configuration/settings-table.ts";
import type { Texts } from "../../locales/index.ts";
import type { Form, FormField } from "../../platform.ts";
import type { SettingsForm, Values } from "./forms-of.ts";
import { type Written, writeValue } from "./written.ts";

/** Room for a year's holidays, and for anything else. */
const LONG = 2000;
const SHORT = 100;

const WEEK = [1, 2, 3, 4, 5, 6, 7];

export interface Filled {
  readonly values: Values;
  /** What somebody wrote, in the place of what holds. */
  readonly written?: Written | undefined;
  readonly problems?: Readonly<Record<string, string>>;
}

export function formOf(
  texts: Texts,
  { group, settings }: SettingsForm,
  filled: Filled,
  token: string,
): Form {
  return {
    title: groupLabel(texts, group),
    submit: { label: texts.text("settings.look"), token },
    fields: settings.map((setting) => fieldOf(texts, setting, filled)),
  };
}

function fieldOf(texts: Texts, setting: Setting, filled: Filled): FormField {
  const { name, kind, orNone } = setting;
  const problem = filled.problems?.[name];
  const value = filled.written?.[name] ?? writeValue(texts, setting, filled.values[name]);
  const long = kind.is === "days" || kind.is === "points";
  const choices = choicesOf(texts, setting);
  return {
    name,
    label: settingLabel(texts, setting),
    // What is chosen needs no example.
    ...(choices === undefined ? { hint: settingHint(texts, setting) } : {}),
    ...(problem === undefined ? {} : { problem }),
    multiline: kind.is === "days",
    required: !orNone,
    maxLength: long ? LONG : SHORT,
    value,
    ...(choices === undefined ? {} : { choices }),
    ...(kind.is === "weekdays" ? { many: true } : {}),
  };
}

function choicesOf(texts: Texts, { name, kind }: Setting): FormField["choices"] {
  const choice = (value: unknown, written: string) => ({
    label: saySetting(texts, name, value),
    value: written,
  });
  switch (kind.is) {
    case "switch":
      return [choice(true, "on"), choice(false, "off")];
    case "word":
      return kind.words.map((word) => choice(word, word));
    case "weekday":
      return WEEK.map((day) => choice(day, String(day)));
    case "weekdays":
      return WEEK.map((day) => choice([day], String(day)));
    default:
      return undefined;
  }
}
