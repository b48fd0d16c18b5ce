import { expect, test } from "vitest";
import { readSettingText, writeSettingText } from "../../src/configuration/setting-text.ts";
import {
  groupLabel,
  settingAbout,
  settingHint,
  settingLabel,
  settingsTable,
} from "../../src/configuration/settings-table.ts";
import { languages, textsFor } from "../../src/locales/index.ts";
import { defaultSettings, flatten } from "../../src/store/settings.ts";

const known = flatten(defaultSettings);

test("every setting stands in the table, and nothing else does", () => {
  expect(settingsTable.map(({ name }) => name).sort()).toEqual(Object.keys(known).sort());
});

test("what a setting is at first can be typed, and is read again as it was", () => {
  for (const setting of settingsTable) {
    const value = known[setting.name];
    expect(readSettingText(setting, writeSettingText(value)), setting.name).toEqual(value);
  }
});

test("labels fit where a platform shows them, in every language", () => {
  for (const texts of languages.map(textsFor)) {
    for (const setting of settingsTable) {
      expect(settingLabel(texts, setting).length, setting.name).toBeLessThanOrEqual(45);
      expect(settingHint(texts, setting).length, setting.name).toBeLessThanOrEqual(100);
      expect(settingAbout(texts, setting).length, setting.name).toBeLessThanOrEqual(150);
      expect(groupLabel(texts, setting.group)).not.toBe("");
    }
  }
});
