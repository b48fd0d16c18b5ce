/** Surveys and their versions. A version never changes; a change is the next version. */
import type { MetricName } from "../metrics/metric.ts";
import type { StandardSurvey } from "../surveys/parts.ts";
import { checkDefinition, readDefinition, type Survey } from "../surveys/survey.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

/** The survey asked after chats, of which a workspace has one at a time; `undefined` when none is on. */
export async function afterChatSurvey(db: Db, workspaceId: number): Promise<Survey | undefined> {
  const row = await db
    .selectFrom("surveys")
    .innerJoin("survey_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "surveys.workspace_id")
        .onRef("v.survey_id", "=", "surveys.id")
        .onRef("v.version", "=", "surveys.version"),
    )
    .select(["surveys.id", "surveys.version", "v.definition"])
    .where("surveys.workspace_id", "=", workspaceId)
    .where("surveys.trigger", "=", "chat")
    .where("surveys.state", "=", "on")
    .orderBy("surveys.created_at")
    .limit(1)
    .executeTakeFirst();
  const definition = readDefinition(row?.definition);
  return row === undefined || definition === undefined
    ? undefined
    : { id: row.id, version: row.version, definition };
}

/**
 * Creates the surveys that are not there yet. Of those after chats the first is on, the others wait
 * to be chosen; those of schedules are on, because their schedules decide. Call inside a transaction:
 * a survey without its version would never be asked, nor made again.
 */
export async function ensureSurveys(
  db: Db,
  workspaceId: number,
  surveys: readonly StandardSurvey[],
): Promise<void> {
  for (const [index, survey] of surveys.entries()) {
    const id = newId();
    const definition = checkDefinition(survey.definition);
    const made = await db
      .insertInto("surveys")
      .values({
        workspace_id: workspaceId,
        id,
        key: survey.key,
        metric: definition.metric ?? null,
        trigger: survey.trigger,
        state: index === 0 || survey.trigger !== "chat" ? "on" : "paused",
        version: 1,
      })
      .onConflict((conflict) => conflict.columns(["workspace_id", "key"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) continue;
    await db
      .insertInto("survey_versions")
      .values({
        workspace_id: workspaceId,
        survey_id: id,
        version: 1,
        series: 1,
        definition: JSON.stringify(definition),
      })
      .execute();
  }
}

/**
 * The scored surveys that are on or can be switched on, the oldest first; not those of schedules, which
 * have a list of their own.
 */
export async function listSurveys(
  db: Db,
  workspaceId: number,
): Promise<{ metric: MetricName; trigger: Row<"surveys">["trigger"]; on: boolean }[]> {
  const rows = await db
    .selectFrom("surveys")
    .select(["metric", "trigger", "state"])
    .where("workspace_id", "=", workspaceId)
    .where("state", "<>", "archived")
    .where("trigger", "not in", ["recovery", "schedule"])
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  return rows.flatMap(({ metric, trigger, state }) =>
    metric === null ? [] : [{ metric, trigger, on: state === "on" }],
  );
}
