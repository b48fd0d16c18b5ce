/** What is so around a draft of a survey, read once for each card. */

import { type Language, languages } from "../../locales/index.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { openDraftsAbout } from "../../store/drafts.ts";
import { namesOf } from "../../store/preview.ts";
import { listSchedules } from "../../store/schedules.ts";
import { listSurveyVersions, readKeptSurvey } from "../../store/survey-versions.ts";
import { checkSurvey } from "../../surveys/check/check.ts";
import type { DraftContext } from "../draft-kind.ts";
import { surveyPlatforms } from "../preview/platforms.ts";
import type { SurveyDraft } from "./content.ts";
import type { SurveyFacts } from "./drawing.ts";
import type { TakenKeys } from "./submit.ts";

type Reading = Pick<DraftContext, "engine" | "db" | "reader">;

export async function loadFacts(
  context: Reading,
  { content, about }: { readonly content: SurveyDraft; readonly about: string },
): Promise<SurveyFacts> {
  const { engine, db, reader } = context;
  const { id, name: company } = reader.workspace;
  const saved = await readKeptSurvey(db, id, about || content.key);
  const drafts = await openDraftsAbout(db, id, "survey", about);
  const others = drafts.flatMap(({ personId }) => (personId === reader.person.id ? [] : personId));
  const people = [...others, ...(saved === undefined ? [] : [saved.by])];
  const names = await namesOf(db, id, people.filter(isPerson));
  const platforms = await surveyPlatforms(engine, db, id);
  const known: readonly string[] = content.languages;
  const { definition, trigger } = content;
  return {
    company,
    saved,
    savedBy: saved === undefined ? "" : (names.get(saved.by) ?? saved.by),
    others: [...new Set(others.map((each) => names.get(each) ?? each))],
    schedules: askedBy(await listSchedules(db, id), content.replaces ?? content.key),
    findings: checkSurvey(definition, {
      ...{ platforms, company, trigger },
      languages: languages.filter((each): each is Language => known.includes(each)),
    }),
  };
}

/** People are named by their ids; operators and the program by words. */
export function isPerson(by: string): boolean {
  return /^[0-9a-f-]{36}$/u.test(by);
}

/** Names of schedules that ask a survey, those that are on first. */
function askedBy(schedules: readonly Schedule[], key: string): string[] {
  return schedules
    .filter(({ definition, state }) => {
      const asked = [definition.survey, ...(definition.steps ?? []).map(({ survey }) => survey)];
      return state !== "archived" && asked.includes(key);
    })
    .toSorted((a, b) => Number(b.state === "on") - Number(a.state === "on"))
    .map(({ definition }) => definition.name);
}

/** Every key that a question or an option has or had: answers that were given refer to them. */
export async function takenKeys(
  { db, reader }: Reading,
  { content, about }: { readonly content: SurveyDraft; readonly about: string },
): Promise<TakenKeys> {
  const versions = await listSurveyVersions(db, reader.workspace.id, about || content.key);
  const definitions = [
    content.definition,
    ...versions.flatMap(({ definition }) => definition ?? []),
  ];
  const keys = definitions.flatMap(({ questions }) =>
    questions.flatMap((question) => [
      question.key,
      ...(question.kind === "choice"
        ? question.options.map(({ key }) => `${question.key}/${key}`)
        : []),
    ]),
  );
  return new Set(keys);
}
