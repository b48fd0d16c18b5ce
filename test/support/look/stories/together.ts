/** Two admins: both change the same, and one has to agree to what the other wants. */

import { textsFor } from "../../../../src/locales/index.ts";
import { languageName } from "../../../../src/locales/language-name.ts";
import type { Walk } from "../walk.ts";
import { type Story, surveyCommand } from "./story.ts";

const KEY = "churn-check-in";

/** Yes, save: also where figures are counted anew then. */
async function sure(walk: Walk, name?: string): Promise<void> {
  const { text } = walk.texts;
  const anew = text("survey.save.series.yes");
  await walk.presses(walk.has(anew) ? anew : text("survey.save.yes"), name);
}

export const conflict: Story = async ({ admin, second, language }) => {
  const { text } = admin.texts;
  const edits = async (walk: typeof admin, words: string, save: boolean) => {
    const { text: say, language: reads } = walk.texts;
    await walk.presses("1. ");
    await walk.presses(say("survey.question.words"));
    await walk.fills({ [languageName(language, reads)]: words });
    await walk.presses(say("survey.edit.back"));
    if (!save) return;
    await walk.presses(say("survey.edit.save"));
    await sure(walk);
  };
  await admin.asks(surveyCommand("edit", KEY));
  await edits(admin, "Will you stay with us?", false);
  await second.asks(surveyCommand("edit", KEY));
  await edits(second, "Do you plan to stay?", true);
  await admin.asks({ command: "survey drafts", line: "" }, "drafts-others");
  await admin.asks(surveyCommand("edit", KEY), "survey-edit-meanwhile");
  if (admin.has(text("survey.begin.go-on"))) await admin.presses(text("survey.begin.go-on"));
  await admin.presses(text("survey.edit.save"), "conflict-save");
  await sure(admin, "conflict");
  await admin.presses(text("change.rebase"), "conflict-rebased");
};

export const approval: Story = async ({ admin, second }) => {
  const { text } = admin.texts;
  await admin.asks({ command: "aftertalk settings", line: "" });
  await admin.presses(text("setting.group.access"));
  const on = text("change.yes");
  await admin.fills({ [text("setting.approval.secondPerson")]: on }, "approval-sure");
  await admin.presses(text("settings.do.save"));
  await admin.asks(surveyCommand("resume", "chat-ces"));
  await admin.presses(text("state.do.on"), "proposed");
  await second.newest("leads", "proposal");
  // What is posted is in the language of the place.
  const agree = [second.texts, textsFor("en")].map((each) => each.text("change.approve"));
  await second.presses(agree.find((label) => second.has(label)) ?? "", "approved");
  await admin.newest("direct", "approved-told");
  await admin.asks({ command: "aftertalk undo", line: "" }, "changes-approved");
};
