/** The settings of a file: what is not as it is at first, and the rest as comments. Pure. */
import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { textsFor } from "../../locales/index.ts";
import { defaultSettings, flatten } from "../../store/settings.ts";
import {
  type Setting,
  settingAbout,
  settingHint,
  settingLabel,
  settingsTable,
} from "../settings-table.ts";

const texts = textsFor("en");
const usual = flatten(defaultSettings);

/** It is the machine's at first, so it is always said. */
const ALWAYS = "timeZone";

/** The lines of `settings:`. */
export function writeSettings(settings: Readonly<Record<string, unknown>>): string {
  const parts = new Map<string, Setting[]>();
  for (const setting of settingsTable) {
    const [part = ""] = setting.name.split(".");
    parts.set(part, [...(parts.get(part) ?? []), setting]);
  }
  const lines = [...parts].flatMap(([part, its]) => {
    const [first] = its;
    if (first?.name === part) return ["", ...linesOf(first, settings, "  ")];
    return ["", `  ${part}:`, ...its.flatMap((setting) => linesOf(setting, settings, "    "))];
  });
  return ["settings:", ...lines.slice(1), ""].join("\n");
}

function linesOf(
  setting: Setting,
  settings: Readonly<Record<string, unknown>>,
  indent: string,
): string[] {
  const { name } = setting;
  const value = settings[name] ?? usual[name];
  const isUsual = isDeepStrictEqual(value, usual[name]) && name !== ALWAYS;
  const field = name.split(".").at(-1) ?? name;
  return [
    `${indent}# ${settingLabel(texts, setting)}: ${settingAbout(texts, setting)} (${fileHint(setting)})`,
    `${indent}${isUsual ? "# " : ""}${field}: ${inLine(value)}`,
  ];
}

function inLine(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0, singleQuote: false }).trimEnd();
}

/** What may stand there: a file has lists and truths of its own. */
export function fileHint(setting: Setting): string {
  const { kind, orNone } = setting;
  const hint = {
    ...{ switch: "true or false", weekdays: "1 is Monday, 7 is Sunday" },
    ...{ days: "days as 2026-12-25, or 12-25 for every year" },
    ...{ points: "points from 0 to 10 by reason", channel: "by its id, as slack:C0123456789" },
  }[String(kind.is)];
  const said = hint ?? settingHint(texts, { ...setting, orNone: false });
  return orNone && kind.is !== "days" ? `${said}; null for none` : said;
}
