/** `/aftertalk settings`: everything that a workspace has set for itself, with a button for each form. */
import type { Configuration } from "../../configuration/configuration.ts";
import { saySetting } from "../../configuration/say-setting.ts";
import {
  groupLabel,
  type SettingGroup,
  settingGroups,
  settingLabel,
} from "../../configuration/settings-table.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Option, Part } from "../../platform.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { adminButton } from "../admin-action.ts";
import { type Drawing, stoppedParts } from "../stop/stopped.ts";
import { type SettingsForm, settingsForms } from "./forms-of.ts";

export const OPEN_SETTINGS = "settings-open";

export async function settingsCard(drawing: Drawing): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  const now = await readConfiguration(db, reader.workspace.id);
  const title = texts.text("settings.title", { name: reader.workspace.name });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(await stoppedParts(drawing)),
      ...settingGroups.flatMap((group) => groupParts(texts, group, now)),
      { kind: "text", text: texts.text("settings.change") },
      { kind: "actions", options: settingsForms.map((form) => openButton(drawing, texts, form)) },
      { kind: "note", text: texts.text("settings.rest") },
    ],
    locale: reader.language,
  };
}

/** All settings of a group, whatever form they are in. */
function groupParts(texts: Texts, group: SettingGroup, now: Configuration): Part[] {
  const rows = settingsForms
    .filter((form) => form.group === group)
    .flatMap(({ settings }) => settings)
    .map((setting) => {
      const { name } = setting;
      return [settingLabel(texts, setting), saySetting(texts, name, now.settings[name])] as const;
    });
  return [
    { kind: "heading", text: groupLabel(texts, group), minor: true },
    { kind: "facts", rows },
  ];
}

function openButton(drawing: Drawing, texts: Texts, { key, group }: SettingsForm): Option {
  const name = groupLabel(texts, group);
  const label = key === group ? name : texts.text("settings.more", { name });
  return adminButton(drawing, { action: OPEN_SETTINGS, value: key, label, opens: "form" });
}
