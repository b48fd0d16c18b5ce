/** Surveys: the list, a new one, the editor with every part of it, saved, its history and back. */
import { languageName } from "../../../../src/locales/language-name.ts";
import { mistaken, type Story, surveyCommand } from "./story.ts";

export const list: Story = async ({ admin }) => {
  const { text } = admin.texts;
  await admin.asks({ command: "survey list", line: "" }, "survey-list");
  await admin.presses(text("feedback.next"));
  await admin.presses(text("survey.list.open", { key: "exit" }), "survey-card");
  await admin.asks(surveyCommand("history", "exit"), "survey-history-one");
  await admin.asks(surveyCommand("try", "exit"), "survey-tried");
  await admin.newest("direct", "survey-tried-direct");
  await admin.asks(surveyCommand("edit", "exti"), "survey-unknown");
};

export const make: Story = async ({ admin, language }) => {
  const { text } = admin.texts;
  const own = languageName(language, language);
  await admin.asks({ command: "survey new", line: "" }, "survey-new");
  await admin.presses(text("survey.template.own"), "survey-new-form");
  const question = text("survey.form.own.question", { language: own });
  const answers = text("survey.form.own.options", { language: own });
  const key = text("survey.form.key");
  const asked = { [question]: "Don’t you think that our great team is fast and friendly?" };
  await mistaken(admin, { [key]: "Not A Key!", ...asked, [answers]: "One" }, "survey-new-form");
  await admin.fills({ [key]: "spring-check", ...asked, [answers]: "Yes\nNo" }, "survey-new-linted");
  await admin.presses("1. ");
  await admin.presses(text("survey.question.options"));
  await admin.fills({ [own]: "Of course\nNo" }, "survey-options-unclear");
  await admin.presses(text("survey.options.new"));
  if (admin.has(text("survey.edit.back"))) await admin.presses(text("survey.edit.back"));
  await admin.presses(text("survey.edit.languages"), "survey-languages");
  await admin.presses(text("survey.languages.add"), "survey-languages-form");
  await mistaken(admin, { [text("survey.form.language")]: "klingonish" }, "survey-languages-form");
  const other = language === "en" ? "ru" : "en";
  await admin.fills({ [text("survey.form.language")]: other }, "survey-languages-missing");
  await admin.presses(text("survey.edit.back"), "survey-missing-words");
  await admin.presses("1. ", "survey-question-missing");
  await admin.presses(text("survey.question.words"), "survey-words-form");
  await mistaken(
    admin,
    { [languageName(other, language)]: "{nme}, how are you?" },
    "survey-words-form",
  );
  await admin.fills({ [languageName(other, language)]: "How did you find us?" });
  await admin.presses(text("survey.edit.back"));
  await admin.presses(text("survey.edit.save"), "survey-save-not-yet");
  await admin.presses(text("survey.edit.back"));
  await admin.presses(text("survey.edit.drop"), "survey-drop");
};

export const edit: Story = async ({ admin, language }) => {
  const { text } = admin.texts;
  const own = languageName(language, language);
  await admin.asks(surveyCommand("edit", "exit"), "survey-edit");
  await admin.presses("1. ", "survey-question-choice");
  await admin.presses(text("survey.question.options"), "survey-options-form");
  await mistaken(admin, { [own]: "Only one" }, "survey-options-form");
  await admin.asks(surveyCommand("edit", "exit"));
  await admin.presses(text("survey.begin.go-on"));
  await admin.presses("1. ");
  await admin.presses(text("survey.question.when"), "survey-when-form");
  await admin.asks(surveyCommand("edit", "exit"), "survey-edit-go-on");
  await admin.presses(text("survey.begin.anew"));
  await admin.presses(text("survey.edit.thanks"), "survey-thanks-own");
  await admin.presses(text("survey.thanks.again"), "survey-thanks");
  await admin.presses(text("survey.thanks.write"));
  await admin.presses(text("survey.question.words.high"), "survey-thanks-form");
  await admin.fills({}, "survey-thanks-filled");
  await admin.presses(text("survey.edit.back"));
  await admin.presses(text("survey.edit.add"), "survey-add");
  await admin.presses(text("survey.add.open"), "survey-add-form");
  await admin.fills({ [own]: "What could we have done?" }, "survey-added");
  await admin.presses(text("survey.edit.back"));
  await admin.presses(text("survey.edit.preview"), "survey-preview");
  await admin.presses(text("survey.edit.back"));
  await admin.presses(text("survey.edit.about"), "survey-about-form");
  await admin.fills({});
  await admin.presses(text("survey.edit.try"), "survey-try");
  await admin.presses(own, "survey-try-sent");
  await admin.asks({ command: "survey drafts", line: "" }, "survey-drafts");
};

export const save: Story = async ({ admin, language }) => {
  const { text } = admin.texts;
  const own = languageName(language, language);
  await admin.asks(surveyCommand("edit", "relationship-nps"));
  await admin.presses("1. ", "survey-question-score");
  await admin.presses(text("survey.question.words"));
  await admin.fills({ [own]: "Would you recommend us to a colleague?" });
  await admin.presses(text("survey.edit.back"), "survey-edited");
  await admin.presses(text("survey.edit.save"), "survey-save-series");
  await admin.presses(text("survey.save.series.yes"), "survey-saved");
  await admin.asks(surveyCommand("history", "relationship-nps"), "survey-history");
  await admin.presses(text("survey.history.look", { version: 1 }), "survey-version");
  await admin.presses(text("survey.history.back-to", { version: 1 }), "survey-go-back");
  const diff = { survey: "relationship-nps", versions: "1 2" };
  const line = "relationship-nps 1 2";
  await admin.asks({ command: "survey history", line, options: diff }, "survey-diff");
};
