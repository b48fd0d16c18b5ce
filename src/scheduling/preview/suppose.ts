/** A workspace as if it was set up otherwise, for looking ahead: nothing is written. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ChangeOf, State } from "../../configuration/change.ts";
import type { Configuration, ScheduleNow } from "../../configuration/configuration.ts";
import {
  readSurveyStates,
  type SurveyStanding,
  surveysByKey,
} from "../../store/schedule-surveys.ts";
import { listSchedules } from "../../store/schedules.ts";
import type { Db, InvitationKind } from "../../store/schema.ts";
import { readSettings, settingsFrom, type WorkspaceSettings } from "../../store/settings.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import type { Schedule } from "../definition/schedule.ts";
import { AFTER_CHAT, isAskedIn, surveysOf } from "../definition/timing.ts";
import type { SupposedSurvey } from "./forecast-coming.ts";

/** Everything that a look ahead takes instead of what is kept. */
export interface SupposedSetup {
  readonly settings: WorkspaceSettings;
  /** In whatever state; what is not there yet has an id that is nobody's. */
  readonly schedules: readonly Schedule[];
  /** By key; the one after chats also under the name that schedules have for it. */
  readonly surveys: ReadonlyMap<string, SupposedSurvey>;
  /** Whether a survey is asked in questions of a kind, by its id. */
  readonly isAsked: (surveyId: string, kind: InvitationKind) => boolean;
}

/** As it is. */
export async function setupNow(db: Db, workspaceId: number): Promise<SupposedSetup> {
  const schedules = await listSchedules(db, workspaceId);
  const keys = new Set(schedules.flatMap(({ definition }) => surveysOf(definition)));
  return {
    settings: await readSettings(db, workspaceId),
    schedules,
    surveys: await surveysByKey(db, workspaceId, [...keys]),
    isAsked: isAskedBy(await readSurveyStates(db, workspaceId)),
  };
}

function isAskedBy(surveys: readonly SurveyStanding[]): SupposedSetup["isAsked"] {
  const byId = new Map(surveys.map((each) => [each.id, each]));
  return (surveyId, kind) => {
    const survey = byId.get(surveyId);
    return survey !== undefined && isAskedIn(kind, survey);
  };
}

export async function suppose(
  db: Db,
  workspaceId: number,
  configuration: Configuration,
  now: Date,
): Promise<SupposedSetup> {
  const settings = settingsFrom(configuration.settings);
  const isSameZone = (await readSettings(db, workspaceId)).timeZone === settings.timeZone;
  const kept = new Map(
    (await listSchedules(db, workspaceId)).map((each) => [each.definition.name, each]),
  );
  const schedules = [...configuration.schedules].flatMap(([name, wanted]) => {
    const { definition } = wanted;
    if (definition === undefined) return [];
    const there = kept.get(name);
    return scheduleAs(there, { ...wanted, definition }, { now, isSameZone });
  });
  const ids = new Map((await listKeptSurveys(db, workspaceId)).map(({ key, id }) => [key, id]));
  const all = [...configuration.surveys].map(([key, { state, trigger }]) => {
    return { key, state, trigger, id: ids.get(key) ?? randomUUID() };
  });
  return { settings, schedules, surveys: surveysByName(all), isAsked: isAskedBy(all) };
}

/** A schedule that is off begins now. */
export function asIfOn(schedule: Schedule, now: Date): Schedule {
  return schedule.state === "on"
    ? schedule
    : { ...schedule, state: "on", onSince: now, nextAt: null };
}

/** As keeping it would leave it (store/schedules.ts): other facts begin anew, another clock fires anew. */
function scheduleAs(
  kept: Schedule | undefined,
  { state, version, definition }: ScheduleNow & Pick<Schedule, "definition">,
  { now, isSameZone }: { readonly now: Date; readonly isSameZone: boolean },
): Schedule {
  const made = { version, definition, state };
  if (kept === undefined) return { ...made, id: randomUUID(), onSince: now, nextAt: null };
  const { id, onSince, nextAt } = kept;
  if (kept.state !== "on" || state !== "on") return { ...made, id, onSince: now, nextAt: null };
  const [was, is] = [kept.definition.trigger, definition.trigger];
  const firesSame = isSameZone && isDeepStrictEqual(was, is);
  return {
    ...{ ...made, id, onSince: was.on === is.on ? onSince : now },
    nextAt: firesSame ? nextAt : null,
  };
}

interface SupposedState {
  readonly key: string;
  readonly id: string;
  readonly state: State;
  readonly trigger: ChangeOf<"survey">["trigger"];
}

function surveysByName(all: readonly SupposedState[]): ReadonlyMap<string, SupposedSurvey> {
  const found = new Map<string, SupposedSurvey>();
  for (const { key, id, ...is } of all) {
    const made = { survey: { id }, on: isAskedIn("other", is) };
    found.set(key, made);
    if (is.trigger === "chat" && is.state === "on") found.set(AFTER_CHAT, made);
  }
  return found;
}
