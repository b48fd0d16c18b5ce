/** The versions of a survey: who made them, when, what changed; to look at, to compare, to go back to. */
import { sayMoment } from "../../commands/moment.ts";
import type { Change } from "../../configuration/change.ts";
import { changeParts, sayChanges } from "../../configuration/say-change.ts";
import { textsFor } from "../../locales/index.ts";
import type { Message, Part } from "../../platform.ts";
import { namesOf } from "../../store/preview.ts";
import {
  listSurveyVersions,
  readKeptSurvey,
  type SurveyVersion,
} from "../../store/survey-versions.ts";
import { seriesBreak } from "../../surveys/series.ts";
import { adminButton } from "../admin-action.ts";
import { actions, card, note, section, text } from "./drawing.ts";
import { isPerson } from "./facts.ts";
import { isAdmin, questionLines, type Seeing } from "./list.ts";

/** So many versions are one page. */
const PAGE = 5;
/** So much of what changed is shown of each. */
const ROWS = 6;

/** The newest first; `undefined` when there is no such survey. */
export async function historyCard(
  context: Seeing,
  key: string,
  page = 0,
): Promise<Message | undefined> {
  const { db, reader } = context;
  const texts = textsFor(reader.language);
  const versions = await listSurveyVersions(db, reader.workspace.id, key);
  if (versions.length === 0) return undefined;
  const newest = versions.toReversed();
  const some = newest.slice(page * PAGE, (page + 1) * PAGE);
  const names = await namesIn(context, some);
  const look = some.map(({ version }) =>
    adminButton(context, {
      ...{ label: texts.text("survey.history.look", { version }) },
      ...{ action: `sv-v-${version}`, value: key },
    }),
  );
  const turn = (label: string, to: number) =>
    adminButton(context, { label, action: `sv-hist-${to}`, value: key });
  const more = newest.length > (page + 1) * PAGE;
  return card(
    { texts },
    texts.text("survey.history.title", { key }),
    some.flatMap((version) => versionParts(context, key, version, versions, names)),
    [{ kind: "choices", options: look, pick: texts.text("survey.history.pick") }],
    actions(
      ...(page > 0 ? [turn(texts.text("feedback.previous"), page - 1)] : []),
      ...(more ? [turn(texts.text("feedback.next"), page + 1)] : []),
      backToSurvey(context, key),
    ),
  );
}

function namesIn({ db, reader }: Seeing, versions: readonly SurveyVersion[]) {
  const people = [...new Set(versions.map(({ by }) => by))].filter(isPerson);
  return namesOf(db, reader.workspace.id, people);
}

function backToSurvey(context: Seeing, key: string) {
  const texts = textsFor(context.reader.language);
  return adminButton(context, {
    label: texts.text("survey.edit.back"),
    action: "sv-open",
    value: key,
  });
}

function versionParts(
  context: Seeing,
  key: string,
  version: SurveyVersion,
  all: readonly SurveyVersion[],
  names: ReadonlyMap<string, string>,
): Part[] {
  const { language } = context.reader;
  const texts = textsFor(language);
  const before = all.find((each) => each.version === version.version - 1);
  const rows = before === undefined ? [] : differenceRows(context, key, before, version);
  const more = rows.length - ROWS;
  return [
    ...section(versionLine(context, version, names)),
    ...(before === undefined ? note(texts.text("survey.history.first")) : []),
    ...(before !== undefined && before.series !== version.series
      ? note(texts.text("survey.history.series"))
      : []),
    ...(rows.length === 0 ? [] : [{ kind: "facts", rows: rows.slice(0, ROWS) } as const]),
    ...(more > 0 ? note(texts.text("survey.history.more", { n: more })) : []),
  ];
}

function versionLine(
  { reader }: Seeing,
  { version, by, at }: SurveyVersion,
  names: ReadonlyMap<string, string>,
): string {
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const when = sayMoment(at, "moment", language, workspace.timeZone);
  const who =
    names.get(by) ?? texts.text(by === "operator" ? "survey.by.operator" : "survey.by.us");
  return texts.text("survey.history.line", { version, when, who });
}

/** What is otherwise in the second, in words. */
function differenceRows(
  { reader }: Seeing,
  key: string,
  from: SurveyVersion,
  to: SurveyVersion,
): (readonly [string, string])[] {
  if (from.definition === undefined || to.definition === undefined) return [];
  const change = changeTo(key, to.definition, from.version);
  const before = {
    surveys: new Map([[key, { definition: from.definition }]]),
    schedules: new Map(),
  };
  const said = sayChanges(textsFor(reader.language), [change], before, new Map());
  return said.flatMap(({ rows }) => rows);
}

function changeTo(
  key: string,
  definition: NonNullable<SurveyVersion["definition"]>,
  base: number,
): Change {
  // What asks a survey is only looked at for a new one.
  return { kind: "survey", key, trigger: "schedule", definition, base };
}

interface Looked {
  readonly it: SurveyVersion;
  readonly now: SurveyVersion;
}

async function lookUp(
  { db, reader }: Seeing,
  key: string,
  version: number,
): Promise<Looked | undefined> {
  const it = (await listSurveyVersions(db, reader.workspace.id, key)).find(
    (each) => each.version === version,
  );
  const now = await readKeptSurvey(db, reader.workspace.id, key);
  return it === undefined || now === undefined ? undefined : { it, now };
}

/** One version: its questions, and what is otherwise in it than in the latest. */
export async function versionCard(
  context: Seeing,
  key: string,
  version: number,
): Promise<Message | undefined> {
  const found = await lookUp(context, key, version);
  if (found === undefined) return undefined;
  const { it, now } = found;
  const texts = textsFor(context.reader.language);
  const rows = differenceRows(context, key, now, it);
  const button = (label: string, action: string) =>
    adminButton(context, { label, action, value: key });
  const back = button(texts.text("survey.history.back-to", { version }), `sv-back-${version}`);
  return card(
    { texts },
    texts.text("survey.history.version", { key, version }),
    note(versionLine(context, it, await namesIn(context, [it]))),
    it.definition === undefined
      ? text(texts.text("survey.card.unknown"))
      : questionLines(context, it.definition),
    differenceParts(context, { version, now: now.version, rows }),
    actions(
      ...(isAdmin(context) && rows.length > 0 ? [back] : []),
      button(texts.text("survey.card.history"), "sv-hist"),
    ),
  );
}

function differenceParts(
  { reader }: Seeing,
  found: { version: number; now: number; rows: (readonly [string, string])[] },
): Part[] {
  const texts = textsFor(reader.language);
  const { version, now, rows } = found;
  if (version === now) return note(texts.text("survey.history.is-now"));
  if (rows.length === 0) return note(texts.text("survey.history.same"));
  return [
    ...section(texts.text("survey.history.differs", { from: now, to: version })),
    { kind: "facts", rows },
  ];
}

/** What is otherwise in the second version than in the first. */
export async function diffCard(
  context: Seeing,
  key: string,
  [from, to]: readonly [number, number],
): Promise<Message | undefined> {
  const { db, reader } = context;
  const texts = textsFor(reader.language);
  const versions = await listSurveyVersions(db, reader.workspace.id, key);
  const [was, is] = [from, to].map((n) => versions.find(({ version }) => version === n));
  if (was === undefined || is === undefined) return undefined;
  const rows = differenceRows(context, key, was, is);
  const names = await namesIn(context, [was, is]);
  return card(
    { texts },
    texts.text("survey.history.differs", { from, to }),
    note(versionLine(context, was, names)),
    note(versionLine(context, is, names)),
    rows.length === 0 ? text(texts.text("survey.history.same")) : [{ kind: "facts", rows }],
    actions(backToSurvey(context, key)),
  );
}

/** Before it is gone back to: what changes, and what becomes of the figures. */
export async function goBackCard(
  context: Seeing,
  key: string,
  version: number,
): Promise<Message | undefined> {
  const found = await lookUp(context, key, version);
  const { definition } = found?.it ?? {};
  if (found === undefined || definition === undefined) return undefined;
  const { now } = found;
  const texts = textsFor(context.reader.language);
  const what = now.definition && seriesBreak(now.definition, definition);
  const before = {
    surveys: new Map([[key, { definition: now.definition }]]),
    schedules: new Map(),
  };
  const said = sayChanges(texts, [changeTo(key, definition, now.version)], before, new Map());
  const button = (label: string, action: string) =>
    adminButton(context, { label, action, value: key });
  return card(
    { texts },
    texts.text("survey.history.back-to", { version }),
    text(texts.text("survey.history.back-how", { version, next: now.version + 1 })),
    changeParts(said),
    what === undefined ? [] : text(texts.text("survey.save.series", { what })),
    actions(
      button(
        texts.text(what === undefined ? "survey.save.yes" : "survey.save.series.yes"),
        `sv-sure-${version}`,
      ),
      button(texts.text("survey.edit.back"), `sv-v-${version}`),
    ),
  );
}

/** The change that goes back to a version; `undefined` when it is not there, or cannot be read. */
export async function goBackChange(
  context: Seeing,
  key: string,
  version: number,
): Promise<Change | undefined> {
  const found = await lookUp(context, key, version);
  return found?.it.definition && changeTo(key, found.it.definition, found.now.version);
}
