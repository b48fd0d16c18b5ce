/** A desk with the core behind it and a history to ask about. */
import { sql } from "kysely";
import { tendAlerts } from "../../../src/alerts/post.ts";
import { countWorkspace } from "../../../src/counting/tend.ts";
import { findConnection } from "../../../src/store/connections.ts";
import { readWorkspace } from "../../../src/store/workspaces.ts";
import { insertPerson } from "../../support/database-rows.ts";
import { type Core, type CoreDatabase, startCore } from "../core.ts";
import { fillHistory } from "../history/fill.ts";
import { type History, makeHistory } from "../history/made.ts";
import type { Desk } from "./desk.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** A desk's clock stands at the noon of a Monday; a week says more when it is nearly over. */
const FRIDAY = new Date("2026-11-06T18:00:00Z");
/** From then to the hour at which the week that is over is looked at. */
const TO_MONDAY_MS = 3 * DAY_MS - 8 * HOUR_MS;

/** The team that the desk's team lead leads. */
export const THEIR_TEAM = "Billing";

/** What has happened when a desk opens. */
export const historyOfDesks = (): History => makeHistory(FRIDAY);

export interface Office {
  readonly core: Core;
  /** What is on its way has come through; time goes on meanwhile, as adapters pace themselves. */
  settle(): Promise<void>;
  /** Lets the week end, and what is told of it by itself be told. */
  weekEnds(): Promise<void>;
}

export async function openOffice(
  database: CoreDatabase,
  desk: Desk,
  history: History,
): Promise<Office> {
  const { db, workspaceId } = database;
  desk.clock.advance(history.now.getTime() - desk.clock.now().getTime());
  const core = await startCore(database, desk.clock, desk);
  const connection = await findConnection(db, desk.connection);
  if (connection === undefined) throw new Error("there is a connection");
  await fillHistory({ db, workspaceId, connection, history });
  const known = async (external_id: string, person_id: string) => {
    const row = { workspace_id: workspaceId, connection_id: connection.id, external_id, person_id };
    await db.insertInto("identities").values(row).execute();
  };
  await known(desk.agent.id, history.agents[0]?.id ?? "");
  if (desk.teamLead !== undefined) {
    const { id, name } = desk.teamLead;
    const row = { name, role: "lead" as const, teams: [THEIR_TEAM] };
    await known(id, await insertPerson(db, workspaceId, row));
  }
  // A year's rows came at once: no database of a service of that age would not know its tables.
  await sql`analyze`.execute(db);
  await countWorkspace(core.engine, workspaceId);
  const settle = async () => {
    let isOver = false;
    const settling = core.settle().finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await Promise.race([settling, new Promise((resolve) => setTimeout(resolve, 50))]);
      if (!isOver) desk.clock.advance(1000);
    }
    await desk.settled();
  };
  const lookAtTheWeek = async () => {
    const workspace = await readWorkspace(db, workspaceId);
    await tendAlerts(core.engine, workspace, (platform) => platform === desk.connection.platform);
    await settle();
  };
  // From now on it is looked at.
  await lookAtTheWeek();
  return {
    ...{ core, settle },
    async weekEnds() {
      desk.clock.advance(TO_MONDAY_MS);
      await lookAtTheWeek();
    },
  };
}
