import { expect, test } from "vitest";
import type { SurveyDraft } from "../../../src/admin/survey/content.ts";
import { submitEnds } from "../../../src/admin/survey/ends.ts";
import { keyProblem, readKey, submitLanguage } from "../../../src/admin/survey/submit.ts";
import { readOwn, submitAdded } from "../../../src/admin/survey/submit-added.ts";
import { submitOptions } from "../../../src/admin/survey/submit-options.ts";
import { fromTemplate } from "../../../src/admin/survey/templates.ts";
import { languages, textsFor } from "../../../src/locales/index.ts";
import { standardSurveys } from "../../../src/surveys/standard.ts";
import { readDefinition } from "../../../src/surveys/survey.ts";
import { junk } from "./junk.ts";

const exit = standardSurveys("Acme").find(({ key }) => key === "exit");
const draft = (): SurveyDraft => {
  if (exit === undefined) throw new Error("there is no exit survey any more");
  const { key, trigger, definition } = exit;
  return { v: 1, key, trigger, definition, languages: [...languages] };
};

const scored: SurveyDraft = { ...draft(), definition: fromTemplate("nps", "Acme") };
const [score] = scored.definition.questions;
/** At one end what is junk, at the other what is none. */
const endsOf = (words: string) => ({
  ...{ "low-en": words, "high-en": "Surely", "low-zh-Hans": "不会", "high-zh-Hans": words },
});

test.each(languages)(
  "junk in each field is kept as it is, or told what to write instead (%s)",
  (language) => {
    if (score?.kind !== "score") throw new Error("it begins with a score");
    const texts = textsFor(language);
    const said: string[] = [];
    const note = (problems: Readonly<Record<string, string>>) =>
      said.push(...Object.values(problems));
    for (const words of junk) {
      const key = readKey({ key: words });
      const problem = keyProblem(texts, key, new Set(["null"]));
      expect(problem === undefined, words.slice(0, 20)).toBe(
        /^[a-z][a-z0-9-]{0,19}$/.test(key) && key !== "null",
      );
      const tag = submitLanguage(texts, draft(), { language: words });
      // One of them is a language: Min Nan.
      expect("content" in tag, words.slice(0, 20)).toBe(words === "NaN");
      if ("problems" in tag) note(tag.problems);
      const own = readOwn(texts, language, { question: words, options: words });
      if ("problems" in own) note(own.problems);
      else expect(own.words, "turns round what stands behind it").not.toMatch(/[\u202A-\u202E]/);
      const options = submitOptions(
        texts,
        draft(),
        { key: "reason", page: 0 },
        {
          ...{
            values: Object.fromEntries(languages.map((each) => [each, words])),
            taken: new Set(),
          },
        },
      );
      if ("problems" in options) note(options.problems);
      const ends = submitEnds(texts, scored, { question: score, page: 0 }, endsOf(words));
      if ("problems" in ends) note(ends.problems);
      else expect(readDefinition(ends.content.definition)).toBeDefined();
      const adding = { texts, company: "Acme", taken: new Set<string>() };
      for (const kind of ["score", "open", "yes-no", "choice"] as const) {
        const values = { metric: words, question: words, options: words, [language]: words };
        const added = submitAdded(adding, draft(), kind, values);
        if ("problems" in added) note(added.problems);
        else expect(readDefinition(added.content.definition)).toBeDefined();
      }
    }
    expect(said.length).toBeGreaterThan(junk.length);
    for (const sentence of said) expect(sentence).toMatch(/\p{L}{2}/u);
  },
);
