/** Sample data in the store: in and out as a whole, never mixed up with what is real. */
import { sql } from "kysely";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import type { SampleInvitation } from "../sampling/answers.ts";
import type { SampleChat } from "../sampling/chats.ts";
import type { SampleOrders } from "../sampling/orders.ts";
import type { SampleAccount, SampleAgent, SampleCustomer } from "../sampling/people.ts";
import { ensureConnection, findConnection } from "./connections.ts";
import { insertAll } from "./insert-many.ts";
import { SAMPLE_PLATFORM, sampleRows } from "./sample-rows.ts";
import type { Db, NewRow, Schema } from "./schema.ts";
import { ensureUnaskedSurvey } from "./unasked-surveys.ts";

/** Rows to a statement. */
const BATCH = 500;

export interface SampleData {
  /** When the oldest chat began: people and companies are as old. */
  readonly startedAt: Date;
  readonly accounts: readonly SampleAccount[];
  readonly customers: readonly SampleCustomer[];
  readonly agents: readonly SampleAgent[];
  readonly chats: readonly SampleChat[];
  readonly orders: readonly SampleOrders[];
  readonly invitations: readonly SampleInvitation[];
}

/** A platform's own ids are unique over all workspaces, so ours carries the workspace. */
function refOf(workspaceId: number) {
  return { platform: SAMPLE_PLATFORM, externalId: `${SAMPLE_PLATFORM}:${workspaceId}` };
}

/** True while there is sample data in the workspace. */
export async function hasSample(db: Db, workspaceId: number): Promise<boolean> {
  return (await findConnection(db, refOf(workspaceId))) !== undefined;
}

/** Writes everything; `onProgress` is told the share of rows written. Call inside a transaction. */
export async function insertSample(
  trx: Db,
  workspaceId: number,
  data: SampleData,
  onProgress: (share: number) => void,
): Promise<void> {
  await ensureConnection(trx, workspaceId, refOf(workspaceId), "Sample data");
  const connectionId = (await findConnection(trx, refOf(workspaceId)))?.id;
  if (connectionId === undefined) throw new Error("the connection of the sample is gone");
  const surveys = new Map<MetricName, string>();
  for (const metric of metricNames) {
    surveys.set(metric, await ensureUnaskedSurvey(trx, workspaceId, "sample", metric));
  }
  const rows = sampleRows({ workspaceId, connectionId, surveys }, data);
  const total = Object.values(rows).reduce((sum, list) => sum + list.length, 0);
  let written = 0;
  const write = async <T extends keyof Schema>(
    table: T,
    list: readonly NewRow<T>[],
  ): Promise<void> => {
    for (let at = 0; at < list.length; at += BATCH) {
      const batch = list.slice(at, at + BATCH);
      await insertAll(trx, table, batch);
      written += batch.length;
      onProgress(written / total);
    }
  };
  await write("accounts", rows.accounts);
  await write("people", rows.people);
  // What refers to them would be checked as if there were next to none: by an index that has
  // all people of the workspace in one place, read through for every row.
  await sql`analyze accounts, people`.execute(trx);
  await write("chats", rows.chats);
  await write("handlers", rows.handlers);
  await write("invitations", rows.invitations);
  await write("decisions", rows.decisions);
  await write("answers", rows.answers);
  await addOrders(trx, workspaceId, connectionId, data.orders);
}

/**
 * Only on days of which nothing is known. Which those are is kept with the sample's connection, so
 * that they go with it; a number that was imported over one of them stays.
 */
async function addOrders(
  trx: Db,
  workspaceId: number,
  connectionId: string,
  orders: readonly SampleOrders[],
): Promise<void> {
  await sql`
    with made as (
      insert into orders (workspace_id, day, n)
      select ${workspaceId}::int, day, orders
      from json_to_recordset(${JSON.stringify(orders)}::json) each (day date, orders int)
      on conflict do nothing returning day, n
    )
    update connections set settings = settings || jsonb_build_object('sampleOrders',
      (select coalesce(jsonb_object_agg(day, n), '{}') from made))
    where workspace_id = ${workspaceId} and id = ${connectionId}`.execute(trx);
}

/** Deletes everything that is sample, what refers to it first. Call inside a transaction. */
export async function deleteSample(trx: Db, workspaceId: number): Promise<void> {
  const workspace = sql`workspace_id = ${workspaceId}`;
  const invitations = sql`select id from invitations where ${workspace} and kind = 'sample'`;
  const chats = sql`select id from chats where ${workspace} and source = 'sample'`;
  const people = sql`select id from people where ${workspace} and source = 'sample'`;
  const surveys = sql`select id from surveys where ${workspace} and key like 'sample-%'`;
  const made = sql`select made.key::date, made.value::int from connections c
    cross join lateral jsonb_each(coalesce(c.settings -> 'sampleOrders', '{}')) made
    where c.${workspace} and c.platform = ${SAMPLE_PLATFORM}`;
  for (const statement of [
    sql`delete from orders where ${workspace} and (day, n) in (${made})`,
    sql`delete from answer_history where ${workspace} and invitation_id in (${invitations})`,
    sql`delete from answers where ${workspace} and invitation_id in (${invitations})`,
    sql`delete from decisions where ${workspace} and invitation_id in (${invitations})`,
    sql`delete from deliveries where ${workspace} and invitation_id in (${invitations})`,
    sql`delete from invitations where ${workspace} and kind = 'sample'`,
    sql`delete from handlers where ${workspace} and chat_id in (${chats})`,
    sql`delete from chats where ${workspace} and source = 'sample'`,
    sql`delete from enrolments where ${workspace} and human_id in (${people})`,
    sql`delete from signals where ${workspace} and human_id in (${people})`,
    sql`delete from signal_events where ${workspace} and human_id in (${people})`,
    sql`delete from activities where ${workspace} and person_id in (${people})`,
    sql`delete from people where ${workspace} and source = 'sample'`,
    sql`delete from accounts where ${workspace} and external_id like ${`${SAMPLE_PLATFORM}:%`}`,
    sql`delete from survey_versions where ${workspace} and survey_id in (${surveys})`,
    sql`delete from surveys where ${workspace} and key like 'sample-%'`,
    sql`delete from connections where ${workspace} and platform = ${SAMPLE_PLATFORM}`,
  ]) {
    await statement.execute(trx);
  }
}
