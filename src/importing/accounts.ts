/** A file of accounts: what they are called, on which plan, since when, and whether they have left. */
import { keepAccounts } from "../store/accounts.ts";
import { openImport } from "../store/import-answers.ts";
import { type Lifecycle, peopleOfAccounts, tellLifecycle } from "../store/lifecycle.ts";
import type { Db } from "../store/schema.ts";
import { markSignals } from "../store/signals.ts";
import { type Columns, type Header, readCells, readColumns } from "./columns.ts";
import type { CsvKind } from "./import-csv.ts";
import { isDateColumn, lifecycleColumns, readLifecycle, wrongTextIn } from "./moments.ts";
import { accountKey, withoutRepeats } from "./people.ts";
import { no, type RowResult, wrongWidth } from "./row.ts";

/** One account of a file, checked already. */
export interface ImportedAccount extends Lifecycle {
  /** The account's id where the file comes from: the same as in a file of people. */
  readonly key: string;
  readonly name: string | undefined;
}

const columns: Columns<string> = {
  required: ["account"],
  optional: ["name", ...lifecycleColumns],
  also: { said: "date:NAME", is: isDateColumn },
};

/** The same file twice changes nothing; what a later one leaves empty stays as it is. */
export const accountsFile: CsvKind<ImportedAccount> = {
  action: "import.accounts",
  async begin(trx, { workspaceId, now }, names) {
    const header = readColumns(names, columns);
    const { keepStatistics } = await openImport(trx, workspaceId);
    return {
      read: (cells) => readAccount(cells, header, now),
      characters: () => 0,
      async add(accounts) {
        let imported = 0;
        for (const batch of withoutRepeats(accounts))
          imported += await addBatch(trx, { workspaceId, now }, batch);
        await keepStatistics(imported);
        return { imported, forgotten: 0 };
      },
    };
  },
};

/** Checks one record against the header. */
function readAccount(
  record: readonly string[],
  header: Header<string>,
  now: Date,
): RowResult<ImportedAccount> {
  const cells = readCells(record, header);
  if (cells === undefined) return wrongWidth(record, header);
  const wrong = wrongTextIn(cells);
  if (wrong !== undefined) return no(wrong);
  const key = cells.get("account");
  if (key === undefined) return no("account is missing");
  const lifecycle = readLifecycle(cells, now);
  if (!lifecycle.ok) return lifecycle;
  return { ok: true, row: { key, name: cells.get("name"), ...lifecycle.row } };
}

/** Gives how many are new or changed. */
async function addBatch(
  trx: Db,
  about: { readonly workspaceId: number; readonly now: Date },
  accounts: readonly ImportedAccount[],
): Promise<number> {
  const { workspaceId } = about;
  const wanted = accounts.map(({ key, name }) => ({ key: accountKey(key), name }));
  const { ids, changed } = await keepAccounts(trx, workspaceId, wanted);
  const told = accounts.flatMap((account) => {
    const id = ids.get(accountKey(account.key));
    return id === undefined ? [] : [{ ...account, id }];
  });
  const lives = await tellLifecycle(trx, about, "account", told);
  const people = await peopleOfAccounts(trx, workspaceId, [...lives]);
  await markSignals(trx, workspaceId, people);
  return new Set([...changed, ...lives]).size;
}
