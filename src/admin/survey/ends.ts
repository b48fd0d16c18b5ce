/** What the ends of a scale are called: the usual words, or an admin's own for this question. Pure. */
import { spokenBy, type Texts, textsFor } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { Form, Option, Part } from "../../platform.ts";
import type { SurveyFinding } from "../../surveys/check/finding.ts";
import { usualEnds } from "../../surveys/labels.ts";
import { placeholdersIn, unknownIn } from "../../surveys/placeholders.ts";
import type { ScoreQuestion, Wording } from "../../surveys/survey.ts";
import type { OpenSurveyDraft, SurveyDraft } from "./content.ts";
import { clip, type Drawing, note, text } from "./drawing.ts";
import { withoutEnds, withQuestion, withWording } from "./edits.ts";
import { findingAt } from "./findings.ts";
import { field, form, namedPages, pagesOf, type Written } from "./form-fields.ts";
import { MAX_OPTION, plain } from "./options.ts";
import { type Submitted, type Values, wordsIn } from "./submit.ts";

const sides = ["low", "high"] as const;
type Side = (typeof sides)[number];

/** So many languages are in one form: each has two ends. */
const A_FORM = 2;
/** Longer than it may be: whoever writes too much is told so, and it is not cut unseen. */
const MAX_TYPED = 300;
/** So much of an end stands in a list. */
const MAX_SHOWN = 40;

function fieldName(tag: string, side: Side): string {
  return `${side}-${tag}`;
}

/** Which of the forms a button opens. */
export function readEndsAction(action: string): number | undefined {
  const [, page] = /^en(\d)$/u.exec(action) ?? [];
  return page === undefined ? undefined : Number(page);
}

/** How both ends are called in each language. */
export function endsParts(
  { texts, language }: Drawing,
  { metric, ends }: ScoreQuestion,
  languages: readonly string[],
): Part[] {
  const pair = (low: string, high: string) => texts.text("survey.ends.pair", { low, high });
  const usual = usualEnds(texts, metric);
  if (ends === undefined)
    return note(texts.text("survey.ends.usual", { ends: pair(usual.low, usual.high) }));
  const missing = texts.text("survey.edit.no-words");
  const said = (words: Wording, tag: string) => clip(words[tag] ?? "", MAX_SHOWN) || missing;
  const rows = languages.map(
    (tag) =>
      [languageName(tag, language), pair(said(ends.low, tag), said(ends.high, tag))] as const,
  );
  return [...text(texts.text("survey.ends.own")), { kind: "facts", rows }];
}

export function endsButtons(
  drawing: Drawing,
  question: ScoreQuestion,
  languages: readonly string[],
): Option[] {
  const { texts, button } = drawing;
  const label = texts.text("survey.ends.write");
  const open = namedPages(drawing, label, pagesOf(languages, A_FORM)).map((named, page) =>
    button(named, `en${page}`, question.key, { opens: "form" }),
  );
  if (question.ends === undefined) return open;
  const again = texts.text("survey.ends.again");
  return [...open, button(again, "en-usual", question.key, { tone: "danger" })];
}

/** Both ends in the languages of a page; what was found in them stands at its field. */
export function endsForm(
  drawing: Drawing,
  { content, base }: OpenSurveyDraft,
  asked: {
    readonly question: ScoreQuestion;
    readonly page: number;
    readonly findings: readonly SurveyFinding[];
  },
  written?: Written,
): Form {
  const { texts, language } = drawing;
  const { question, page, findings } = asked;
  const index = content.definition.questions.findIndex(({ key }) => key === question.key);
  const fields = (pagesOf(content.languages, A_FORM)[page] ?? []).flatMap((tag) =>
    sides.map((side) => {
      const usual = usualEnds(textsFor(spokenBy(tag) ?? language), question.metric)[side];
      const found = findingAt(texts, findings, `questions.${index}.ends.${side}`, tag);
      return field(written, {
        name: fieldName(tag, side),
        label: texts.text("survey.form.end", { language: languageName(tag, language), end: side }),
        hint: found ?? texts.text("survey.form.end.hint", { usual }),
        maxLength: MAX_TYPED,
        value: question.ends?.[side][tag] ?? "",
      });
    }),
  );
  const saved = base === null ? "no" : "yes";
  const notice = texts.text("survey.form.ends.notice", { max: MAX_OPTION, saved });
  return form(
    drawing,
    texts.text("survey.ends.write"),
    [`en${page}`, question.key],
    fields,
    notice,
  );
}

/** Both ends of a language, or none of them; empty in all languages they are the usual ones. */
export function submitEnds(
  texts: Texts,
  content: SurveyDraft,
  { question, page }: { readonly question: ScoreQuestion; readonly page: number },
  values: Values,
): Submitted {
  const tags = pagesOf(content.languages, A_FORM)[page] ?? [];
  const read = (side: Side) => {
    const words = (tag: string) => wordsIn(values, fieldName(tag, side)).replace(/\s+/gu, " ");
    return Object.fromEntries(tags.map((tag) => [tag, words(tag)]));
  };
  const said = { low: read("low"), high: read("high") };
  const problems = tags.flatMap((tag) =>
    sides.flatMap((side): [string, string][] => {
      const other = said[side === "low" ? "high" : "low"][tag] ?? "";
      const problem = endProblem(texts, { side, words: said[side][tag] ?? "", other });
      return problem === undefined ? [] : [[fieldName(tag, side), problem]];
    }),
  );
  if (problems.length > 0) return { problems: Object.fromEntries(problems) };
  const { low = {}, high = {} } = question.ends ?? {};
  const ends = { low: withWording(low, said.low), high: withWording(high, said.high) };
  const usual = Object.keys(ends.low).length + Object.keys(ends.high).length === 0;
  const changed = usual ? withoutEnds(question) : { ...question, ends };
  const definition = withQuestion(content.definition, question.key, () => changed);
  return { content: { ...content, definition } };
}

function endProblem(
  texts: Texts,
  { side, words, other }: { readonly side: Side; readonly words: string; readonly other: string },
): string | undefined {
  if (words === "" && other !== "") return texts.text("survey.problem.end.one");
  const { length } = [...words];
  if (length > MAX_OPTION) return texts.text("survey.problem.long", { max: MAX_OPTION, n: length });
  const [name] = [...placeholdersIn(words), ...unknownIn(words).map(({ word }) => word)];
  if (name !== undefined) return texts.text("survey.problem.end.name", { name });
  const same = side === "high" && words !== "" && plain(words) === plain(other);
  return same ? texts.text("survey.problem.end.same") : undefined;
}
