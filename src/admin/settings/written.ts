/** Values of settings as somebody writes them in a form, in the ways of their language. Pure. */
import { z } from "zod";
import { readSettingText, writeSettingText } from "../../configuration/setting-text.ts";
import { type Setting, settingHint } from "../../configuration/settings-table.ts";
import type { Texts } from "../../locales/index.ts";
import { settingsFrom } from "../../store/settings.ts";
import type { SettingsForm, Values } from "./forms-of.ts";

/** By field: its name is that of the setting. */
export type Written = Readonly<Record<string, string>>;

/** A value as it stands in the form; nothing for what is not set. */
export function writeValue({ language }: Texts, { kind }: Setting, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "";
  if (typeof value === "number" && (kind.is === "number" || kind.is === "score"))
    return new Intl.NumberFormat(language, { useGrouping: false }).format(value);
  if (kind.is === "days" && Array.isArray(value)) return value.join(", ");
  return writeSettingText(value);
}

/** What was written, or what of it cannot be: by field what to write instead. */
export type Reading =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** `now`: all settings, for what only makes sense together. */
export function readWritten(
  texts: Texts,
  { settings }: SettingsForm,
  written: Written,
  now: Values,
): Reading {
  const values = Object.fromEntries(
    settings.map((setting) => [setting.name, readValue(setting, written[setting.name] ?? "")]),
  );
  const wrong = wrongIn({ ...now, ...values });
  const problems = Object.fromEntries(
    settings.flatMap((setting) => {
      const { name } = setting;
      if (wrong.has(name))
        return [[name, texts.text("settings.write", { hint: settingHint(texts, setting) })]];
      // Two times that do not fit are said at the later one, when each of them is a time.
      const [part = "", field] = name.split(".");
      const ends = wrong.has(part) && field === "to" && !wrong.has(`${part}.from`);
      return ends ? [[name, texts.text("settings.ends")]] : [];
    }),
  );
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, values };
}

/** Names of settings that cannot be so, and of parts whose settings do not fit each other. */
function wrongIn(all: Values): ReadonlySet<string> {
  try {
    settingsFrom(all);
    return new Set();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return new Set(error.issues.map(({ path }) => path.slice(0, 2).join(".")));
  }
}

function readValue(setting: Setting, written: string): unknown {
  const text = written.normalize("NFKC").trim();
  switch (setting.kind.is) {
    case "number":
    case "score":
      // "1,5" and "−5" as other languages write them.
      return readSettingText(setting, text.replace(/^[−–]/u, "-").replace(",", "."));
    case "time":
      return text.replace(/^(\d):/u, "0$1:").replace(/^(\d{1,2})[.h](\d{2})$/u, "$1:$2");
    case "days":
      return readSettingText(setting, text.replaceAll(/[、;\s]+/gu, ",").replaceAll(/,+/gu, ","));
    default:
      return readSettingText(setting, text);
  }
}
