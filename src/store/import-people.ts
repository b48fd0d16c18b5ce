/** The customers and agents that imported answers name. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import { AGENT_PREFIX, type ImportedAnswer } from "./import-rows.ts";
import { insertMany } from "./insert-many.ts";
import type { Db } from "./schema.ts";

/** Found people are remembered up to this many, then forgotten together: memory stays flat. */
const MOST_REMEMBERED = 20_000;

interface NewPerson {
  readonly name: string;
  readonly role: "customer" | "agent";
  readonly locale: string | null;
}

/** Person ids by external id, for one connection. */
export interface ImportPeople {
  /** Finds or makes everybody in a batch; who they are is told by their identity, as everywhere. */
  load(trx: Db, answers: readonly ImportedAnswer[]): Promise<void>;
  /** The id of somebody in the batch that was loaded last. */
  customer(name: string | undefined): string | null;
  agent(name: string | undefined): string | undefined;
}

export function createImportPeople(workspaceId: number, connectionId: string): ImportPeople {
  const ids = new Map<string, string>();
  return {
    async load(trx, answers) {
      if (ids.size > MOST_REMEMBERED) ids.clear();
      const wanted = peopleIn(answers);
      for (const externalId of wanted.keys()) if (ids.has(externalId)) wanted.delete(externalId);
      if (wanted.size === 0) return;
      for (const [externalId, id] of await find(trx, workspaceId, connectionId, wanted)) {
        ids.set(externalId, id);
        wanted.delete(externalId);
      }
      if (wanted.size === 0) return;
      for (const [externalId, id] of await insert(trx, workspaceId, connectionId, wanted)) {
        ids.set(externalId, id);
      }
    },
    customer: (name) => (name === undefined ? null : (ids.get(name) ?? null)),
    agent: (name) => (name === undefined ? undefined : ids.get(AGENT_PREFIX + name)),
  };
}

function peopleIn(answers: readonly ImportedAnswer[]): Map<string, NewPerson> {
  const people = new Map<string, NewPerson>();
  for (const { person, agent, language } of answers) {
    if (person !== undefined) {
      people.set(person, { name: person, role: "customer", locale: language ?? null });
    }
    if (agent !== undefined) {
      people.set(AGENT_PREFIX + agent, { name: agent, role: "agent", locale: null });
    }
  }
  return people;
}

async function find(
  trx: Db,
  workspaceId: number,
  connectionId: string,
  wanted: ReadonlyMap<string, NewPerson>,
): Promise<[externalId: string, id: string][]> {
  const rows = await trx
    .selectFrom("identities")
    .select(["external_id", "person_id"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where(sql<boolean>`external_id = any(${[...wanted.keys()]}::text[])`)
    .execute();
  return rows.map((row) => [row.external_id, row.person_id]);
}

async function insert(
  trx: Db,
  workspaceId: number,
  connectionId: string,
  wanted: ReadonlyMap<string, NewPerson>,
): Promise<[externalId: string, id: string][]> {
  const added = [...wanted].map(([externalId, person]) => ({ externalId, person, id: newId() }));
  const people = added.map(({ id, person: { name, role, locale } }) => ({
    workspace_id: workspaceId,
    id,
    name,
    role,
    locale,
    source: "import" as const,
  }));
  await insertMany(trx, "people", people, "id");
  const identities = added.map(({ externalId, id }) => ({
    workspace_id: workspaceId,
    connection_id: connectionId,
    external_id: externalId,
    person_id: id,
  }));
  await insertMany(trx, "identities", identities, "external_id");
  return added.map(({ externalId, id }) => [externalId, id]);
}
