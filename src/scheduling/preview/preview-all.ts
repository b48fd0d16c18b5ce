/**
 * What all schedules together would do in the days ahead if a workspace was set up otherwise: foretold by
 * the code that decides (forecast.ts), and nothing is written.
 */
import { randomUUID } from "node:crypto";
import type { Configuration } from "../../configuration/configuration.ts";
import type { Supposed } from "../../store/candidates.ts";
import { namesOf } from "../../store/preview.ts";
import { listSchedules } from "../../store/schedules.ts";
import type { Db } from "../../store/schema.ts";
import { settingsFrom } from "../../store/settings.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import type { Schedule } from "../definition/schedule.ts";
import { AFTER_CHAT } from "../definition/timing.ts";
import { playForecast } from "./forecast.ts";
import { createQueue } from "./forecast-queue.ts";
import { fillQueue, isUnknowable, replayShiftMs, type SupposedSurvey } from "./forecast-sources.ts";
import { type AskedOf, createTallyOfAll, type HeldBack } from "./forecast-tally-all.ts";
import { asIfOn, readFactsFrom } from "./preview.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface PreviewAllOptions {
  /** Everything as it would be set up. */
  readonly configuration: Configuration;
  readonly days: number;
  readonly now: Date;
}

/** Somebody who would be asked. */
export interface AskedExample {
  readonly name: string;
  readonly schedule: string;
  readonly at: Date;
}

/** What is foretold of all schedules at once. */
export interface PreviewOfAll {
  readonly to: Date;
  /** People who would be asked something, and how many questions that are. */
  readonly people: number;
  readonly questions: number;
  /** Questions in the week with the most of them. */
  readonly busiestWeek: number;
  /** By name of the schedule, in the order of the schedules. */
  readonly schedules: readonly (AskedOf & { readonly schedule: string })[];
  /** Questions that were held back at least once, the most frequent reason first. */
  readonly held: readonly HeldBack[];
  /** The first ones of whom it is known already. */
  readonly examples: readonly AskedExample[];
  /** It counts on the last weeks happening again: nobody knows who will write. */
  readonly replayed: boolean;
}

/** Foretells them. Call inside of a transaction that sees one state of the database; it may be read-only. */
export async function previewAll(
  db: Db,
  workspaceId: number,
  { configuration, days, now }: PreviewAllOptions,
): Promise<PreviewOfAll> {
  const settings = settingsFrom(configuration.settings);
  const { timeZone } = settings;
  const schedules = await schedulesOf(db, workspaceId, configuration, now);
  const surveys = await surveysOf(db, workspaceId, configuration);
  const from = now;
  const to = new Date(now.getTime() + days * DAY_MS);
  const queue = createQueue();
  const about = { workspaceId, timeZone, schedules, surveys, from, to, replay: true };
  const surveyIds = await fillQueue(db, queue, about);
  const on = [...surveys.values()].flatMap((each) => (each.on ? each.survey.id : []));
  const supposed: Supposed = { settings, schedules, surveysOn: new Set(on) };
  const tally = createTallyOfAll({ from, schedules: schedules.length });
  const readFacts = readFactsFrom(db, workspaceId, supposed);
  const until = { from: from.getTime(), to: to.getTime() };
  await playForecast({ schedules, surveyIds, queue, readFacts, tally, ...until });
  const { examples, bySchedule, ...counted } = tally.result();
  const ids = examples.map(({ personId }) => personId);
  const names = await namesOf(db, workspaceId, ids);
  const nameOf = (index: number) => schedules[index]?.definition.name ?? "";
  return {
    ...counted,
    to,
    schedules: bySchedule.map((asked, index) => ({ ...asked, schedule: nameOf(index) })),
    examples: examples.map(({ personId, schedule, at }) => ({
      ...{ name: names.get(personId) ?? "", schedule: nameOf(schedule), at: new Date(at) },
    })),
    replayed: replayShiftMs(from, to) > 0 && schedules.some(isUnknowable),
  };
}

/** Those that would be on, those that are not there yet under an id that is nobody's. */
async function schedulesOf(
  db: Db,
  workspaceId: number,
  { schedules }: Configuration,
  now: Date,
): Promise<Schedule[]> {
  const kept = new Map(
    (await listSchedules(db, workspaceId)).map((each) => [each.definition.name, each]),
  );
  return [...schedules].flatMap(([name, { state, version, definition }]) => {
    if (state !== "on" || definition === undefined) return [];
    const there = kept.get(name);
    if (there !== undefined) return asIfOn({ ...there, version, definition }, now);
    const made = { id: randomUUID(), version, definition, state, onSince: now, nextAt: null };
    return made;
  });
}

/** By key; the one after chats also under the name that schedules have for it. */
async function surveysOf(
  db: Db,
  workspaceId: number,
  { surveys }: Configuration,
): Promise<ReadonlyMap<string, SupposedSurvey>> {
  const ids = new Map((await listKeptSurveys(db, workspaceId)).map(({ key, id }) => [key, id]));
  const found = new Map<string, SupposedSurvey>();
  for (const [key, { state, trigger }] of surveys) {
    const each = { survey: { id: ids.get(key) ?? randomUUID() }, on: state === "on" };
    found.set(key, each);
    if (trigger === "chat" && each.on) found.set(AFTER_CHAT, each);
  }
  return found;
}
