/** Which settings stand together in a form. Pure. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Configuration } from "../../configuration/configuration.ts";
import {
  type Setting,
  type SettingGroup,
  settingGroups,
  settingsTable,
} from "../../configuration/settings-table.ts";

/** No form has more fields. */
const MOST_FIELDS = 5;
/** Stopping everything has a card of its own, that says what it does. */
const ELSEWHERE = "asking.stopped";

/** The settings of one form. */
export interface SettingsForm {
  /** Stands in tokens: `targets2`. */
  readonly key: string;
  readonly group: SettingGroup;
  readonly settings: readonly Setting[];
}

/** All forms in the order of the card; a group of many settings has several, of about as many each. */
export const settingsForms: readonly SettingsForm[] = settingGroups.flatMap((group) => {
  const all = settingsTable.filter((each) => each.group === group && each.name !== ELSEWHERE);
  const count = Math.ceil(all.length / MOST_FIELDS);
  const size = Math.ceil(all.length / Math.max(1, count));
  return Array.from({ length: count }, (_, index) => ({
    key: index === 0 ? group : `${group}${index + 1}`,
    group,
    settings: all.slice(index * size, (index + 1) * size),
  }));
});

export function settingsForm(key: string | undefined): SettingsForm | undefined {
  return settingsForms.find((form) => form.key === key);
}

type Fields = Record<string, unknown>;
export type Values = Readonly<Fields>;

/** What the settings of a form are now. */
export function valuesOf({ settings }: SettingsForm, now: Configuration): Values {
  return Object.fromEntries(settings.map(({ name }) => [name, now.settings[name]]));
}

/** Only what is otherwise than it was. */
export function settingsToChange(values: Values, holds: Values): { set: Fields; was: Fields } {
  const names = Object.keys(values).filter((name) => !isDeepStrictEqual(values[name], holds[name]));
  const pick = (from: Values) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { set: pick(values), was: pick(holds) };
}

/** So much of a hash tells whether somebody changed any of them meanwhile. */
const SEAL_LENGTH = 8;

export function sealOf(values: Values): string {
  const text = JSON.stringify(Object.entries(values));
  return createHash("sha256").update(text).digest("hex").slice(0, SEAL_LENGTH);
}
