/** Surveys as admins see and change them, version by version. A version never changes. */
import { isDeepStrictEqual } from "node:util";
import { AppError } from "../errors.ts";
import { beginsSeries } from "../surveys/series.ts";
import { checkDefinition, readDefinition, type SurveyDefinition } from "../surveys/survey.ts";
import { forgetCounts } from "./counting-state.ts";
import { noteEpochs } from "./epochs.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

/** What asks a survey: the end of a chat, of which one is on at a time; schedules; a case. */
export type SurveyTrigger = "chat" | "schedule" | "recovery";
export type SurveyState = Row<"surveys">["state"];

/** One version of a survey. */
export interface SurveyVersion {
  readonly version: number;
  /** Answers of one series can be compared. */
  readonly series: number;
  readonly at: Date;
  /** A person's id, "operator", or "aftertalk" where it came with the program. */
  readonly by: string;
  /** `undefined` when it is of a shape that this program does not know. */
  readonly definition: SurveyDefinition | undefined;
}

/** A survey in its latest version. */
export interface KeptSurvey extends SurveyVersion {
  readonly id: string;
  readonly key: string;
  readonly trigger: SurveyTrigger;
  readonly state: SurveyState;
}

/** Those that admins know: not what imports and sample data stand on. */
const triggers = ["chat", "schedule", "recovery"] as const;

function select(db: Db, workspaceId: number) {
  return db
    .selectFrom("surveys as s")
    .innerJoin("survey_versions as v", (join) =>
      join.onRef("v.workspace_id", "=", "s.workspace_id").onRef("v.survey_id", "=", "s.id"),
    )
    .select(["s.id", "s.key", "s.trigger", "s.state"])
    .select(["v.version", "v.series", "v.created_at", "v.actor", "v.definition"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.trigger", "in", triggers);
}

type Found = Awaited<ReturnType<ReturnType<typeof select>["execute"]>>[number];

function toSurvey(row: Found): KeptSurvey {
  const { id, key, state, version, series } = row;
  const trigger = triggers.find((each) => each === row.trigger) ?? "schedule";
  const definition = readDefinition(row.definition);
  return {
    id,
    key,
    trigger,
    state,
    version,
    series,
    at: row.created_at,
    by: row.actor,
    definition,
  };
}

/** All surveys, also archived ones, the oldest first. */
export async function listKeptSurveys(db: Db, workspaceId: number): Promise<KeptSurvey[]> {
  const rows = await select(db, workspaceId)
    .whereRef("v.version", "=", "s.version")
    .orderBy("s.created_at")
    .orderBy("s.key")
    .execute();
  return rows.map(toSurvey);
}

/** The survey with this key, in whatever state. */
export async function readKeptSurvey(
  db: Db,
  workspaceId: number,
  key: string,
): Promise<KeptSurvey | undefined> {
  const row = await select(db, workspaceId)
    .whereRef("v.version", "=", "s.version")
    .where("s.key", "=", key)
    .executeTakeFirst();
  return row && toSurvey(row);
}

/** All versions of a survey, the first one first; none when there is no such survey. */
export async function listSurveyVersions(
  db: Db,
  workspaceId: number,
  key: string,
): Promise<SurveyVersion[]> {
  const rows = await select(db, workspaceId)
    .where("s.key", "=", key)
    .orderBy("v.version")
    .execute();
  return rows.map(toSurvey);
}

/** What is to be kept of a survey. `trigger` counts for a new one. */
export interface SurveyToKeep {
  readonly key: string;
  readonly trigger: SurveyTrigger;
  readonly definition: SurveyDefinition;
}

/**
 * Keeps a definition as the next version of the survey of its key, or as a new one that is paused; one
 * that is the same as it was changes nothing. Figures of a metric begin anew where its question is
 * another one (surveys/series.ts). Call inside a transaction. Errors: `bad-input` when it could not be
 * asked.
 */
export async function saveSurvey(
  trx: Db,
  workspaceId: number,
  wanted: SurveyToKeep,
  by: string,
  now: Date,
): Promise<KeptSurvey> {
  const definition = checkDefinition(wanted.definition);
  await lockSurvey(trx, workspaceId, wanted.key);
  const before = await readKeptSurvey(trx, workspaceId, wanted.key);
  if (isDeepStrictEqual(before?.definition, definition) && before !== undefined) return before;
  const id = before?.id ?? newId();
  const version = (before?.version ?? 0) + 1;
  // What is of an unknown shape cannot be compared with.
  const breaks = before?.definition === undefined || beginsSeries(before.definition, definition);
  const series = before === undefined ? 1 : before.series + (breaks ? 1 : 0);
  const metric = definition.metric ?? null;
  if (before === undefined) {
    const { key, trigger } = wanted;
    const made = { workspace_id: workspaceId, id, key, metric, trigger, version };
    await trx
      .insertInto("surveys")
      .values({ ...made, state: "paused", created_at: now })
      .execute();
  }
  await trx
    .insertInto("survey_versions")
    .values({
      ...{ workspace_id: workspaceId, survey_id: id, version, series, actor: by },
      ...{ definition: JSON.stringify(definition), created_at: now },
    })
    .execute();
  await trx
    .updateTable("surveys")
    .set({ version, metric })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
  if (before !== undefined) {
    await noteEpochs(trx, workspaceId);
    if (before.definition?.apart !== definition.apart) await forgetCounts(trx, workspaceId);
  }
  return found(await readKeptSurvey(trx, workspaceId, wanted.key), wanted.key);
}

/**
 * Switches a survey on or off or puts it away. Of those after chats the one that is switched on takes
 * the place of the one that was. Call inside a transaction. Errors: `not-found`.
 */
export async function switchSurvey(
  trx: Db,
  workspaceId: number,
  key: string,
  state: SurveyState,
): Promise<void> {
  await lockSurvey(trx, workspaceId, key);
  const { id, trigger } = found(await readKeptSurvey(trx, workspaceId, key), key);
  if (state === "on" && trigger === "chat") {
    await trx
      .updateTable("surveys")
      .set({ state: "paused" })
      .where("workspace_id", "=", workspaceId)
      .where("trigger", "=", "chat")
      .where("state", "=", "on")
      .where("id", "<>", id)
      .execute();
  }
  await trx
    .updateTable("surveys")
    .set({ state })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

async function lockSurvey(trx: Db, workspaceId: number, key: string): Promise<void> {
  await trx
    .selectFrom("surveys")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("key", "=", key)
    .forNoKeyUpdate()
    .execute();
}

function found<T>(value: T | undefined, key: string): T {
  if (value !== undefined) return value;
  throw new AppError("not-found", `There is no survey ${JSON.stringify(key)}.`);
}
