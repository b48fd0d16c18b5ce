/** The buttons of the settings card: a form opens, and what is written into it becomes a draft. */
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message, Reply } from "../../platform.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { type AdminAction, adminToken } from "../admin-action.ts";
import { beginDraft, type DraftContext } from "../draft-kind.ts";
import { checkWritten } from "./check-written.ts";
import { settingsScreen } from "./draft.ts";
import {
  type SettingsForm,
  sealOf,
  settingsForm,
  settingsToChange,
  type Values,
  valuesOf,
} from "./forms-of.ts";
import { settingsCard } from "./settings-card.ts";
import { type Filled, formOf } from "./settings-form.ts";
import { type Written, writeValue } from "./written.ts";

export const SETTINGS_ROLES = ["admin"] as const;
export const WRITE_SETTINGS = "settings-set";

/** A form of the settings as they are. */
export const openSettings: AdminAction = {
  roles: SETTINGS_ROLES,
  screen: settingsCard,
  async press(context, { value }) {
    const form = settingsForm(value);
    if (form === undefined) return { kind: "update", message: gone(context) };
    const now = await readConfiguration(context.db, context.reader.workspace.id);
    return show(context, form, { values: valuesOf(form, now) });
  },
};

/** What was written: wrong values are shown in the form, others as before and after. */
export const writeSettings: AdminAction = {
  roles: SETTINGS_ROLES,
  screen: settingsCard,
  async press(context, { value = "", values }) {
    const [key, seal] = value.split("-");
    const form = settingsForm(key);
    if (form === undefined) return { kind: "update", message: gone(context) };
    // Where a form cannot answer a form its button opens it, with what holds.
    const { reading, holds } = await checkWritten(context, form, values ?? {});
    if (values === undefined) return show(context, form, { values: holds });
    if (!reading.ok)
      return show(context, form, { values: holds, written: values, problems: reading.problems });
    if (sealOf(holds) !== seal) return changedMeanwhile(context, form, holds, values);
    const { set, was } = settingsToChange(reading.values, holds);
    if (Object.keys(set).length === 0) return { kind: "message", message: same(context) };
    const content = { form: form.key, set, was };
    const draft = await beginDraft(context, {
      ...{ kind: "settings", about: form.key, base: null, content },
    });
    return { kind: "update", message: settingsScreen(context, draft) };
  },
};

/** Somebody saved while the form was open: what they wrote is below, what holds now is said above. */
function changedMeanwhile(
  context: DraftContext,
  form: SettingsForm,
  values: Values,
  written: Written,
): Reply {
  const texts = textsFor(context.reader.language);
  const problems = Object.fromEntries(
    form.settings.flatMap((setting) => {
      const holds = writeValue(texts, setting, values[setting.name]);
      return holds === (written[setting.name] ?? "")
        ? []
        : [[setting.name, texts.text("settings.meanwhile", { value: holds })]];
    }),
  );
  return show(context, form, { values, written, problems });
}

function show(context: DraftContext, form: SettingsForm, filled: Filled): Reply {
  const value = `${form.key}-${sealOf(filled.values)}`;
  const token = adminToken(context, WRITE_SETTINGS, value);
  const texts = textsFor(context.reader.language);
  return { kind: "form", form: formOf(texts, form, filled, token) };
}

function same({ reader }: Pick<DraftContext, "reader">): Message {
  return lineMessage(reader.language, textsFor(reader.language).text("change.applied.nothing"));
}

function gone({ reader }: Pick<DraftContext, "reader">): Message {
  return lineMessage(reader.language, textsFor(reader.language).text("admin.gone"));
}
