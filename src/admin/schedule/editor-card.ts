/** A schedule in parts: what, when, whom, how often; each is a small form. Pure. */
import { isTextKey, textsFor } from "../../locales/index.ts";
import type { Message, Option, Part } from "../../platform.ts";
import { type DraftContext, draftButton } from "../draft-kind.ts";
import type { ScheduleDraft } from "./content.ts";
import { triggers } from "./fields.ts";

type Drawing = Pick<DraftContext, "engine" | "reader">;

const parts = ["what", "whom", "who", "since", "limits", "after"] as const;

/** Which part is to be changed. */
export function editorCard(drawing: Drawing, { id, about, content }: ScheduleDraft): Message {
  const named = content.written?.name;
  const texts = textsFor(drawing.reader.language);
  const title = texts.text("schedule.edit.title", {
    name: typeof named === "string" && named !== "" ? named : about,
  });
  const button = (action: string, label: string, more: Partial<Option> & { value?: string } = {}) =>
    draftButton(drawing, id, { action, label, ...more });
  const part = (name: (typeof parts)[number]) =>
    button("part", texts.text(`schedule.edit.${name}`), { value: name, opens: "form" });
  const row = (...options: Option[]): Part => ({ kind: "actions", options });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      { kind: "text", text: texts.text("schedule.edit.how") },
      row(
        button("say", texts.text("schedule.edit.sentence"), { opens: "form" }),
        part("what"),
        button("when", texts.text("schedule.edit.when")),
      ),
      row(part("whom"), part("who"), part("since")),
      row(part("limits"), part("after")),
      row(button("look", texts.text("schedule.edit.back"))),
    ],
    locale: texts.language,
  };
}

/** What makes it ask. `title`: of a new one, or of one that is changed. */
export function triggerCard(drawing: Drawing, { id, content }: ScheduleDraft): Message {
  const texts = textsFor(drawing.reader.language);
  const isNew = content.written === null;
  const title = texts.text("schedule.when.title");
  const options = triggers.map((name) => {
    const key = `schedule.trigger.${name}`;
    return draftButton(drawing, id, {
      ...{ action: "part", value: `on-${name}`, opens: "form" },
      label: isTextKey(key) ? texts.text(key) : name,
    });
  });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      { kind: "choices", options },
      {
        kind: "actions",
        options: [
          draftButton(drawing, id, {
            action: isNew ? "again" : "edit",
            label: texts.text("schedule.button.back"),
          }),
        ],
      },
    ],
    locale: texts.language,
  };
}
