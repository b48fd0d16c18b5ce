/**
 * Imported answers, many rows to a statement. An import is one transaction; every row has a key, so
 * that the same file can be imported again without adding anything.
 */
import { sql } from "kysely";
import { AppError } from "../errors.ts";
import type { MetricName } from "../metrics/metric.ts";
import { ensureConnection, findConnection } from "./connections.ts";
import { createImportPeople } from "./import-people.ts";
import {
  IMPORT_PLATFORM,
  type ImportedAnswer,
  type ImportRows,
  toImportRows,
} from "./import-rows.ts";
import { insertMany } from "./insert-many.ts";
import type { Db } from "./schema.ts";
import { ensureUnaskedSurvey } from "./unasked-surveys.ts";

/** Namespace of the advisory lock that lets one import run in a workspace; chosen at random. */
const LOCK = 0x61746963;

/** New rows before the first look at the tables; the next ones follow as they grow. */
const FIRST_STATISTICS = 500;

/** Stores answers batch by batch. */
export interface AnswerImport<Row = ImportedAnswer> {
  /** Returns how many of the batch are new. */
  add(answers: readonly Row[]): Promise<number>;
}

/** What every import has: where it belongs, and how the tables' statistics are kept true. */
export interface OpenImport {
  /** Everything from files belongs to one connection. */
  readonly connectionId: string;
  /** To be told of rows that were added. */
  readonly keepStatistics: (added: number) => Promise<void>;
}

/** Throws `data-in-use` while another import runs in the workspace. */
export async function openImport(trx: Db, workspaceId: number): Promise<OpenImport> {
  await lockImports(trx, workspaceId);
  const connectionId = await openConnection(trx, workspaceId);
  return { connectionId, keepStatistics: createStatisticsKeeper(trx) };
}

/** Begins an import of answers inside `trx`; throws as {@link openImport}. */
export async function beginImport(trx: Db, workspaceId: number): Promise<AnswerImport> {
  const { connectionId, keepStatistics } = await openImport(trx, workspaceId);
  // How often each row was seen in this file; in the database, because a file may be any size.
  await sql`create temporary table import_seen (key text primary key, times integer not null)
    on commit drop`.execute(trx);
  const people = createImportPeople(workspaceId, connectionId);
  const surveys = new Map<MetricName, string>();

  return {
    async add(answers) {
      const rowKeys = await numberRepeats(trx, answers);
      await people.load(trx, answers);
      const rows: ImportRows[] = [];
      for (const [i, answer] of answers.entries()) {
        const surveyId =
          surveys.get(answer.metric) ??
          (await ensureUnaskedSurvey(trx, workspaceId, "import", answer.metric));
        surveys.set(answer.metric, surveyId);
        const personId = people.customer(answer.person);
        const agentId = people.agent(answer.agent);
        const rowKey = rowKeys[i] ?? answer.key;
        rows.push(
          toImportRows({ workspaceId, connectionId, surveyId, personId, agentId, rowKey }, answer),
        );
      }
      const added = await insertRows(trx, rows);
      await keepStatistics(added);
      return added;
    },
  };
}

/**
 * Keeps the planner's picture of the growing tables true. Nobody else can: automatic statistics see
 * none of our rows before we commit, and the checks of references, planned for tables that look
 * empty, would read a whole index for every row.
 */
function createStatisticsKeeper(trx: Db): (added: number) => Promise<void> {
  let rows = 0;
  let next = FIRST_STATISTICS;
  return async (added) => {
    rows += added;
    if (rows < next) return;
    next = rows * 4;
    await analyzeImported(trx);
  };
}

/** Statistics of all tables that imports fill: for what the service looks for right after one. */
export async function analyzeImported(trx: Db): Promise<void> {
  await sql`analyze people, identities, accounts, dates, activities, chats, handlers, invitations,
    answers`.execute(trx);
}

async function lockImports(trx: Db, workspaceId: number): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(${LOCK}::int, ${workspaceId}::int) as free`.execute(trx);
  if (rows[0]?.free) return;
  throw new AppError("data-in-use", "Another import is running.", {
    advice: "Wait until it has ended, then import the file again.",
  });
}

/** Each answer's key with the how-manieth of its equals in the file it is, from 1. */
async function numberRepeats(trx: Db, answers: readonly ImportedAnswer[]): Promise<string[]> {
  const inBatch = new Map<string, number>();
  for (const { key } of answers) inBatch.set(key, (inBatch.get(key) ?? 0) + 1);
  const { rows } = await sql<{ key: string; times: number }>`
    insert into import_seen as seen (key, times)
    select * from unnest(${[...inBatch.keys()]}::text[], ${[...inBatch.values()]}::int[])
    on conflict (key) do update set times = seen.times + excluded.times
    returning seen.key, seen.times`.execute(trx);
  const next = new Map(rows.map(({ key, times }) => [key, times - (inBatch.get(key) ?? 0) + 1]));
  return answers.map(({ key }) => {
    const number = next.get(key) ?? 1;
    next.set(key, number + 1);
    return `${key}:${number}`;
  });
}

/** Chats first, then what refers to them. Rows of an earlier import are left as they are. */
async function insertRows(trx: Db, rows: readonly ImportRows[]): Promise<number> {
  await insertMany(
    trx,
    "chats",
    rows.flatMap(({ chat }) => chat ?? []),
    "id",
  );
  await insertMany(
    trx,
    "handlers",
    rows.flatMap(({ handler }) => handler ?? []),
    "chat_id",
  );
  const fresh = await insertMany(
    trx,
    "invitations",
    rows.map(({ invitation }) => invitation),
    "id",
  );
  const answers = rows.flatMap((row) => (fresh.has(row.invitation.id) ? row.answers : []));
  await insertMany(trx, "answers", answers, "invitation_id");
  return fresh.size;
}

/** A platform's own ids are unique over all workspaces, so ours carries the workspace. */
async function openConnection(trx: Db, workspaceId: number): Promise<string> {
  const ref = { platform: IMPORT_PLATFORM, externalId: `${IMPORT_PLATFORM}:${workspaceId}` };
  await ensureConnection(trx, workspaceId, ref, "Imported files");
  const connection = await findConnection(trx, ref);
  if (!connection) throw new AppError("not-found", "The connection of imported files is gone.");
  return connection.id;
}
