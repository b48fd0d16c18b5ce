/**
 * Whether somebody wants to be asked. Who is met on several connections says it to us once: it holds
 * on all of them (same-person.ts).
 */
import { sql } from "kysely";
import { identitiesOnPlatform, sameOnPlatform } from "./same-person.ts";
import type { Consent, Db, Row } from "./schema.ts";

/** Keeps what a person decided about being asked. `pausedUntil` belongs to `paused` only. */
export async function setConsent(
  db: Db,
  workspaceId: number,
  personId: string,
  consent: Consent,
  pausedUntil: Date | null = null,
): Promise<void> {
  await db
    .updateTable("people")
    .set({ consent, paused_until: consent === "paused" ? pausedUntil : null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", await sameOnPlatform(db, workspaceId, personId))
    // "Never" is only taken back by an explicit resume.
    .where((where) => (consent === "paused" ? where("consent", "<>", "never") : sql<boolean>`true`))
    .execute();
}

/** What somebody whom we meet on this connection for the first time has said on another one. */
export async function consentElsewhere(
  db: Db,
  workspaceId: number,
  connectionId: string,
  externalId: string,
): Promise<Pick<Row<"people">, "consent" | "paused_until"> | undefined> {
  return identitiesOnPlatform(db, workspaceId)
    .innerJoin("connections as here", (join) =>
      join
        .onRef("here.workspace_id", "=", "connections.workspace_id")
        .onRef("here.platform", "=", "connections.platform"),
    )
    .innerJoin("people", (join) =>
      join
        .onRef("people.workspace_id", "=", "identities.workspace_id")
        .onRef("people.id", "=", "identities.person_id"),
    )
    .where("here.id", "=", connectionId)
    .where("identities.external_id", "=", externalId)
    .select(["people.consent", "people.paused_until"])
    .orderBy("identities.created_at", "desc")
    .limit(1)
    .executeTakeFirst();
}
