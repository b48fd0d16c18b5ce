/** Settings that somebody is about to change: before and after, what cannot be taken back, then the yes. */
import { z } from "zod";
import type { ChangeOf } from "../../configuration/change.ts";
import { changeParts, sayChanges } from "../../configuration/say-change.ts";
import type { Work } from "../../engine.ts";
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message, Part } from "../../platform.ts";
import { applyFromChat } from "../apply.ts";
import {
  type DraftContext,
  type DraftStep,
  draftButton,
  draftKind,
  draftToken,
  type OpenDraft,
} from "../draft-kind.ts";
import { checkWritten } from "./check-written.ts";
import { settingsForm, settingsToChange } from "./forms-of.ts";
import { type Filled, formOf } from "./settings-form.ts";
import type { Written } from "./written.ts";

const content = z.object({
  /** The form that they came from. */
  form: z.string(),
  set: z.record(z.string(), z.unknown()),
  was: z.record(z.string(), z.unknown()),
});
export type SettingsContent = z.output<typeof content>;
type Draft = OpenDraft<SettingsContent>;
type Press = DraftContext & { readonly work: Work };

const SAVE = "save";
const WRITE = "write";
const DROP = "drop";

export const settingsDraftKind = draftKind<SettingsContent>({
  read: (kept) => content.safeParse(kept).data,
  screen: (context, draft) => Promise.resolve(settingsScreen(context, draft)),
  press(context, { draft, action, values }) {
    if (action === SAVE) return save(context, draft);
    if (action === WRITE) return write(context, draft, values);
    return Promise.resolve(
      action === DROP
        ? { update: { state: "dropped" }, reply: { kind: "update", message: dropped(context) } }
        : { reply: { kind: "update", message: settingsScreen(context, draft) } },
    );
  },
});

/** What would be otherwise, and the button that makes it so. */
export function settingsScreen(context: DraftContext, draft: Draft): Message {
  const { language } = context.reader;
  const texts = textsFor(language);
  const change = changeIn(draft);
  const warnings = warningsOf(change).map((key) => texts.text(key));
  const title = texts.text("settings.sure");
  const button = (action: string, key: "save" | "write" | "drop", more = {}) =>
    draftButton(context, draft.id, { action, label: texts.text(`settings.do.${key}`), ...more });
  const danger = warnings.length > 0 ? ({ tone: "danger" } as const) : {};
  const nothing = { surveys: new Map(), schedules: new Map() };
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...changeParts(sayChanges(texts, [change], nothing, new Map())),
      ...warnings.map((text): Part => ({ kind: "text", text })),
      {
        kind: "actions",
        options: [
          button(SAVE, "save", danger),
          button(WRITE, "write", { opens: "form" }),
          button(DROP, "drop"),
        ],
      },
    ],
    locale: language,
  };
}

function changeIn({ content: { set, was } }: Draft): ChangeOf<"settings"> {
  return { kind: "settings", set, was };
}

type Warning =
  | "settings.warn.retention"
  | "settings.warn.promise"
  | "settings.warn.zone"
  | "settings.warn.approval";

/** What cannot be taken back, or is more than it looks. */
function warningsOf({ set, was }: ChangeOf<"settings">): Warning[] {
  const shorter = Object.entries(set).some(
    ([name, to]) => name.startsWith("retention.") && Number(to) < Number(was[name]),
  );
  return [
    ...(shorter ? (["settings.warn.retention"] as const) : []),
    ...("promise" in set ? (["settings.warn.promise"] as const) : []),
    ...("timeZone" in set ? (["settings.warn.zone"] as const) : []),
    ...(set["approval.secondPerson"] === true ? (["settings.warn.approval"] as const) : []),
  ];
}

async function save(context: Press, draft: Draft): Promise<DraftStep> {
  const how = { origin: "chat", draft } as const;
  const { message, update } = await applyFromChat(context, [changeIn(draft)], how);
  return { ...(update && { update }), reply: { kind: "update", message } };
}

/** The form once more, and what is written into it then. */
async function write(
  context: Press,
  draft: Draft,
  values: Written | undefined,
): Promise<DraftStep> {
  const texts = textsFor(context.reader.language);
  const form = settingsForm(draft.content.form);
  if (form === undefined) return { reply: { kind: "update", message: dropped(context) } };
  const { reading, holds } = await checkWritten(context, form, values ?? {});
  const token = draftToken(context, draft.id, WRITE);
  const show = (filled: Pick<Filled, "written" | "problems">): DraftStep => {
    const all = { ...filled, values: { ...holds, ...draft.content.set } };
    return { reply: { kind: "form", form: formOf(texts, form, all, token) } };
  };
  if (values === undefined) return show({});
  if (!reading.ok) return show({ written: values, problems: reading.problems });
  const next = { form: form.key, ...settingsToChange(reading.values, holds) };
  const message = settingsScreen(context, { ...draft, content: next });
  return { update: { content: next }, reply: { kind: "update", message } };
}

function dropped({ reader }: Pick<DraftContext, "reader">): Message {
  return lineMessage(reader.language, textsFor(reader.language).text("settings.dropped"));
}
