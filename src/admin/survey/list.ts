/** All surveys, and one of them: what it asks, in which languages, which version, what asks it. */
import { sayMoment } from "../../commands/moment.ts";
import { textsFor } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { Message, Option, Part } from "../../platform.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { namesOf } from "../../store/preview.ts";
import { listSchedules } from "../../store/schedules.ts";
import { type KeptSurvey, listKeptSurveys, readKeptSurvey } from "../../store/survey-versions.ts";
import { adminButton } from "../admin-action.ts";
import type { DraftContext } from "../draft-kind.ts";
import { stoppedParts } from "../stop/stopped.ts";
import { SHOW_STATE } from "../survey-state/state-card.ts";
import { buttonValue } from "../survey-state/state-value.ts";
import { languagesOf, SURVEY_KEY } from "./content.ts";
import {
  actions,
  card,
  clip,
  kindName,
  listOf,
  note,
  questionLine,
  section,
  text,
} from "./drawing.ts";
import { isPerson } from "./facts.ts";
import { sayAsked } from "./say-asked.ts";

/** So many surveys are one page. */
const PAGE = 6;

export type Seeing = Pick<DraftContext, "engine" | "db" | "reader">;

export function isAdmin({ reader }: Pick<Seeing, "reader">): boolean {
  return reader.person.role === "admin";
}

/** `archived`: those that were put away, and no others. */
export async function listCard(
  context: Seeing,
  { page = 0, archived = false }: { readonly page?: number; readonly archived?: boolean } = {},
): Promise<Message> {
  const { db, reader } = context;
  const texts = textsFor(reader.language);
  const all = await listKeptSurveys(db, reader.workspace.id);
  const schedules = await listSchedules(db, reader.workspace.id);
  const wanted = all.filter(({ state }) => (state === "archived") === archived);
  const title = texts.text(archived ? "survey.list.archived" : "survey.title");
  const from = page * PAGE;
  const some = wanted.slice(from, from + PAGE);
  const hidden = all.length - wanted.length;
  const turns = turnButtons(context, { page, archived, more: wanted.length > from + PAGE, hidden });
  return card(
    { texts },
    title,
    await stoppedParts(context),
    some.length === 0 ? text(texts.text("survey.list.none")) : [],
    some.flatMap((survey) => surveyLines(context, survey, schedules)),
    openers(context, some),
    actions(...turns),
    isAdmin(context) ? actions(newButton(context)) : note(texts.text("survey.list.look-only")),
  );
}

function surveyLines(context: Seeing, survey: KeptSurvey, schedules: readonly Schedule[]): Part[] {
  const { language } = context.reader;
  const texts = textsFor(language);
  const { key, version, definition } = survey;
  const [first] = definition?.questions ?? [];
  const isKnown = definition !== undefined && first !== undefined;
  const asks = isKnown
    ? `${kindName(texts, first)}: ${questionLine({ texts, language }, definition, first, 140)}`
    : texts.text("survey.card.unknown");
  const made = [
    texts.text("survey.card.version", { version }),
    ...(isKnown
      ? [texts.text("survey.list.languages", { n: languagesOf(definition).length })]
      : []),
  ];
  const lines = [stateLine(context, survey, schedules), asks, made.join(" · ")];
  return [...section(key), ...note(lines.join("\n"))];
}

/** Whether it is on, and what asks it. */
function stateLine(
  context: Seeing,
  { key, state, trigger }: Pick<KeptSurvey, "key" | "state" | "trigger">,
  schedules: readonly Schedule[],
): string {
  const texts = textsFor(context.reader.language);
  const asked = askedLine(context, key, schedules) || texts.text(`survey.trigger.${trigger}`);
  return [texts.text(`change.state.${state}`), asked].join(" · ");
}

function namesOfLanguages(tags: readonly string[], { reader: { language } }: Seeing): string {
  return listOf(
    tags.map((each) => languageName(each, language)),
    language,
  );
}

/** "Asked by: relationship-nps (on), exit (off)". */
function askedLine({ reader: { language } }: Seeing, key: string, schedules: readonly Schedule[]) {
  const texts = textsFor(language);
  const names = schedules
    .filter(({ state, definition: { survey, steps = [] } }) => {
      return state !== "archived" && [survey, ...steps.map((step) => step.survey)].includes(key);
    })
    .map(({ definition: { name }, state }) =>
      texts.text("survey.card.schedule", { name, state: texts.text(`change.state.${state}`) }),
    );
  return names.length === 0
    ? ""
    : texts.text("survey.card.schedules", { names: listOf(names, language) });
}

function openers(context: Seeing, surveys: readonly KeptSurvey[]): Part[] {
  const texts = textsFor(context.reader.language);
  const options = surveys.filter(fits).map(({ key }) =>
    adminButton(context, {
      ...{ label: texts.text("survey.list.open", { key }), action: "sv-open", value: key },
    }),
  );
  return options.length === 0
    ? []
    : [{ kind: "choices", options, pick: texts.text("survey.list.pick") }];
}

function turnButtons(
  context: Seeing,
  at: { page: number; archived: boolean; more: boolean; hidden: number },
): Option[] {
  const texts = textsFor(context.reader.language);
  const turn = (label: string, archived: boolean, page: number) =>
    adminButton(context, { label, action: "sv-list", value: `${archived ? "a" : "p"}${page}` });
  const { page, archived, more, hidden } = at;
  const other = archived ? "survey.list.back" : "survey.list.show-archived";
  return [
    ...(page > 0 ? [turn(texts.text("feedback.previous"), archived, page - 1)] : []),
    ...(more ? [turn(texts.text("feedback.next"), archived, page + 1)] : []),
    ...(archived || hidden > 0 ? [turn(texts.text(other, { n: hidden }), !archived, 0)] : []),
  ];
}

/** What a button of the list asks for. */
export function readPage(value: string | undefined): { page: number; archived: boolean } {
  const [, which, page] = /^([ap])(\d{1,3})$/u.exec(value ?? "") ?? [];
  return { page: Number(page ?? "0"), archived: which === "a" };
}

function newButton(context: Seeing): Option {
  const label = textsFor(context.reader.language).text("survey.list.new");
  return adminButton(context, { label, action: "sv-begin" });
}

/** One survey as it is asked now; `undefined` when there is none. */
export async function surveyCard(context: Seeing, key: string): Promise<Message | undefined> {
  const { db, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const survey = await readKeptSurvey(db, workspace.id, key);
  if (survey === undefined) return undefined;
  const { definition, version, by, at } = survey;
  const names = await namesOf(db, workspace.id, [by].filter(isPerson));
  const when = sayMoment(at, "moment", language, workspace.timeZone);
  const who = names.get(by);
  const made = texts.text("survey.card.made", { version, when });
  const asked = stateLine(context, survey, await listSchedules(db, workspace.id));
  return card(
    { texts },
    texts.text("survey.card.title", { key }),
    note(asked),
    definition === undefined
      ? text(texts.text("survey.card.unknown"))
      : [
          ...questionLines(context, definition),
          ...note(namesOfLanguages(languagesOf(definition), context)),
        ],
    note([made, ...(who === undefined ? [] : [who])].join(" · ")),
    actions(...cardButtons(context, survey)),
  );
}

/** What it means to switch it is shown before it is done. */
function stateButton(
  context: Seeing,
  { key, was }: { key: string; was: KeptSurvey["state"] },
): Option {
  const texts = textsFor(context.reader.language);
  const to = was === "on" ? "paused" : "on";
  const label = texts.text(to === "on" ? "survey.card.switch-on" : "survey.card.pause");
  const value = buttonValue({ key, to, was, schedules: false });
  return adminButton(context, { label, action: SHOW_STATE, value });
}

/** The questions of a definition, numbered, each with when it is asked. */
export function questionLines(
  { reader: { language } }: Seeing,
  definition: NonNullable<KeptSurvey["definition"]>,
): Part[] {
  const texts = textsFor(language);
  return definition.questions.flatMap((question, i) => [
    ...text(`${i + 1}. ${questionLine({ texts, language }, definition, question)}`),
    ...note([kindName(texts, question), sayAsked(texts, definition, question)].join(" · ")),
  ]);
}

/** A longer key has no room in a button: its survey is named in commands. */
function fits({ key }: Pick<KeptSurvey, "key">): boolean {
  return SURVEY_KEY.test(key);
}

function cardButtons(context: Seeing, { key, state }: KeptSurvey): Option[] {
  const texts = textsFor(context.reader.language);
  const button = (word: "edit" | "try" | "history", action: string) =>
    adminButton(context, {
      label: clip(texts.text(`survey.card.${word}`), 75),
      action,
      value: key,
    });
  const admin = isAdmin(context);
  return [
    ...(admin && fits({ key }) ? [button("edit", "sv-edit"), button("try", "sv-try")] : []),
    ...(fits({ key }) ? [button("history", "sv-hist")] : []),
    ...(admin ? [stateButton(context, { key, was: state })] : []),
    adminButton(context, { label: texts.text("survey.list.back"), action: "sv-list", value: "p0" }),
  ];
}
