/** People and their identities on the platforms. */
import type { PlatformUser } from "../platform.ts";
import { consentElsewhere } from "./consent.ts";
import { newId } from "./ids.ts";
import type { Consent, Db, Row } from "./schema.ts";

/** A person as decisions and messages need them. Times are epoch milliseconds. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Row<"people">["role"];
  readonly bot: boolean;
  readonly test: boolean;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly consent: Consent;
  readonly pausedUntil: number | null;
}

const columns = [
  "people.id",
  "people.name",
  "people.role",
  "people.bot",
  "people.test",
  "people.locale",
  "people.time_zone",
  "people.consent",
  "people.paused_until",
] as const;

function toPerson(
  row: Pick<
    Row<"people">,
    "id" | "name" | "role" | "bot" | "test" | "locale" | "time_zone" | "consent" | "paused_until"
  >,
): Person {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    bot: row.bot,
    test: row.test,
    locale: row.locale,
    timeZone: row.time_zone,
    consent: row.consent,
    pausedUntil: row.paused_until?.getTime() ?? null,
  };
}

/**
 * The person behind a platform user: found by identity, made when new, brought up to date when the
 * platform tells a new name, role, language or zone. Call inside a transaction.
 */
export async function ensurePerson(
  db: Db,
  workspaceId: number,
  connectionId: string,
  user: PlatformUser,
): Promise<Person> {
  const known = await findPerson(db, workspaceId, connectionId, user.externalId);
  if (known !== undefined) return refresh(db, workspaceId, known, user);
  const id = newId();
  const row = await db
    .insertInto("people")
    .values({
      workspace_id: workspaceId,
      id,
      name: user.name,
      role: user.role,
      bot: user.bot ?? false,
      locale: user.locale ?? null,
      time_zone: user.timeZone ?? null,
      ...(await consentElsewhere(db, workspaceId, connectionId, user.externalId)),
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  const identity = await db
    .insertInto("identities")
    .values({
      workspace_id: workspaceId,
      connection_id: connectionId,
      external_id: user.externalId,
      person_id: id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (identity.numInsertedOrUpdatedRows === 1n) return toPerson(row);
  // Another event of the same new person was faster: theirs counts.
  await db
    .deleteFrom("people")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
  return ensurePerson(db, workspaceId, connectionId, user);
}

/** The person behind a platform's user id, if we have met them. */
async function findPerson(
  db: Db,
  workspaceId: number,
  connectionId: string,
  externalId: string,
): Promise<Person | undefined> {
  const row = await db
    .selectFrom("identities")
    .innerJoin("people", (join) =>
      join
        .onRef("people.workspace_id", "=", "identities.workspace_id")
        .onRef("people.id", "=", "identities.person_id"),
    )
    .select(columns)
    .where("identities.workspace_id", "=", workspaceId)
    .where("identities.connection_id", "=", connectionId)
    .where("identities.external_id", "=", externalId)
    .executeTakeFirst();
  return row && toPerson(row);
}

/** The person by our id. */
export async function readPerson(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<Person | undefined> {
  const row = await db
    .selectFrom("people")
    .select(columns)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", personId)
    .executeTakeFirst();
  return row && toPerson(row);
}

/** The same, locked until the transaction ends; rows that refer to the person can still be written. */
export async function lockPerson(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<Person | undefined> {
  const row = await db
    .selectFrom("people")
    .select(columns)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", personId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && toPerson(row);
}

async function refresh(
  db: Db,
  workspaceId: number,
  known: Person,
  user: PlatformUser,
): Promise<Person> {
  const fresh: Person = {
    ...known,
    name: user.name,
    role: user.role,
    bot: user.bot ?? known.bot,
    locale: user.locale ?? known.locale,
    timeZone: user.timeZone ?? known.timeZone,
  };
  const changed = (["name", "role", "bot", "locale", "timeZone"] as const).some(
    (key) => fresh[key] !== known[key],
  );
  if (changed) {
    await db
      .updateTable("people")
      .set({
        name: fresh.name,
        role: fresh.role,
        bot: fresh.bot,
        locale: fresh.locale,
        time_zone: fresh.timeZone,
      })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", known.id)
      .execute();
  }
  return fresh;
}

/** The platform's user id of a person on one connection, the newest when there are several. */
export async function externalIdOf(
  db: Db,
  workspaceId: number,
  connectionId: string,
  personId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("identities")
    .select("external_id")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.external_id;
}

/** Names of the people in these roles, at most five, for "ask one of them". */
export async function namesInRoles(
  db: Db,
  workspaceId: number,
  roles: readonly Person["role"][],
): Promise<string[]> {
  const rows = await db
    .selectFrom("people")
    .select("name")
    .where("workspace_id", "=", workspaceId)
    .where("role", "in", roles)
    .where("source", "=", "platform")
    .orderBy("created_at")
    .limit(5)
    .execute();
  return rows.map((row) => row.name);
}
