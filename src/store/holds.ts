/**
 * What is known of places that are not to be called for a while: a platform asked to wait, nobody
 * can be reached there, or our key was refused. Kept, so that a restart does not ask again.
 */
import { type RawBuilder, sql } from "kysely";
import type { Address } from "../platform.ts";
import type { Db, Row } from "./schema.ts";

/** Stands for every place of a connection. */
const EVERYWHERE = "*";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long a closed place is left alone (docs/faults.md, F5, F14). A chat's is short, because only
 * its platform knows which channel it is in: when that is opened again, nobody can tell us which
 * chats are open with it.
 */
const CLOSED_MS: Readonly<Record<Address["kind"], number>> = {
  direct: 30 * DAY_MS,
  channel: DAY_MS,
  leads: DAY_MS,
  thread: HOUR_MS,
  chat: HOUR_MS,
  whisper: HOUR_MS,
};

/** A refused key is only ever accepted again after somebody has changed something: until a start. */
const REVOKED_MS = 10 * 365 * DAY_MS;

/** Why a place is not called, and until when (epoch milliseconds). */
export interface Hold {
  readonly kind: Row<"holds">["kind"];
  readonly until: number;
  readonly reason: string | null;
}

/** The weightiest hold on a place or its whole connection, if there is one now. */
export async function findHold(
  db: Db,
  workspaceId: number,
  connectionId: string,
  place: Address,
  now: Date,
): Promise<Hold | undefined> {
  const row = await db
    .selectFrom("holds")
    .select(["kind", "until", "reason"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("place", "in", [EVERYWHERE, placeKey(place)])
    .where("until", ">", now)
    .orderBy(weight("kind"), "desc")
    .orderBy("until", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { kind: row.kind, until: row.until.getTime(), reason: row.reason };
}

/** The platform asked to wait with this place, or with everything. */
export async function holdFor(
  db: Db,
  workspaceId: number,
  connectionId: string,
  place: Address | "everywhere",
  until: Date,
  now: Date,
): Promise<void> {
  await put(db, workspaceId, connectionId, place, { kind: "wait", until, reason: null }, now);
}

/** Nobody can be reached there for now. */
export async function holdClosed(
  db: Db,
  workspaceId: number,
  connectionId: string,
  place: Address,
  reason: string,
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + CLOSED_MS[place.kind]);
  await put(db, workspaceId, connectionId, place, { kind: "closed", until, reason }, now);
}

/** The platform refuses our key; true when that is news. */
export async function holdRevoked(
  db: Db,
  workspaceId: number,
  connectionId: string,
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + REVOKED_MS);
  const hold = { kind: "revoked", until, reason: null } as const;
  return put(db, workspaceId, connectionId, "everywhere", hold, now);
}

/** True when the platform refuses our key for this connection. */
export async function isRevoked(
  db: Db,
  workspaceId: number,
  connectionId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("holds")
    .select("kind")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("place", "=", EVERYWHERE)
    .where("kind", "=", "revoked")
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps the weightier of two holds on a place, of two equal waits the longer; true when it is news. */
async function put(
  db: Db,
  workspaceId: number,
  connectionId: string,
  place: Address | "everywhere",
  hold: { kind: Hold["kind"]; until: Date; reason: string | null },
  now: Date,
): Promise<boolean> {
  const row = await db
    .insertInto("holds")
    .values({
      workspace_id: workspaceId,
      connection_id: connectionId,
      place: place === "everywhere" ? EVERYWHERE : placeKey(place),
      ...hold,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "connection_id", "place"])
        .doUpdateSet((excluded) => ({
          kind: excluded.ref("excluded.kind"),
          until: excluded.ref("excluded.until"),
          reason: excluded.ref("excluded.reason"),
        }))
        .where(
          sql<boolean>`holds.until <= ${now} or ${weight("excluded.kind")} > ${weight("holds.kind")}
            or (holds.kind = 'wait' and excluded.kind = 'wait' and excluded.until > holds.until)`,
        ),
    )
    .returning("kind")
    .executeTakeFirst();
  return row !== undefined;
}

function weight(column: string) {
  return sql<number>`array_position(array['wait', 'closed', 'revoked'], ${sql.ref(column)})`;
}

/** The place answers again, or somebody there wrote to us. */
export async function liftClosed(
  db: Db,
  workspaceId: number,
  connectionId: string,
  place: Address,
): Promise<void> {
  await db
    .deleteFrom("holds")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where(isClosedPlace(place))
    .execute();
}

/** True for a row of holds by which this place is closed. */
export function isClosedPlace(place: Address): RawBuilder<boolean> {
  // Which channel is the leads' only the platform knows: at worst one call too many.
  const places: Address[] = place.kind === "channel" ? [place, { kind: "leads" }] : [place];
  return sql`kind = 'closed' and place = any(${places.map(placeKey)}::text[])`;
}

/** We were let in again: every place may be open, also the direct messages of whoever is there. */
export async function liftAll(db: Db, workspaceId: number, connectionId: string): Promise<void> {
  await db
    .deleteFrom("holds")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("kind", "in", ["closed", "revoked"])
    .execute();
}

/** After a start that the platform accepted: our key is good, and the leads' place may be another. */
export async function tryPlacesAgain(
  db: Db,
  workspaceId: number,
  connectionId: string,
): Promise<void> {
  await db
    .deleteFrom("holds")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where((hold) =>
      hold.or([
        hold("kind", "=", "revoked"),
        hold.and([hold("kind", "=", "closed"), hold("place", "=", placeKey({ kind: "leads" }))]),
      ]),
    )
    .execute();
}

/** Forgets what is over, in every workspace. */
export async function forgetHolds(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("holds").where("until", "<=", now).execute();
}

/** The place as text that is the same each time. */
function placeKey(place: Address): string {
  switch (place.kind) {
    case "direct":
      return JSON.stringify([place.kind, place.userId]);
    case "chat":
      return JSON.stringify([place.kind, place.chatId]);
    case "whisper":
      return JSON.stringify([place.kind, place.chatId, place.userId]);
    case "channel":
      return JSON.stringify([place.kind, place.channelId]);
    case "leads":
      return JSON.stringify([place.kind]);
    case "thread":
      return JSON.stringify([place.kind, place.messageId]);
  }
}
