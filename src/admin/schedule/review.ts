/** Everything that has to be known to look at a draft of a schedule before a yes. */
import type { Configuration } from "../../configuration/configuration.ts";
import { sayScheduleFields } from "../../configuration/say-schedule-fields.ts";
import { type NotAsked, notAsked } from "../../configuration/surveys-asked.ts";
import { textsFor } from "../../locales/index.ts";
import {
  checkSchedule,
  type Schedule,
  type ScheduleDefinition,
} from "../../scheduling/definition/schedule.ts";
import { checkMeaning } from "../../scheduling/definition/schedule-check.ts";
import type { CodedProblem } from "../../scheduling/definition/schedule-issues.ts";
import { surveysOf } from "../../scheduling/definition/timing.ts";
import { readTimeZone, zonesOfCustomers } from "../../store/people-zones.ts";
import { namesOf } from "../../store/preview.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { listVersions } from "../../store/schedule-versions.ts";
import { knownToSchedules, readSchedule } from "../../store/schedules.ts";
import { settingsFrom } from "../../store/settings.ts";
import { checkSurvey } from "../../surveys/check/check.ts";
import type { SurveyFinding } from "../../surveys/check/finding.ts";
import type { DraftContext } from "../draft-kind.ts";
import { surveyPlatforms } from "../preview/platforms.ts";
import type { ScheduleDraft } from "./content.ts";
import { type Moments, momentsOf } from "./moments.ts";
import { twoZones } from "./zones.ts";

type Reading = Pick<DraftContext, "engine" | "db" | "now" | "reader">;

/** A survey that nobody can be asked as it is. */
interface Broken {
  readonly key: string;
  readonly error: SurveyFinding;
}

/** A schedule before it is kept. */
export interface Review {
  readonly draft: ScheduleDraft;
  /** Undefined as long as its shape is wrong. */
  readonly definition: ScheduleDefinition | undefined;
  readonly problems: readonly CodedProblem[];
  /** As it is kept now; undefined for a new one. */
  readonly current: Schedule | undefined;
  /** Somebody saved another version since the draft began, or one of its name: who, by name. */
  readonly stale: string | undefined;
  /** What is otherwise than it is kept. */
  readonly changes: readonly (readonly [label: string, value: string])[];
  /** Surveys of it that are switched off. */
  readonly asks: NotAsked;
  readonly broken: readonly Broken[];
  readonly moments: Moments | undefined;
  readonly zones: readonly [string, string];
}

const allAsked: NotAsked = { off: [], chooseFrom: undefined };

export async function reviewOf(context: Reading, draft: ScheduleDraft): Promise<Review> {
  const { db, now, reader } = context;
  const { id: workspaceId, timeZone } = reader.workspace;
  const { definition, problems } = await checkHere(context, draft);
  const name = definition?.name ?? draft.about;
  const isNew = draft.base === null;
  const current = isNew ? undefined : await readSchedule(db, workspaceId, name);
  const isStale = (current?.version ?? null) !== draft.base;
  const is = await readConfiguration(db, workspaceId);
  const { asking, hours } = settingsFrom(is.settings);
  const about = { now, timeZone, asking: { ...asking, holidays: hours.holidays } };
  return {
    ...{ draft, definition, problems, current },
    stale: isStale ? await lastAuthor(context, name) : undefined,
    changes:
      definition === undefined || current === undefined
        ? []
        : sayScheduleFields(textsFor(reader.language), current.definition, definition),
    asks: definition === undefined ? allAsked : notAsked(is, definition),
    broken: definition === undefined ? [] : await brokenOf(context, is, definition),
    moments:
      definition === undefined || problems.length > 0 ? undefined : momentsOf(definition, about),
    zones: twoZones({
      workspace: timeZone,
      reader: await readTimeZone(db, workspaceId, reader.person.id),
      audience: await zonesOfCustomers(db, workspaceId, 3),
      language: reader.language,
    }),
  };
}

/** What is wrong with what was written, by itself and in this workspace. */
export async function checkHere(
  { db, reader }: Pick<Reading, "db" | "reader">,
  { content, base }: Pick<ScheduleDraft, "content" | "base">,
): Promise<Pick<Review, "definition" | "problems">> {
  const { written } = content;
  if (written === null) return { definition: undefined, problems: [] };
  const { id } = reader.workspace;
  const { name } = written;
  const isTaken =
    base === null && typeof name === "string" && (await readSchedule(db, id, name)) !== undefined;
  const taken = isTaken ? [nameTaken(name)] : [];
  const checked = checkSchedule(written);
  if ("problems" in checked) {
    return { definition: undefined, problems: [...taken, ...checked.problems] };
  }
  const { definition } = checked;
  const found = checkMeaning(definition, await knownToSchedules(db, id));
  return { definition, problems: [...taken, ...found] };
}

function nameTaken(name: string): CodedProblem {
  const message = `there is a schedule ${JSON.stringify(name)} already`;
  return { path: ["name"], code: "name-taken", message, params: { name } };
}

/** Who saved the latest version, by name; empty when that is nobody. */
async function lastAuthor({ db, reader }: Reading, name: string): Promise<string> {
  const { id } = reader.workspace;
  const by = (await listVersions(db, id, name)).at(-1)?.by ?? "";
  return (await authorNames(db, id, [by])).get(by) ?? "";
}

const isId = /^[0-9a-f-]{36}$/u;

/** What people behind versions are called; who is no person has no name here. */
export function authorNames(
  db: DraftContext["db"],
  workspaceId: number,
  by: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return namesOf(
    db,
    workspaceId,
    by.filter((each) => isId.test(each)),
  );
}

/** Surveys of it that cannot be asked as they are, the worst of each; on whatever platforms there are. */
async function brokenOf(
  { engine, db, reader }: Reading,
  { surveys }: Configuration,
  definition: ScheduleDefinition,
): Promise<Broken[]> {
  const { id, name: company } = reader.workspace;
  const platforms = await surveyPlatforms(engine, db, id);
  return surveysOf(definition).flatMap((key): Broken[] => {
    const survey = surveys.get(key);
    if (survey === undefined) return [];
    const against = { platforms, company, trigger: survey.trigger, languages: [] };
    const found = survey.definition && checkSurvey(survey.definition, against);
    const error = found === undefined ? notAskable : found.find(({ level }) => level === "error");
    return error === undefined ? [] : [{ key, error }];
  });
}

const notAskable: SurveyFinding = { level: "error", path: "", code: "not-askable", params: {} };
