/** Who is who in a file that was exported: people who are here, else new ones by the file's names. */
import { sql } from "kysely";
import { ensureAccounts } from "./accounts.ts";
import { type FiledAnswer, sourceOf } from "./exported-rows.ts";
import { newId } from "./ids.ts";
import { AGENT_PREFIX } from "./import-rows.ts";
import { insertMany } from "./insert-many.ts";
import type { Db } from "./schema.ts";

/** Found people are remembered up to this many, then forgotten together: memory stays flat. */
const MOST_REMEMBERED = 20_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids of people, after {@link FiledPeople.load}. */
export interface FiledPeople {
  load(trx: Db, rows: readonly FiledAnswer[]): Promise<void>;
  /** Null where the file names nobody. */
  customer(row: FiledAnswer): string | null;
  agent(handler: FiledAnswer["handlers"][number]): string | undefined;
}

interface Wanted {
  /** Our id, if the file comes from here; else what stands for it there. */
  readonly called: string;
  /** As an identity among everything from files. */
  readonly externalId: string;
  /** Another row of the human that is meant, if it is here. */
  readonly part: string | null;
  readonly name: string;
  readonly role: "customer" | "agent";
  readonly bot: boolean;
  readonly locale: string | null;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly source: "sample" | "import";
}

export function createFiledPeople(workspaceId: number, connectionId: string): FiledPeople {
  const ids = new Map<string, string>();
  return {
    async load(trx, rows) {
      if (ids.size > MOST_REMEMBERED) ids.clear();
      const wanted = new Map(rows.flatMap(wantedIn).map((each) => [keyOf(each), each]));
      for (const key of wanted.keys()) if (ids.has(key)) wanted.delete(key);
      for (const find of [findOurs, findFiled, make]) {
        if (wanted.size === 0) return;
        const found = await find(trx, { workspaceId, connectionId }, [...wanted.values()]);
        for (const [key, id] of found) {
          ids.set(key, id);
          wanted.delete(key);
        }
      }
    },
    customer: (row) => (row.person === null ? null : (ids.get(keyOf(customerIn(row))) ?? null)),
    agent: (handler) => ids.get(keyOf(agentIn(handler))),
  };
}

function keyOf({ called, part, role }: Wanted): string {
  return JSON.stringify([role, called, part]);
}

function wantedIn(row: FiledAnswer): Wanted[] {
  const customer = row.person === null ? [] : [customerIn(row)];
  return [...customer, ...row.handlers.map(agentIn)];
}

function customerIn(row: FiledAnswer): Wanted {
  const called = row.person ?? "";
  return {
    ...{ called, externalId: called, part: row.part, name: row.personName ?? called },
    ...{ role: "customer", bot: false, locale: row.language },
    ...{ account: row.account, accountName: row.accountName, source: sourceOf(row) },
  };
}

function agentIn({ id, name, bot }: FiledAnswer["handlers"][number]): Wanted {
  return {
    ...{ called: id === "" ? name : id, externalId: AGENT_PREFIX + name, part: null, name },
    ...{ role: "agent", bot, locale: null },
    ...{ account: null, accountName: null, source: "import" },
  };
}

interface Place {
  readonly workspaceId: number;
  /** Of everything from files. */
  readonly connectionId: string;
}
type Found = readonly (readonly [key: string, id: string])[];

/** Whom the file calls by our id: the row that is meant, else the one that stands for the human. */
async function findOurs(trx: Db, { workspaceId }: Place, all: readonly Wanted[]): Promise<Found> {
  const wanted = all.filter(({ called }) => UUID.test(called));
  if (wanted.length === 0) return [];
  const parts = wanted.map(({ part }) => (part !== null && UUID.test(part) ? part : null));
  const { rows } = await sql<{ n: number; id: string }>`
    select distinct on (wanted.n) wanted.n::int as n, p.id
    from unnest(${wanted.map(({ called }) => called)}::uuid[], ${parts}::uuid[])
      with ordinality as wanted (called, part, n)
    join people p on p.workspace_id = ${workspaceId} and (p.id = wanted.called
      or p.id = wanted.part and p.human_id = wanted.called)
    order by wanted.n, p.id = wanted.called`.execute(trx);
  return rows.flatMap(({ n, id }) => {
    const each = wanted[n - 1];
    return each === undefined ? [] : [[keyOf(each), id] as const];
  });
}

/** Whom an earlier file brought. */
async function findFiled(
  trx: Db,
  { workspaceId, connectionId }: Place,
  wanted: readonly Wanted[],
): Promise<Found> {
  const { rows } = await sql<{ externalId: string; id: string }>`
    select external_id as "externalId", person_id as id from identities
    where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      and external_id = any(${wanted.map(({ externalId }) => externalId)}::text[])`.execute(trx);
  const known = new Map(rows.map(({ externalId, id }) => [externalId, id]));
  return wanted.flatMap((each) => {
    const id = known.get(each.externalId);
    return id === undefined ? [] : [[keyOf(each), id] as const];
  });
}

async function make(trx: Db, place: Place, wanted: readonly Wanted[]): Promise<Found> {
  const { workspaceId, connectionId } = place;
  const named = wanted.flatMap(({ account, accountName }) =>
    account === null ? [] : [{ key: account, name: accountName ?? undefined }],
  );
  const accounts = await ensureAccounts(trx, workspaceId, [
    ...new Map(named.map((each) => [each.key, each])).values(),
  ]);
  // One human may be wanted on two platforms: here they are one row.
  const added = [...new Map(wanted.map((each) => [each.externalId, each])).values()].map(
    (each) => ({ ...each, id: newId() }),
  );
  const people = added.map(({ id, name, role, bot, locale, account, source }) => ({
    ...{ workspace_id: workspaceId, id, name, role, bot, locale, source },
    account_id: accounts.get(account ?? "") ?? null,
  }));
  await insertMany(trx, "people", people, "id");
  const identities = added.map(({ externalId, id }) => ({
    ...{ workspace_id: workspaceId, connection_id: connectionId },
    ...{ external_id: externalId, person_id: id },
  }));
  await insertMany(trx, "identities", identities, "external_id");
  return findFiled(trx, place, wanted);
}
