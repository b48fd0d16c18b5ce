/** Imports a text as a file into a database of a test. */
import { answersFile } from "../../src/importing/answers.ts";
import {
  type BadRow,
  type ImportOptions,
  type ImportResult,
  importCsv,
} from "../../src/importing/import-csv.ts";
import { createLedger } from "../../src/people/ledger.ts";
import { createVault } from "../../src/vault.ts";
import type { TestDatabase } from "../support/database.ts";

export const ledger = createLedger(Buffer.alloc(32, "ledger"));

/** Of the installation that all files of tests are from. */
export const vault = createVault({ secret: "a secret of the tests that is long enough" });

/** The moment of all imports in tests. */
export const now = new Date("2026-10-10T12:00:00Z");

export interface TestImport extends ImportResult {
  readonly badRows: readonly BadRow[];
}

export async function importText(
  database: TestDatabase,
  workspaceId: number,
  text: string | Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<TestImport> {
  const badRows: BadRow[] = [];
  const result = await database.patiently((db) =>
    importCsv(db, answersFile({ ledger, vault }), {
      workspaceId,
      source: chunksOf(text),
      now,
      skipBad: false,
      signal: new AbortController().signal,
      onBadRow: (row) => {
        badRows.push(row);
      },
      ...options,
    }),
  );
  return { ...result, badRows };
}

/** In pieces of an odd size, so that characters and records are cut anywhere. */
export async function* chunksOf(text: string | Uint8Array, size = 4099): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
