/**
 * Answers that aftertalk exported, taken back: under their own ids, so that what is here already stays
 * as it is, and to what they belonged to, where that is still here.
 */
import { sql } from "kysely";
import {
  answerRow,
  chatRow,
  countRow,
  type ExportedSurvey,
  type FiledAnswer,
  type FiledRefs,
  type FiledRow,
  invitationRow,
  type JsonRow,
} from "./exported-rows.ts";
import { newId } from "./ids.ts";
import { type AnswerImport, openImport } from "./import-answers.ts";
import { createFiledPeople, type FiledPeople } from "./import-exported-people.ts";
import { insertJson } from "./insert-many.ts";
import type { Db } from "./schema.ts";

/** Begins such an import inside `trx`; throws `data-in-use` while another one runs in the workspace. */
export async function beginExportedImport(
  trx: Db,
  workspaceId: number,
): Promise<AnswerImport<FiledRow>> {
  const { connectionId, keepStatistics } = await openImport(trx, workspaceId);
  // What this import made: further answers of it, and its handlers, may stand anywhere in the file.
  await sql`create temporary table import_made (id uuid primary key) on commit drop`.execute(trx);
  const file: File = {
    ...{ trx, workspaceId, connectionId },
    connections: await oldestConnections(trx, workspaceId),
    people: createFiledPeople(workspaceId, connectionId),
    surveyOf: createSurveys(trx, workspaceId),
  };
  return {
    async add(rows) {
      const answers = rows.filter((row) => row.kind !== "count");
      await file.people.load(trx, answers);
      const added = (await addAnswers(file, answers)) + (await addCounts(file, rows));
      await keepStatistics(added);
      return added;
    },
  };
}

interface File {
  readonly trx: Db;
  readonly workspaceId: number;
  readonly connectionId: string;
  /** By platform. */
  readonly connections: ReadonlyMap<string, string>;
  readonly people: FiledPeople;
  readonly surveyOf: (survey: ExportedSurvey) => Promise<Survey>;
}

interface Survey {
  readonly surveyId: string;
  readonly surveyVersion: number;
}

async function addAnswers(file: File, rows: readonly FiledAnswer[]): Promise<number> {
  const { trx, people, workspaceId, connectionId } = file;
  const known: (readonly [FiledAnswer, FiledRefs])[] = [];
  for (const row of rows) {
    const survey = await file.surveyOf(row.survey);
    const { platform } = row;
    const askedOn = platform === null ? null : (file.connections.get(platform) ?? connectionId);
    const personId = people.customer(row);
    known.push([row, { workspaceId, connectionId, askedOn, ...survey, personId }]);
  }
  await addChats(file, known);
  const invitations = new Map(
    known.map(([row, refs]) => [row.invitation.id, [row, refs] as const]),
  );
  const wanted = [...invitations.values()].map(([row, refs]) => invitationRow(refs, row));
  const made = await madeOf(trx, await insertJson(trx, "invitations", wanted, "id"), wanted);
  const own = known.filter(([row]) => made.all.has(row.invitation.id));
  const answers = own.flatMap(([row, refs]): JsonRow[] => {
    const answer = answerRow(refs, row);
    return answer === undefined ? [] : [answer];
  });
  await insertJson(trx, "answers", answers, "invitation_id");
  return answers.length + own.filter(([row]) => row.answer === null).length;
}

/** Chats that are not here, with who handled them as they were closed. */
async function addChats(
  { trx, workspaceId, people }: File,
  known: readonly (readonly [FiledAnswer, FiledRefs])[],
): Promise<void> {
  const chats = new Map(
    known.flatMap(([row, refs]) => {
      const chat = chatRow(refs, row);
      return chat === undefined || row.chat === null ? [] : [[row.chat.id, chat] as const];
    }),
  );
  const wanted = [...chats].map(([id, chat]) => ({ ...chat, id }));
  const made = await madeOf(trx, await insertJson(trx, "chats", wanted, "id"), wanted);
  const handlers = known.flatMap(([row]) =>
    row.chat === null || !made.all.has(row.chat.id)
      ? []
      : row.handlers.map((handler) => ({
          ...{ workspace_id: workspaceId, chat_id: row.chat?.id, closing: row.chat?.closing },
          ...{ person_id: people.agent(handler), messages: handler.messages },
        })),
  );
  await insertJson(trx, "handlers", handlers, "chat_id");
}

/** Which of `wanted` are of this import: `fresh` ones, and those of earlier batches. */
async function madeOf(
  trx: Db,
  fresh: ReadonlySet<string>,
  wanted: readonly { readonly id: string }[],
): Promise<{ readonly all: ReadonlySet<string> }> {
  if (wanted.length === 0) return { all: fresh };
  await sql`insert into import_made select unnest(${[...fresh]}::uuid[])`.execute(trx);
  const ids = wanted.map(({ id }) => id);
  const { rows } = await sql<{ id: string }>`
    select id from import_made where id = any(${ids}::uuid[])`.execute(trx);
  return { all: new Set(rows.map(({ id }) => id)) };
}

async function addCounts(file: File, rows: readonly FiledRow[]): Promise<number> {
  let added = 0;
  for (const row of rows) {
    if (row.kind !== "count") continue;
    const refs = { workspaceId: file.workspaceId, ...(await file.surveyOf(row.survey)) };
    const made = await insertJson(file.trx, "anonymous_counts", [countRow(refs, row)], "survey_id");
    added += made.size;
  }
  return added;
}

/** Surveys by key and version: the one that is here, else one that stands for it and is never asked. */
function createSurveys(trx: Db, workspaceId: number): File["surveyOf"] {
  const known = new Map<string, Promise<Survey>>();
  return (survey) => {
    const key = JSON.stringify([survey.key, survey.version]);
    const found = known.get(key) ?? ensureFiledSurvey(trx, workspaceId, survey);
    known.set(key, found);
    return found;
  };
}

async function ensureFiledSurvey(
  trx: Db,
  workspaceId: number,
  { key, version, metric, apart }: ExportedSurvey,
): Promise<Survey> {
  const filed = { key: `import-${key}`, version: 1 };
  const found = await findVersion(trx, workspaceId, [{ key, version }, filed]);
  if (found !== undefined) return found;
  const id = newId();
  await trx
    .insertInto("surveys")
    .values({
      ...{ workspace_id: workspaceId, id, key: filed.key, metric, version: 1 },
      ...{ trigger: "manual", state: "archived" },
    })
    .execute();
  const definition = { metric, origin: "import", ...(apart ? { apart } : {}) };
  await trx
    .insertInto("survey_versions")
    .values({
      ...{ workspace_id: workspaceId, survey_id: id, version: 1, series: 1 },
      definition: JSON.stringify(definition),
    })
    .execute();
  return { surveyId: id, surveyVersion: 1 };
}

/** The first of these that there is. */
async function findVersion(
  trx: Db,
  workspaceId: number,
  wanted: readonly { readonly key: string; readonly version: number }[],
): Promise<Survey | undefined> {
  const { rows } = await sql<Survey>`
    select s.id as "surveyId", v.version as "surveyVersion"
    from unnest(${wanted.map(({ key }) => key)}::text[], ${wanted.map(({ version }) => version)}::int[])
      with ordinality as wanted (key, version, n)
    join surveys s on s.workspace_id = ${workspaceId} and s.key = wanted.key
    join survey_versions v on v.workspace_id = s.workspace_id and v.survey_id = s.id
      and v.version = wanted.version
    order by wanted.n limit 1`.execute(trx);
  return rows[0];
}

async function oldestConnections(trx: Db, workspaceId: number): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom("connections")
    .select(["platform", "id"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("created_at", "desc")
    .execute();
  return new Map(rows.map(({ platform, id }) => [platform, id]));
}
