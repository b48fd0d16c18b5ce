/** A file of people: who they are on the platforms, and which account they belong to. */
import type { Work } from "../engine.ts";
import { forgottenAmong } from "../people/forget.ts";
import type { IdentityKey, Ledger } from "../people/ledger.ts";
import { wasTakenApart } from "../people/meet.ts";
import { mergeHumans } from "../people/merge.ts";
import { ensureAccounts } from "../store/accounts.ts";
import { connectionsOf } from "../store/connections.ts";
import { openImport } from "../store/import-answers.ts";
import {
  connectionsOfUsers,
  findIdentities,
  humansOf,
  identityKey,
  insertIdentities,
  spreadTold,
  type ToldPerson,
  updateTold,
  userKey,
  verifiedOwners,
  type WantedIdentity,
} from "../store/import-people-file.ts";
import { IMPORT_PLATFORM } from "../store/import-rows.ts";
import { tellLifecycle } from "../store/lifecycle.ts";
import { SAMPLE_PLATFORM } from "../store/sample-rows.ts";
import { markSignals } from "../store/signals.ts";
import type { CsvKind } from "./import-csv.ts";
import {
  type ImportedPerson,
  type NamedConnection,
  readPeopleHeader,
  readPerson,
} from "./people-row.ts";

/**
 * People of a file, by their key in it. The same file twice changes nothing; what a later one leaves
 * empty stays as it is. Whoever asked to be forgotten is left out.
 */
export function peopleFile(ledger: Ledger): CsvKind<ImportedPerson> {
  return {
    action: "import.people",
    async begin(transaction, { workspaceId, now }, names) {
      const connections = await namedConnections(transaction, workspaceId);
      const header = readPeopleHeader(names, connections);
      const { connectionId, keepStatistics } = await openImport(transaction, workspaceId);
      const work: Work = { transaction, now, wake: new Set() };
      const file: File = { work, workspaceId, connectionId, connections };
      return {
        read: (cells) => readPerson(cells, header, connections, now),
        characters: () => 0,
        async add(people) {
          const keys = people.map(identitiesOf);
          const gone = await forgottenAmong(transaction, ledger, workspaceId, keys);
          const remembered = people.filter((_, i) => !gone[i]);
          let imported = 0;
          for (const batch of withoutRepeats(remembered)) imported += await addBatch(file, batch);
          await keepStatistics(imported);
          return { imported, forgotten: people.length - remembered.length };
        },
      };
    },
  };
}

interface File {
  readonly work: Work;
  readonly workspaceId: number;
  /** Of everything from files. */
  readonly connectionId: string;
  readonly connections: readonly NamedConnection[];
}

/** A person of the file with their row of people, and the rows that they are on the platforms. */
interface Found {
  readonly person: ImportedPerson;
  readonly personId: string;
  readonly users: readonly string[];
}

export async function namedConnections(
  transaction: Work["transaction"],
  workspaceId: number,
): Promise<NamedConnection[]> {
  const all = await connectionsOf(transaction, workspaceId);
  return all.flatMap(({ id, ref, name }) =>
    ref.platform === IMPORT_PLATFORM || ref.platform === SAMPLE_PLATFORM
      ? []
      : [{ id, name, ...ref }],
  );
}

function identitiesOf({ key, email, users }: ImportedPerson): IdentityKey[] {
  return [
    { kind: "user", platform: IMPORT_PLATFORM, externalId: key },
    ...(email === undefined ? [] : [{ kind: "email", email } as const]),
    ...users.map(({ platform, userId }) => {
      return { kind: "user", platform, externalId: userId } as const;
    }),
  ];
}

/** A statement changes a row once: who is named again goes into the next batch. */
export function withoutRepeats<Row extends { readonly key: string }>(
  rows: readonly Row[],
): Row[][] {
  const batches: Map<string, Row>[] = [];
  for (const row of rows) {
    const batch = batches.find((each) => !each.has(row.key));
    if (batch === undefined) batches.push(new Map([[row.key, row]]));
    else batch.set(row.key, row);
  }
  return batches.map((batch) => [...batch.values()]);
}

/** Gives how many of them are new or changed. */
async function addBatch(file: File, people: readonly ImportedPerson[]): Promise<number> {
  const { work, workspaceId } = file;
  const { found, made } = await findOrMake(file, people);
  const told = await toTold(file, found);
  // Before they are linked: an account of one's own is not given back with a link.
  const updated = await updateTold(work.transaction, workspaceId, told);
  const linked = await linkAll(file, found);
  const spread = await spreadTold(work.transaction, workspaceId, file.connectionId, told);
  const lives = await tellLives(file, found);
  const own = new Set(found.map(({ personId }) => personId));
  const all = [...made, ...updated, ...linked, ...spread, ...lives];
  return new Set(all.filter((id) => own.has(id))).size;
}

/** Since when they are customers is kept with their row of the file: any row of a human may say it. */
async function tellLives(
  { work: { transaction, now }, workspaceId }: File,
  found: readonly Found[],
): Promise<ReadonlySet<string>> {
  const told = found.map(({ person, personId }) => ({ ...person, id: personId }));
  const changed = await tellLifecycle(transaction, { workspaceId, now }, "person", told);
  await markSignals(transaction, workspaceId, [...changed]);
  return changed;
}

async function findOrMake(
  file: File,
  people: readonly ImportedPerson[],
): Promise<{ found: Found[]; made: Set<string> }> {
  const { work, workspaceId } = file;
  const wanted = await identitiesIn(file, people);
  const all = wanted.flatMap(({ own, users }) => [own, ...users]);
  const known = await findIdentities(work.transaction, workspaceId, all);
  const missing = new Map(
    all.flatMap((each) => (known.has(identityKey(each)) ? [] : [[identityKey(each), each]])),
  );
  const made = await insertIdentities(work.transaction, workspaceId, [...missing.values()]);
  const ids = missing.size === 0 ? known : await findIdentities(work.transaction, workspaceId, all);
  const found = wanted.flatMap(({ person, own, users }) => {
    const personId = ids.get(identityKey(own));
    if (personId === undefined) return [];
    return [{ person, personId, users: users.flatMap((each) => ids.get(identityKey(each)) ?? []) }];
  });
  return { found, made };
}

interface Wanted {
  readonly person: ImportedPerson;
  readonly own: WantedIdentity;
  readonly users: readonly WantedIdentity[];
}

/** A user is on the connection that the file names, else where we met them, else on the oldest one. */
async function identitiesIn(file: File, people: readonly ImportedPerson[]): Promise<Wanted[]> {
  const { work, workspaceId, connectionId, connections } = file;
  const users = people.flatMap((person) => person.users);
  const known = await connectionsOfUsers(work.transaction, workspaceId, users);
  return people.map((person) => {
    const name = person.name ?? person.key;
    const there = person.users.flatMap((user) => {
      const oldest = connections.find(({ platform }) => platform === user.platform);
      const id = user.connectionId ?? known.get(userKey(user)) ?? oldest?.id;
      return id === undefined ? [] : [{ connectionId: id, externalId: user.userId, name }];
    });
    return { person, own: { connectionId, externalId: person.key, name }, users: there };
  });
}

async function toTold({ work, workspaceId }: File, found: readonly Found[]): Promise<ToldPerson[]> {
  const named = new Map(
    found.flatMap(({ person: { account, accountName } }) =>
      account === undefined ? [] : [[accountKey(account), accountName] as const],
    ),
  );
  const wanted = [...named].map(([key, name]) => ({ key, name }));
  const accounts = await ensureAccounts(work.transaction, workspaceId, wanted);
  return found.map(({ person, personId }) => ({
    personId,
    name: person.name,
    email: person.email,
    locale: person.language,
    timeZone: person.timeZone,
    accountId: person.account === undefined ? undefined : accounts.get(accountKey(person.account)),
    accountRole: person.accountRole,
  }));
}

export function accountKey(account: string): string {
  return `import:${account}`;
}

/** Links everybody with who they are elsewhere; gives those whom that changed. */
async function linkAll(file: File, found: readonly Found[]): Promise<string[]> {
  const { work, workspaceId } = file;
  const emails = found.flatMap(({ person: { email } }) => email ?? []);
  const owners = await verifiedOwners(work.transaction, workspaceId, emails);
  const same = found.map(({ person, personId, users }) => {
    const byEmail = owners.get(person.email?.toLowerCase() ?? "") ?? [];
    return { personId, users, byEmail };
  });
  const everybody = same.flatMap(({ personId, users, byEmail }) => [
    personId,
    ...users,
    ...byEmail,
  ]);
  const humans = await humansOf(work.transaction, workspaceId, everybody);
  const linked: string[] = [];
  for (const { personId, users, byEmail } of same) {
    // An address of several humans says nothing.
    const clear = new Set(byEmail.map((id) => humans.get(id))).size === 1 ? byEmail : [];
    for (const other of [...users, ...clear]) {
      if (humans.get(other) === humans.get(personId)) continue;
      if (await link(file, personId, other)) linked.push(personId);
    }
  }
  return linked;
}

async function link({ work, workspaceId }: File, kept: string, absorbed: string): Promise<boolean> {
  if (await wasTakenApart(work, workspaceId, kept, absorbed)) return false;
  const request = { kept, absorbed, how: "import", actor: "operator" } as const;
  return (await mergeHumans(work, workspaceId, request)).kind === "merged";
}
