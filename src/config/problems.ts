/** What is wrong with the settings, in words: all of it in one error. Secrets only by length. */
import { nearest } from "../commands/nearest.ts";
import { AppError } from "../errors.ts";
import type { CheckedSetting, Setting } from "./setting.ts";
import { type SettingName, settingNames, settings } from "./settings.ts";

/** The settings that were given, by name; values as they were given. */
export type Given = ReadonlyMap<string, string | undefined>;

/** Values that are not allowed. */
export function wrongValues(given: Given): string[] {
  return settingNames.flatMap((name) => {
    const value = given.get(name)?.trim();
    const setting: CheckedSetting = settings[name];
    if (value === undefined || setting.check(value)) return [];
    return [describe(name, `${shown(name, value)}${didYouMean(name, value)}`)];
  });
}

/** Names of ours that we do not know: a typing mistake would else go unnoticed. */
export function unknownNames(given: Given): string[] {
  const ours = settingNames.filter((name) => name.startsWith("AFTERTALK_"));
  return unknown(given, "AFTERTALK_").map((name) => unknownName(name, nearest(name, ours)));
}

/**
 * A platform's prefix belongs to other programs too, so that an unknown name is told only when it
 * is ours but for the plural (`SLACK_SUPPORT_CHANNEL`), and only when the platform is set up.
 */
export function misspeltNames(given: Given, prefix: "SLACK_" | "DISCORD_"): string[] {
  const ours = settingNames.filter((name) => name.startsWith(prefix));
  return unknown(given, prefix).flatMap((name) => {
    const near = ours.find((known) => known === `${name}S` || name === `${known}S`);
    return near === undefined ? [] : [unknownName(name, near)];
  });
}

function unknown(given: Given, prefix: string): string[] {
  const names = [...given.keys()].filter((name) => name.startsWith(prefix));
  return names.filter((name) => !settingNames.some((known) => known === name)).sort();
}

function unknownName(name: string, near: SettingName | undefined): string {
  const setting: Setting | undefined = near && settings[near];
  const hint = setting
    ? `; did you mean ${near}?\n    allowed: ${setting.allowed}\n    example: ${near}=${setting.example}`
    : "";
  return `  ${JSON.stringify(name).slice(1, -1)}\n    is not a setting of aftertalk${hint}`;
}

/** A value as it may be shown. */
export function shown(name: SettingName, value: string): string {
  const setting: Setting = settings[name];
  return setting.secret ? `set, ${value.length} characters` : quote(value);
}

/** Zones are the one value where a typo has a nearest match worth naming. */
function didYouMean(name: SettingName, value: string): string {
  if (name !== "AFTERTALK_TIME_ZONE") return "";
  const zone = nearest(value, Intl.supportedValuesOf("timeZone"));
  return zone === undefined ? "" : ` (did you mean ${zone}?)`;
}

/** One problem: the name, what was given, what is allowed, an example. */
export function describe(name: SettingName, given: string): string {
  const { allowed, example } = settings[name];
  return `  ${name}\n    given:   ${given}\n    allowed: ${allowed}\n    example: ${name}=${example}`;
}

export function quote(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

/** The one error that lists them all. */
export function badSettings(problems: readonly string[]): AppError {
  const many = problems.length === 1 ? "A setting is" : `${problems.length} settings are`;
  return new AppError("bad-setting", `${many} not usable:\n${problems.join("\n")}`, {
    advice: "Change them in the environment and start again; docs/command-line.md lists them all.",
  });
}
