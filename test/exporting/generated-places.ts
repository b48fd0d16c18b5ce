/** People, surveys and chats of a generated workspace. */
import { newId } from "../../src/store/ids.ts";
import { insertJson } from "../../src/store/insert-many.ts";
import type { Db } from "../../src/store/schema.ts";
import {
  insertChat,
  insertConnection,
  insertPerson,
  insertSurvey,
} from "../support/database-rows.ts";

const BEGIN = Date.parse("2026-09-14T00:00:00Z");
/** So many minutes after its begin, with a part of a second. */
export const at = (minutes: number, part: string) =>
  `${new Date(BEGIN + minutes * 60_000).toISOString().slice(0, 19)}${part}Z`;

export interface Places {
  readonly people: readonly string[];
  readonly surveys: readonly string[];
  readonly chats: readonly string[];
  readonly connections: Readonly<Record<string, string>>;
}

export async function insertPlaces(db: Db, workspaceId: number): Promise<Places> {
  const connections = {
    slack: await insertConnection(db, workspaceId, { platform: "slack" }),
    discord: await insertConnection(db, workspaceId, { platform: "discord" }),
  };
  const account = { id: newId(), external_id: "crm:=acme", name: "=Acme" };
  await insertJson(db, "accounts", [{ workspace_id: workspaceId, ...account }], "id");
  const ada = await insertPerson(db, workspaceId, { name: "=Ada", account_id: account.id });
  const people = [
    ada,
    await insertPerson(db, workspaceId, { human_id: ada, account_id: account.id }),
    await insertPerson(db, workspaceId, { name: "Bob" }),
    await insertPerson(db, workspaceId, { name: "Cleo" }),
    await insertPerson(db, workspaceId, { name: "Test", test: true }),
  ];
  const known = [connections.slack, connections.discord].map((connection_id, i) => ({
    ...{ workspace_id: workspaceId, connection_id, external_id: `U${i}`, person_id: people[i] },
  }));
  await insertJson(db, "identities", known, "person_id");
  return {
    ...{ people, connections },
    surveys: await insertSurveys(db, workspaceId),
    chats: await insertChats(db, workspaceId, connections.slack),
  };
}

async function insertSurveys(db: Db, workspaceId: number): Promise<string[]> {
  const asks = (...names: string[]) => ({
    questions: names.map((metric) => ({ kind: "score", metric })),
  });
  const surveys = [
    await insertSurvey(db, workspaceId, { key: "=nps" }, asks("nps")),
    await insertSurvey(
      db,
      workspaceId,
      { key: "csat", metric: "csat" },
      asks("csat", "resolution"),
    ),
    await insertSurvey(
      db,
      workspaceId,
      { key: "recovery", metric: "csat", trigger: "recovery" },
      asks("csat"),
    ),
    await insertSurvey(
      db,
      workspaceId,
      { key: "apart", metric: "nps" },
      { ...asks("nps"), apart: true },
    ),
    await insertSurvey(db, workspaceId, { key: "exit", metric: null }, { questions: [] }),
  ];
  const later = [asks("nps"), asks("csat", "resolution")].map((definition, i) => ({
    ...{ workspace_id: workspaceId, survey_id: surveys[i], version: 2, series: 2, definition },
  }));
  await insertJson(db, "survey_versions", later, "survey_id");
  const newer = db
    .updateTable("surveys")
    .set({ version: 2 })
    .where("workspace_id", "=", workspaceId);
  await newer.where("key", "in", ["=nps", "csat"]).execute();
  const epoch = { metric: "nps", epoch: 1, starts_at: at(60 * 24 * 9, ""), survey_id: surveys[0] };
  const row = { workspace_id: workspaceId, ...epoch, survey_version: 2 };
  await insertJson(db, "metric_epochs", [row], "metric");
  return surveys;
}

async function insertChats(db: Db, workspaceId: number, connectionId: string): Promise<string[]> {
  const person = (values: Parameters<typeof insertPerson>[2]) =>
    insertPerson(db, workspaceId, { role: "agent", ...values });
  const mia = await person({ name: "=Mia;x:1" });
  const twin = await person({ name: "=Mia;x:1" });
  const bot = await person({ name: "Bot", bot: true });
  const part = await person({ name: "Mia on Discord", human_id: mia });
  const parts = [
    [
      [mia, 6],
      [bot, 9],
    ],
    [
      [mia, 1],
      [twin, 3],
    ],
    [[part, 2]],
    [[twin, 0]],
    [],
    [[bot, 1]],
  ] as const;
  const chats: string[] = [];
  for (const [i, handlers] of parts.entries()) {
    const team = i === 1 ? "Billing" : null;
    const url = `https://chat.example/${i}`;
    const id = await insertChat(db, workspaceId, connectionId, { team, url, closings: 2 });
    const rows = handlers.map(([person_id, messages]) => ({
      ...{ workspace_id: workspaceId, chat_id: id, closing: 2, person_id, messages },
    }));
    await insertJson(db, "handlers", rows, "chat_id");
    chats.push(id);
  }
  return chats;
}
