/** People and their identities on the platforms. */
import type { PlatformUser } from "../platform.ts";
import { lockIdentities } from "./identities.ts";
import { newId } from "./ids.ts";
import {
  type Granting,
  grantsOf,
  grantsOfGroups,
  type Standing,
  standingOf,
  toldOf,
} from "./roles.ts";
import type { Consent, Db, Row } from "./schema.ts";

/** A person as decisions and messages need them. Times are epoch milliseconds. */
export interface Person {
  readonly id: string;
  /** The row that stands for the human behind it; often this one. */
  readonly humanId: string;
  readonly accountId: string | null;
  readonly name: string;
  readonly role: Row<"people">["role"];
  readonly bot: boolean;
  readonly test: boolean;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly consent: Consent;
  readonly pausedUntil: number | null;
}

/** A person as just met, with what the platform told that we did not know. */
export interface MetPerson extends Person {
  /** Never met on this connection before. */
  readonly isNew: boolean;
  /** A verified address that was not known of them. */
  readonly newEmail: string | undefined;
}

const columns = [
  "people.id",
  "people.human_id",
  "people.account_id",
  "people.name",
  "people.role",
  "people.bot",
  "people.test",
  "people.locale",
  "people.time_zone",
  "people.consent",
  "people.paused_until",
] as const;

type PersonColumn = (typeof columns)[number] extends `people.${infer C}` ? C : never;

function toPerson(row: Pick<Row<"people">, PersonColumn>): Person {
  return {
    id: row.id,
    humanId: row.human_id ?? row.id,
    accountId: row.account_id,
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
 * platform tells a new name, role, language, zone or address. Call inside a transaction; who else it
 * is, is found by meetPerson (people/meet.ts). Whoever is new has joined `now`, until somebody tells
 * another day: platforms do not tell it in a way that could be relied on.
 */
export async function ensurePerson(
  db: Db,
  workspaceId: number,
  connectionId: string,
  user: PlatformUser,
  now: Date,
): Promise<MetPerson> {
  const known = await findPerson(db, workspaceId, connectionId, user);
  if (known !== undefined) return refresh(db, workspaceId, known, user);
  const newEmail = user.email?.trim() || undefined;
  await lockIdentities(db, workspaceId, { externalId: user.externalId, email: newEmail });
  const id = newId();
  const grants = await grantsOfGroups(db, workspaceId, connectionId, user.groups);
  const standing = standingOf(toldOf(user), user.bot === true ? [] : grants);
  const row = await db
    .insertInto("people")
    .values({
      workspace_id: workspaceId,
      id,
      name: user.name ?? user.externalId,
      role: standing.role,
      told_role: standing.toldRole,
      role_by: standing.roleBy,
      bot: user.bot ?? false,
      locale: user.locale ?? null,
      time_zone: user.timeZone ?? null,
      email: newEmail ?? null,
      email_verified: newEmail !== undefined,
      created_at: now,
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
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (identity.numInsertedOrUpdatedRows === 1n) return { ...toPerson(row), isNew: true, newEmail };
  // Another event of the same new person was faster: theirs counts.
  await db
    .deleteFrom("people")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
  return ensurePerson(db, workspaceId, connectionId, user, now);
}

/** What a known person is compared by with what the platform tells now. */
interface Known {
  readonly person: Person;
  readonly standing: Standing;
  readonly grants: readonly Granting[];
  /** Null while no platform has verified one. */
  readonly verifiedEmail: string | null;
  readonly source: Row<"people">["source"];
}

/** The person behind a platform's user id, if we have met them. */
async function findPerson(
  db: Db,
  workspaceId: number,
  connectionId: string,
  { externalId, groups }: PlatformUser,
): Promise<Known | undefined> {
  const row = await db
    .selectFrom("identities")
    .innerJoin("people", (join) =>
      join
        .onRef("people.workspace_id", "=", "identities.workspace_id")
        .onRef("people.id", "=", "identities.person_id"),
    )
    .select(columns)
    .select(["people.email", "people.email_verified", "people.source"])
    .select(["people.told_role", "people.role_by"])
    .select(grantsOf(workspaceId, connectionId, groups).as("grants"))
    .where("identities.workspace_id", "=", workspaceId)
    .where("identities.connection_id", "=", connectionId)
    .where("identities.external_id", "=", externalId)
    .executeTakeFirst();
  return (
    row && {
      person: toPerson(row),
      standing: { role: row.role, toldRole: row.told_role, roleBy: row.role_by },
      grants: row.grants ?? [],
      verifiedEmail: row.email_verified ? row.email : null,
      source: row.source,
    }
  );
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
  { person: known, standing, grants, verifiedEmail, source }: Known,
  user: PlatformUser,
): Promise<MetPerson> {
  const bot = user.bot ?? known.bot;
  const now = standingOf(toldOf(user), bot ? [] : grants);
  // Now they may do no more than is certain; who they are to us is not forgotten for that.
  const kept = user.roleUnsure === true ? standing : now;
  const fresh: Person = {
    ...known,
    name: user.name ?? known.name,
    role: now.role,
    bot,
    locale: user.locale ?? known.locale,
    timeZone: user.timeZone ?? known.timeZone,
  };
  const email = user.email?.trim() || undefined;
  const newEmail = email?.toLowerCase() === verifiedEmail?.toLowerCase() ? undefined : email;
  const changed =
    (["name", "bot", "locale", "timeZone"] as const).some((key) => fresh[key] !== known[key]) ||
    (["role", "toldRole", "roleBy"] as const).some((key) => kept[key] !== standing[key]);
  if (newEmail !== undefined) {
    const { externalId } = user;
    await lockIdentities(db, workspaceId, { externalId, email: newEmail });
  }
  if (changed || newEmail !== undefined || source === "import") {
    await db
      .updateTable("people")
      .set({
        name: fresh.name,
        role: kept.role,
        told_role: kept.toldRole,
        role_by: kept.roleBy,
        bot: fresh.bot,
        locale: fresh.locale,
        time_zone: fresh.timeZone,
        // A file may have known of them before they were met.
        source: source === "import" ? "platform" : source,
        ...(newEmail === undefined ? {} : { email: newEmail, email_verified: true }),
      })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", known.id)
      .execute();
  }
  return { ...fresh, isNew: false, newEmail };
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
    .where("bot", "=", false)
    .where("source", "=", "platform")
    .orderBy("created_at")
    .limit(5)
    .execute();
  return rows.map((row) => row.name);
}
