/** Puts made-up people into a workspace. */
import { newId } from "../../../src/store/ids.ts";
import type { Db } from "../../../src/store/schema.ts";
import { insertConnection, insertInvitation, insertSurvey } from "../../support/database-rows.ts";
import { accountNames, type Human, NOW, type PersonRow, platforms } from "./town.ts";

interface Filled {
  /** Our ids of the connections, by platform. */
  readonly connections: ReadonlyMap<string, string>;
}

export async function fillTown(
  db: Db,
  workspaceId: number,
  town: readonly Human[],
): Promise<Filled> {
  const connections = new Map<string, string>();
  for (const platform of platforms) {
    connections.set(platform, await insertConnection(db, workspaceId, { platform }));
  }
  const surveyId = await insertSurvey(db, workspaceId);
  const accounts = new Map<string, string>();
  for (const [n, name] of accountNames.entries()) {
    const id = newId();
    accounts.set(name, id);
    const plan = n === 0 ? "company" : null;
    const row = { workspace_id: workspaceId, id, external_id: `import:key-${n}`, name, plan };
    await db.insertInto("accounts").values(row).execute();
  }
  const to = { db, workspaceId, connections, accounts, surveyId };
  for (const { rows, tier } of town) {
    const [first] = rows;
    if (first === undefined) continue;
    for (const row of rows) await insertRow(to, row, first.id);
    if (tier === null) continue;
    const signals = { points: 0, tier, reasons: "[]", tier_since: NOW, computed_at: NOW };
    await db
      .insertInto("signals")
      .values({ workspace_id: workspaceId, human_id: first.id, ...signals })
      .execute();
  }
  return { connections };
}

interface To {
  readonly db: Db;
  readonly workspaceId: number;
  readonly connections: ReadonlyMap<string, string>;
  readonly accounts: ReadonlyMap<string, string>;
  readonly surveyId: string;
}

async function insertRow(to: To, row: PersonRow, humanId: string): Promise<void> {
  const { db, workspaceId } = to;
  await db
    .insertInto("people")
    .values({
      ...{ workspace_id: workspaceId, id: row.id, human_id: row.id === humanId ? null : humanId },
      ...{ name: "Ada", role: row.role, bot: row.bot, source: row.source, locale: row.locale },
      account_id: row.account === null ? null : (to.accounts.get(row.account) ?? null),
      ...{ account_role: row.accountRole, plan: row.plan, tags: [...row.tags] },
      ...{ joined_at: row.joinedAt, created_at: row.createdAt, active_at: row.activeAt },
    })
    .execute();
  for (const platform of row.on) {
    const connection = to.connections.get(platform) ?? "";
    const identity = { connection_id: connection, external_id: newId(), person_id: row.id };
    await db
      .insertInto("identities")
      .values({ workspace_id: workspaceId, ...identity })
      .execute();
  }
  for (const chat of row.chats) await insertChatOf(to, row.id, chat);
  for (const answer of row.answers) await insertAnswerOf(to, row.id, answer);
}

async function insertChatOf(to: To, personId: string, chat: PersonRow["chats"][number]) {
  const id = newId();
  await to.db
    .insertInto("chats")
    .values({
      ...{ workspace_id: to.workspaceId, id, external_id: id, customer_id: personId },
      connection_id: to.connections.get(chat.platform) ?? "",
      ...{ team: chat.team, tags: [...chat.tags], opened_at: chat.openedAt },
      ...{ last_message_at: chat.lastMessageAt, closed_at: chat.closedAt },
      ...(chat.closedAt === null
        ? {}
        : { state: "closed" as const, close_reason: "solved" as const }),
    })
    .execute();
}

async function insertAnswerOf(to: To, personId: string, answer: PersonRow["answers"][number]) {
  const { db, workspaceId, surveyId } = to;
  const state = { state: "answered" as const, asked_at: answer.at, answered_at: answer.at };
  const invitation = await insertInvitation(db, workspaceId, surveyId, {
    person_id: personId,
    ...state,
  });
  await db
    .insertInto("answers")
    .values({
      ...{ workspace_id: workspaceId, invitation_id: invitation, question: "score" },
      ...{ survey_id: surveyId, survey_version: 1, person_id: personId, metric: answer.metric },
      ...{ score: answer.score, scale_min: 0, scale_max: 10, promise: answer.promise },
      answered_at: answer.at,
    })
    .execute();
}
