/** What the configuration as a file needs to know: whom and what it names, and what was changed since. */
import { sql } from "kysely";
import { z } from "zod";
import type { Configuration } from "../configuration/configuration.ts";
import { subjectKey } from "../configuration/configuration.ts";
import type { LoggedChange } from "../configuration/file/changed-since.ts";
import type { KnownPerson, KnownToFile } from "../configuration/file/filed.ts";
import type { NamesInFile } from "../configuration/file/write-file.ts";
import { findHumans } from "../people/identities.ts";
import { chatConnectionsOf } from "./connections.ts";
import { readHumans } from "./identities.ts";
import { readConfiguration } from "./read-configuration.ts";
import type { Db } from "./schema.ts";
import type { Workspace } from "./workspaces.ts";

/** `people`: as the file names them. */
export async function readKnownToFile(
  db: Db,
  { id, name }: Workspace,
  people: readonly string[],
): Promise<KnownToFile> {
  const found = new Map<string, readonly KnownPerson[]>();
  for (const written of people) {
    const humans = await findHumans(db, id, written);
    found.set(
      written,
      humans.map(({ humanId, people: rows }) => ({
        ...{ personId: humanId, ids: rows.map(({ personId }) => personId) },
      })),
    );
  }
  const connections = await chatConnectionsOf(db, id);
  return {
    now: await readConfiguration(db, id),
    connections: new Map(
      connections.map((each) => [`${each.ref.platform}:${each.ref.externalId}`, each]),
    ),
    people: found,
    company: name,
  };
}

/** How the people and connections of a configuration are named in a file. */
export async function readNamesInFile(
  db: Db,
  workspaceId: number,
  { grants }: Configuration,
): Promise<NamesInFile> {
  const people = new Map<string, { written: string; called: string }>();
  for (const { subject } of grants.values()) {
    if (subject.kind !== "person") continue;
    people.set(subject.personId, await nameInFile(db, workspaceId, subject.personId));
  }
  const connections = await chatConnectionsOf(db, workspaceId);
  return {
    people,
    connections: new Map(
      connections.map(({ id, ref }) => [id, `${ref.platform}:${ref.externalId}`]),
    ),
  };
}

/** By a verified address when it is nobody else's, else as a platform calls them. */
async function nameInFile(db: Db, workspaceId: number, personId: string) {
  const [human] = await readHumans(db, workspaceId, { by: "id", id: personId });
  const rows = human?.people ?? [];
  const called = rows.find((row) => row.personId === personId)?.name ?? "";
  const names = [
    ...rows.flatMap(({ email, emailVerified }) => (email !== null && emailVerified ? [email] : [])),
    ...rows.flatMap(({ identities }) =>
      identities.map(({ platform, userId }) => `${platform}:${userId}`),
    ),
  ];
  for (const written of names) {
    const found = await findHumans(db, workspaceId, written);
    if (found.length === 1 && found[0]?.humanId === human?.humanId) return { written, called };
  }
  return { written: personId, called };
}

const kinds = {
  settings: "setting",
  survey: "survey",
  schedule: "schedule",
  role: "role",
} as const;
const isKind = (action: string): action is keyof typeof kinds => Object.hasOwn(kinds, action);

/** When the last change was made to anything that a file can say. */
export async function lastConfigurationChange(
  db: Db,
  workspaceId: number,
  { surveys, schedules }: Configuration,
): Promise<Date> {
  const row = await db
    .selectFrom("audit")
    .select(({ fn }) => fn.max("at").as("at"))
    .where("workspace_id", "=", workspaceId)
    .where("action", "in", Object.keys(kinds))
    .executeTakeFirst();
  const times = [...surveys.values(), ...schedules.values()].map(({ at }) => at.getTime());
  const logged = row?.at ?? null;
  return new Date(Math.max(0, ...times, ...(logged === null ? [] : [logged.getTime()])));
}

const details = z.object({
  version: z.object({ from: z.number().nullable(), to: z.number() }).optional().catch(undefined),
  subject: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("person"), personId: z.string() }),
      z.object({
        kind: z.literal("group"),
        ...{ connectionId: z.string(), groupId: z.string(), label: z.string().catch("") },
      }),
    ])
    .optional()
    .catch(undefined),
});

/** Every change after that moment, the oldest first. */
export async function configurationChangesSince(
  db: Db,
  workspaceId: number,
  since: Date,
): Promise<LoggedChange[]> {
  const rows = await db
    .selectFrom("audit")
    .select(["at", "actor", "action", "target", "details", "origin"])
    .where("workspace_id", "=", workspaceId)
    .where("action", "in", Object.keys(kinds))
    // A file has whole milliseconds.
    .where(sql<Date>`date_trunc('milliseconds', at)`, ">", since)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.flatMap(({ at, actor, action, target, details: kept, origin }): LoggedChange[] => {
    const read = details.safeParse(kept).data;
    const versions = read?.version;
    const about = { at, by: actor, origin, versions };
    if (!isKind(action)) return [];
    const kind = kinds[action];
    if (kind === "setting") {
      const names = typeof kept === "object" && kept !== null ? Object.keys(kept) : [];
      return names.map((name) => ({ ...about, thing: { kind, name } }));
    }
    const name = kind === "role" ? read?.subject && subjectKey(read.subject) : target;
    return name === null || name === undefined ? [] : [{ ...about, thing: { kind, name } }];
  });
}
