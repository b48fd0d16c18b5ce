/** What a look needs besides the history of a desk: people who can be asked, and trouble to tell of. */

import { findConnection } from "../../../src/store/connections.ts";
import { newId } from "../../../src/store/ids.ts";
import type { CoreDatabase } from "../../life/core.ts";
import type { Desk } from "../../life/desks/desk.ts";
import type { History } from "../../life/history/made.ts";
import { insertInvitation } from "../database-rows.ts";

/** So many customers of the history can be written to here. */
const REACHABLE = 60;
const HOUR_MS = 60 * 60 * 1000;

export interface Furnished {
  readonly database: CoreDatabase;
  readonly desk: Desk;
  readonly history: History;
}

export async function makeReachable({ database, desk, history }: Furnished): Promise<void> {
  const { db, workspaceId: workspace_id } = database;
  const connection_id = await connectionOf(database, desk);
  const rows = history.customers.slice(0, REACHABLE).map(({ id: person_id }, i) => {
    return { workspace_id, connection_id, person_id, external_id: `customer-${i}` };
  });
  await db.insertInto("identities").values(rows).execute();
}

/** What waits and why, what did not arrive, jobs that failed for good, a platform that bids to wait. */
export async function makeTrouble({ database, desk, history }: Furnished): Promise<void> {
  const { db, workspaceId } = database;
  const connection_id = await connectionOf(database, desk);
  const now = desk.clock.now();
  const later = new Date(now.getTime() + 3 * HOUR_MS);
  const survey = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("key", "=", "relationship-nps")
    .executeTakeFirstOrThrow();
  const reasons = ["asked-recently", "outside-hours", "daily-cap", "not-now", "asked-recently"];
  for (const [i, state_reason] of reasons.entries())
    await insertInvitation(db, workspaceId, survey.id, {
      ...{ state_reason, person_id: history.customers[i]?.id ?? null, kind: "relationship" },
      ...{ due_at: later, expires_at: later },
    });
  const lost = ["gave-up", "closed-dm", "closed-dm"].map((reason) => ({
    ...{ workspace_id: workspaceId, id: newId(), key: newId(), connection_id, reason },
    ...{ state: reason === "gave-up" ? ("dead" as const) : ("undeliverable" as const) },
    ...{ purpose: "notice", address: JSON.stringify({ kind: "leads" }), created_at: now },
  }));
  await db.insertInto("deliveries").values(lost).execute();
  const jobs = (["ask", "deliver", "deliver"] as const).map((queue) => ({
    ...{ workspace_id: workspaceId, id: newId(), queue, about: newId(), error: null, tries: 9 },
    ...{ put_in_at: now, died_at: now },
  }));
  await db.insertInto("dead_jobs").values(jobs).execute();
  const hold = { workspace_id: workspaceId, connection_id, place: "*", kind: "revoked" as const };
  await db
    .insertInto("holds")
    .values({ ...hold, until: later, reason: null })
    .execute();
}

async function connectionOf({ db }: CoreDatabase, desk: Desk): Promise<string> {
  const connection = await findConnection(db, desk.connection);
  if (connection === undefined) throw new Error("there is a connection");
  return connection.id;
}
