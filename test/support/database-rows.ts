/**
 * Rows to start a test from, with plain values for everything that the test does not care about.
 * Each returns the new row's id.
 */
import { newId } from "../../src/store/ids.ts";
import type { Db, NewRow, Schema } from "../../src/store/schema.ts";

type Values<T extends keyof Schema> = Partial<Omit<NewRow<T>, "workspace_id">>;

/** A workspace 'Acme' in UTC, speaking English. */
export async function insertWorkspace(db: Db, values: Values<"workspaces"> = {}): Promise<number> {
  const { id } = await db
    .insertInto("workspaces")
    .values({ name: "Acme", time_zone: "UTC", locale: "en", ...values })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A connection of the platform "playground". */
export async function insertConnection(
  db: Db,
  workspaceId: number,
  values: Values<"connections"> = {},
): Promise<string> {
  const id = newId();
  const row = { id, platform: "playground", external_id: id, name: "Acme", ...values };
  await db
    .insertInto("connections")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  return row.id;
}

/** A customer who may be asked. */
export async function insertPerson(
  db: Db,
  workspaceId: number,
  values: Values<"people"> = {},
): Promise<string> {
  const row = { id: newId(), name: "Ada", ...values };
  await db
    .insertInto("people")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  return row.id;
}

/** An open chat. */
export async function insertChat(
  db: Db,
  workspaceId: number,
  connectionId: string,
  values: Values<"chats"> = {},
): Promise<string> {
  const id = newId();
  const row = {
    id,
    connection_id: connectionId,
    external_id: id,
    opened_at: new Date(),
    ...values,
  };
  await db
    .insertInto("chats")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  return row.id;
}

/** An NPS survey for chats with its first version, whose definition is `definition`. */
export async function insertSurvey(
  db: Db,
  workspaceId: number,
  values: Values<"surveys"> = {},
  definition: unknown = {},
): Promise<string> {
  const row: Omit<NewRow<"surveys">, "workspace_id"> = {
    id: newId(),
    key: "chat-nps",
    metric: "nps",
    trigger: "chat",
    version: 1,
    ...values,
  };
  await db
    .insertInto("surveys")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  await db
    .insertInto("survey_versions")
    .values({
      workspace_id: workspaceId,
      survey_id: row.id,
      version: row.version,
      series: 1,
      definition: JSON.stringify(definition),
    })
    .execute();
  return row.id;
}

/** An invitation to version 1 of a survey, planned. */
export async function insertInvitation(
  db: Db,
  workspaceId: number,
  surveyId: string,
  values: Values<"invitations"> = {},
): Promise<string> {
  const id = newId();
  const row: Omit<NewRow<"invitations">, "workspace_id"> = {
    id,
    survey_id: surveyId,
    survey_version: 1,
    reason_key: `test:${id}`,
    state: "planned",
    kind: "chat",
    ...values,
  };
  await db
    .insertInto("invitations")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  return row.id;
}

/** A schedule with its first version, whose definition is `definition`. */
export async function insertSchedule(
  db: Db,
  workspaceId: number,
  values: Values<"schedules"> = {},
  definition: unknown = {},
): Promise<string> {
  const id = newId();
  const row = { id, name: id, version: 1, ...values };
  await db
    .insertInto("schedules")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  const version = { schedule_id: row.id, version: row.version, actor: "operator" };
  await db
    .insertInto("schedule_versions")
    .values({ workspace_id: workspaceId, ...version, definition: JSON.stringify(definition) })
    .execute();
  return row.id;
}

/** A case of a low score, open. */
export async function insertCase(
  db: Db,
  workspaceId: number,
  values: Values<"cases"> = {},
): Promise<string> {
  const now = new Date();
  const { number } = await db
    .selectFrom("cases")
    .select(({ fn }) => fn.count<string>("id").as("number"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const row: Omit<NewRow<"cases">, "workspace_id"> = {
    id: newId(),
    number: Number(number) + 1,
    cause: "low-score",
    opened_at: now,
    due_at: new Date(now.getTime() + 24 * 60 * 60 * 1000),
    ...values,
  };
  await db
    .insertInto("cases")
    .values({ workspace_id: workspaceId, ...row })
    .execute();
  return row.id;
}
