/** The other parts of a draft: what can be added, the order, the thanks, the languages; and "sure?". Pure. */

import { spokenBy } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { Message, Part } from "../../platform.ts";
import { surveyTexts } from "../../surveys/check/survey-texts.ts";
import { fallbackOf } from "../../surveys/fallback.ts";
import type { OpenSurveyDraft, SurveyDraft } from "./content.ts";
import { actions, card, type Drawing, note, questionLine, section, text } from "./drawing.ts";
import { canMoveUp, levels } from "./edits.ts";
import { namedPages, pagesOf } from "./form-fields.ts";
import { freeMetrics, wordsAction } from "./forms.ts";
import { factsOf } from "./question-screen.ts";

const form = { opens: "form" } as const;

export function addScreen(drawing: Drawing, { content }: OpenSurveyDraft): Message {
  const { texts, button } = drawing;
  const kinds = ["open", "yes-no", "choice"] as const;
  const scores = freeMetrics(content.definition).length > 0 ? (["score"] as const) : [];
  const options = [...scores, ...kinds].map((kind) =>
    button(texts.text(`survey.add.${kind}`), "new", kind, form),
  );
  return card(
    drawing,
    texts.text("survey.edit.add"),
    text(texts.text("survey.add.how")),
    [{ kind: "choices", options }],
    actions(button(texts.text("survey.edit.back"), "main")),
  );
}

export function orderScreen(drawing: Drawing, { content }: OpenSurveyDraft): Message {
  const { texts, button } = drawing;
  const { definition } = content;
  const { questions } = definition;
  const rows = questions.map(
    (each, i) => [`${i + 1}`, questionLine(drawing, definition, each, 120)] as const,
  );
  const up = questions.flatMap((each, i) =>
    canMoveUp(definition, each.key)
      ? [button(texts.text("survey.order.up", { n: i + 1 }), "up", each.key)]
      : [],
  );
  return card(
    drawing,
    texts.text("survey.edit.order"),
    [{ kind: "facts", rows }],
    note(texts.text("survey.order.how")),
    up.length === 0 ? [] : [{ kind: "choices", options: up }],
    actions(button(texts.text("survey.edit.back"), "main")),
  );
}

export function thanksScreen(drawing: Drawing, { content }: OpenSurveyDraft): Message {
  const { texts, button } = drawing;
  const { thanks } = content.definition;
  const back = button(texts.text("survey.edit.back"), "main");
  const title = texts.text("survey.edit.thanks");
  if (thanks === undefined) {
    const own = button(texts.text("survey.thanks.write"), "th-own");
    return card(drawing, title, text(texts.text("survey.thanks.usual.long")), actions(own, back));
  }
  const pages = pagesOf(content.languages);
  const forms = levels.flatMap((level) =>
    namedPages(drawing, texts.text(`survey.question.words.${level}`), pages).map((named, at) =>
      button(named, wordsAction(level, at, "t"), undefined, form),
    ),
  );
  return card(
    drawing,
    title,
    levels.flatMap((level) => [
      ...section(texts.text(`survey.level.${level}`)),
      factsOf(drawing, thanks[level], content.languages),
    ]),
    actions(...forms),
    actions(
      button(texts.text("survey.thanks.again"), "th-usual", undefined, { tone: "danger" }),
      back,
    ),
  );
}

export function languagesScreen(drawing: Drawing, { content }: OpenSurveyDraft): Message {
  const { texts, button, language } = drawing;
  const rows = content.languages.map((each) => {
    const missing = missingIn(content, each);
    const state =
      missing === 0
        ? texts.text("survey.languages.whole")
        : texts.text("survey.languages.missing", { n: missing });
    return [languageName(each, language), state] as const;
  });
  const remove = content.languages.map((each, i) => {
    const label = texts.text("survey.languages.remove", { language: languageName(each, language) });
    return button(label, "lr", String(i));
  });
  const pick = texts.text("survey.languages.remove.pick");
  return card(
    drawing,
    texts.text("survey.edit.languages"),
    [{ kind: "facts", rows }],
    fallbackParts(drawing, content),
    remove.length < 2 ? [] : [{ kind: "choices", options: remove.slice(0, 25), pick }],
    actions(
      button(texts.text("survey.languages.add"), "la", undefined, form),
      button(texts.text("survey.edit.back"), "main"),
    ),
  );
}

/** In which language everybody else is asked, and which of ours it could be instead. */
function fallbackParts({ texts, button, language }: Drawing, content: SurveyDraft): Part[] {
  const tag = fallbackOf(content.definition) ?? content.languages[0] ?? "";
  const name = languageName(tag, language);
  const n = missingIn(content, tag);
  const options = content.languages.flatMap((each, i) => {
    if (each === tag || spokenBy(each) !== each) return [];
    const label = texts.text("survey.languages.fallback", {
      language: languageName(each, language),
    });
    return [button(label, "fb", String(i))];
  });
  const pick = texts.text("survey.languages.fallback.pick");
  return [
    ...text(texts.text("survey.languages.how", { language: name })),
    ...(n === 0
      ? []
      : text(texts.text("survey.languages.fallback.missing", { language: name, n }))),
    ...(options.length === 0 ? [] : [{ kind: "choices", options, pick } as const]),
  ];
}

function missingIn({ definition }: SurveyDraft, language: string): number {
  return surveyTexts(definition).filter(({ words }) => (words[language] ?? "") === "").length;
}

/** In which language it is tried. */
export function tryScreen(drawing: Drawing, { content }: OpenSurveyDraft): Message {
  const { texts, button, language } = drawing;
  const options = content.languages
    .slice(0, 25)
    .map((each, i) => button(languageName(each, language), "try", String(i)));
  return card(
    drawing,
    texts.text("survey.edit.try"),
    text(texts.text("survey.try.how")),
    [{ kind: "choices", options }],
    actions(button(texts.text("survey.edit.back"), "main")),
  );
}

/** Asked before something goes that was written. */
export function sureScreen(
  drawing: Drawing,
  asked: {
    readonly title: string;
    readonly what: string;
    readonly yes: readonly [label: string, action: string, value?: string | undefined];
    readonly back?: readonly [action: string, value?: string];
  },
): Message {
  const { texts, button } = drawing;
  const [label, action, value] = asked.yes;
  const [back = "main", of] = asked.back ?? [];
  return card(
    drawing,
    asked.title,
    text(asked.what),
    actions(
      button(label, action, value, { tone: "danger" }),
      button(texts.text("survey.edit.back"), back, of),
    ),
  );
}
