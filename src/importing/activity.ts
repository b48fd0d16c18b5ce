/** A file of what people did elsewhere: logins, orders, visits, by day. */
import { forgottenAmong } from "../people/forget.ts";
import type { IdentityKey, Ledger } from "../people/ledger.ts";
import { type ActivityOf, openActivities } from "../store/activities-file.ts";
import { openImport } from "../store/import-answers.ts";
import {
  connectionsOfUsers,
  findIdentities,
  identityKey,
  insertIdentities,
  ownersOfEmails,
  userKey,
  type WantedIdentity,
} from "../store/import-people-file.ts";
import { IMPORT_PLATFORM } from "../store/import-rows.ts";
import type { Db } from "../store/schema.ts";
import { type ImportedActivity, readActivity, readActivityHeader } from "./activity-row.ts";
import type { CsvKind } from "./import-csv.ts";
import { namedConnections } from "./people.ts";
import type { NamedConnection } from "./people-row.ts";

const NOBODY = "email is of nobody who is known here, or of several";
const NOWHERE = "no connection of that platform is set up here";

/**
 * Counts of a day, a person and a word. Several rows of the same are added up within a file; a later
 * file says it anew, so that the same file twice adds nothing. Whoever is named by a key or a
 * platform's id and not known yet is made; an address alone has to be known.
 */
export function activityFile(ledger: Ledger): CsvKind<ImportedActivity> {
  return {
    action: "import.activity",
    async begin(trx, { workspaceId, now }, names) {
      const connections = await namedConnections(trx, workspaceId);
      const header = readActivityHeader(names, connections);
      const { connectionId, keepStatistics } = await openImport(trx, workspaceId);
      const activities = await openActivities(trx, workspaceId, now);
      const file: File = { trx, workspaceId, connectionId, connections };
      return {
        read: (cells) => readActivity(cells, header, connections, now),
        characters: () => 0,
        async add(rows) {
          const gone = await forgottenAmong(trx, ledger, workspaceId, rows.map(identitiesOf));
          const remembered = rows.filter((_, i) => !gone[i]);
          const { found, refused } = await findPeople(file, remembered);
          await activities.add(found);
          return { imported: 0, forgotten: rows.length - remembered.length, refused };
        },
        async finish() {
          const imported = await activities.finish();
          await keepStatistics(imported);
          return { imported, forgotten: 0 };
        },
      };
    },
  };
}

interface File {
  readonly trx: Db;
  readonly workspaceId: number;
  /** Of everything from files. */
  readonly connectionId: string;
  readonly connections: readonly NamedConnection[];
}

function identitiesOf({ key, email, users }: ImportedActivity): IdentityKey[] {
  return [
    ...(key === undefined
      ? []
      : [{ kind: "user", platform: IMPORT_PLATFORM, externalId: key } as const]),
    ...(email === undefined ? [] : [{ kind: "email", email } as const]),
    ...users.map(
      ({ platform, userId }) => ({ kind: "user", platform, externalId: userId }) as const,
    ),
  ];
}

/** Whose activity each row is: by its key, else by the first id on a platform, else by the address. */
async function findPeople(
  file: File,
  rows: readonly ImportedActivity[],
): Promise<{ found: ActivityOf[]; refused: Map<ImportedActivity, string> }> {
  const { trx, workspaceId } = file;
  const wanted = await identitiesIn(file, rows);
  const named = [
    ...new Map([...wanted.values()].map((each) => [identityKey(each), each])).values(),
  ];
  const known = await findIdentities(trx, workspaceId, named);
  const missing = named.filter((each) => !known.has(identityKey(each)));
  await insertIdentities(trx, workspaceId, missing);
  const ids = missing.length === 0 ? known : await findIdentities(trx, workspaceId, named);
  const emails = rows.flatMap((row) => (wanted.has(row) ? [] : (row.email ?? [])));
  const owners = await ownersOfEmails(trx, workspaceId, emails);

  const found: ActivityOf[] = [];
  const refused = new Map<ImportedActivity, string>();
  for (const row of rows) {
    const identity = wanted.get(row);
    const personId =
      identity === undefined
        ? owners.get(row.email?.toLowerCase() ?? "")
        : ids.get(identityKey(identity));
    if (personId !== undefined) found.push({ ...row, personId });
    else refused.set(row, row.email === undefined ? NOWHERE : NOBODY);
  }
  return { found, refused };
}

/** A user is on the connection that the file names, else where we met them, else on the oldest one. */
async function identitiesIn(
  { trx, workspaceId, connectionId, connections }: File,
  rows: readonly ImportedActivity[],
): Promise<Map<ImportedActivity, WantedIdentity>> {
  const users = rows.flatMap((row) => row.users);
  const known = await connectionsOfUsers(trx, workspaceId, users);
  const wanted = new Map<ImportedActivity, WantedIdentity>();
  for (const row of rows) {
    if (row.key !== undefined) {
      wanted.set(row, { connectionId, externalId: row.key, name: row.key });
      continue;
    }
    const [user] = row.users;
    if (user === undefined) continue;
    const oldest = connections.find(({ platform }) => platform === user.platform);
    const id = user.connectionId ?? known.get(userKey(user)) ?? oldest?.id;
    const { userId } = user;
    if (id !== undefined) wanted.set(row, { connectionId: id, externalId: userId, name: userId });
  }
  return wanted;
}
