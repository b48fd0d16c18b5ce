/** `aftertalk import [people | accounts | activity | orders] FILE.csv`: what is known elsewhere, all or nothing. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { AppError } from "../errors.ts";
import { accountsFile } from "../importing/accounts.ts";
import { activityFile } from "../importing/activity.ts";
import { answersFile } from "../importing/answers.ts";
import {
  type BadRow,
  type ImportOptions,
  type ImportResult,
  importCsv,
  MOST_BAD_ROWS,
} from "../importing/import-csv.ts";
import { ordersFile } from "../importing/orders.ts";
import { peopleFile } from "../importing/people.ts";
import type { Ledger } from "../people/ledger.ts";
import { loadSecrets } from "../secret.ts";
import type { Db } from "../store/schema.ts";
import { loadLedger } from "../vault/ledger-key.ts";
import { createVault, type Vault } from "../vault.ts";
import { type BadRowsFile, createBadRowsFile } from "./bad-rows-file.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { keepMemoryFlat } from "./flat-memory.ts";
import { withDatabase } from "./with-database.ts";

/** Bad rows that are told on the terminal; more would push the result off the screen. */
const TOLD = 20;

export interface ImportFileOptions {
  /** File that receives the bad rows. */
  readonly skipBad?: string;
}

/** What stands in the JSON beside the counts. */
interface Problem {
  readonly line: number;
  readonly reason: string;
}

/** What a file can hold, and how its rows are called when it is told what became of it. */
const kinds = {
  answers: ["answer", "answers"],
  people: ["person", "people"],
  accounts: ["account", "accounts"],
  activity: ["row of activity", "rows of activity"],
  orders: ["day of orders", "days of orders"],
} as const;
export type Imported = keyof typeof kinds;

export async function importFile(
  context: CliContext,
  what: Imported,
  file: string,
  { skipBad }: ImportFileOptions,
): Promise<number> {
  await checkReadable(file);
  keepMemoryFlat();
  const aside = skipBad === undefined ? undefined : await createBadRowsFile(skipBad);
  try {
    const problems: Problem[] = [];
    const { result, seconds } = await runImport(context, what, file, aside, problems);
    await aside?.close();
    return report(context, { what, file, skipBad, result, problems, seconds });
  } catch (error) {
    await aside?.remove(); // nothing was imported: there is nothing to mend
    throw error;
  }
}

async function checkReadable(file: string): Promise<void> {
  if (file === "-") return;
  const kind = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (kind.isDirectory()) throw unreadable(file);
}

function unreadable(file: string, cause?: unknown): AppError {
  return new AppError("bad-input", `${JSON.stringify(file)} is no file that can be read.`, {
    cause,
    advice: "Check the name, and that this user may read it; - reads standard input.",
  });
}

/** Ends with the command's signal, also while it waits for more. */
function openSource({ stdin, signal }: CliContext, file: string): Readable {
  return addAbortSignal(signal, file === "-" ? stdin : createReadStream(file));
}

async function runImport(
  context: CliContext,
  what: Imported,
  file: string,
  aside: BadRowsFile | undefined,
  problems: Problem[],
): Promise<{ result: ImportResult; seconds: number }> {
  const progress = context.out.progress();
  try {
    return await withDatabase(context, async (database, workspace) => {
      const started = performance.now();
      const seconds = () => (performance.now() - started) / 1000;
      const vault = createVault(await loadSecrets(context.config()));
      const ledger = await loadLedger(database.db, vault, workspace.id, context.clock.now());
      const options: ImportOptions = {
        workspaceId: workspace.id,
        source: openSource(context, file),
        now: context.clock.now(),
        skipBad: aside !== undefined,
        signal: context.signal,
        async onBadRow(row, header) {
          tellBadRow(context, row, problems);
          await aside?.add(row, header);
        },
        onProgress(rows) {
          progress.update(() => `${count(rows)} rows read, ${rate(rows, seconds())}`);
        },
      };
      const result = await database.patiently((db) =>
        importKind(db, what, { ledger, vault }, options),
      );
      return { result, seconds: seconds() };
    });
  } finally {
    progress.done();
  }
}

function importKind(
  db: Db,
  what: Imported,
  known: { readonly ledger: Ledger; readonly vault: Vault },
  options: ImportOptions,
): Promise<ImportResult> {
  switch (what) {
    case "answers":
      return importCsv(db, answersFile(known), options);
    case "people":
      return importCsv(db, peopleFile(known.ledger), options);
    case "accounts":
      return importCsv(db, accountsFile, options);
    case "activity":
      return importCsv(db, activityFile(known.ledger), options);
    case "orders":
      return importCsv(db, ordersFile, options);
  }
}

function tellBadRow({ out }: CliContext, { line, reason }: BadRow, problems: Problem[]): void {
  if (problems.length < TOLD) out.note(`Line ${line}: ${reason}.`);
  if (problems.length < MOST_BAD_ROWS) problems.push({ line, reason });
}

interface Report {
  readonly what: Imported;
  readonly file: string;
  readonly skipBad: string | undefined;
  readonly result: ImportResult;
  readonly problems: readonly Problem[];
  readonly seconds: number;
}

function report({ out }: CliContext, reported: Report): number {
  const { what, file, skipBad, result, problems, seconds } = reported;
  const { rows, imported, already, forgotten, bad, complete } = result;
  out.result({ file, ...result, problems, skippedTo: bad > 0 ? (skipBad ?? null) : null });
  if (bad > TOLD) out.note(`… and ${count(bad - TOLD)} more bad rows.`);
  if (bad > 0 && skipBad === undefined) {
    const read = complete ? `${count(rows)} rows` : `the first ${count(rows)} rows`;
    out.note(`Nothing was imported: ${count(bad)} of ${read} cannot be used.`);
    out.note("What to do: mend them, or set them aside with --skip-bad bad-rows.csv.");
    return exitCodes.failure.code;
  }
  const before =
    already > 0 ? `; ${count(already)} ${already === 1 ? "was" : "were"} there already` : "";
  const [one, many] = kinds[what];
  const noun = imported === 1 ? one : many;
  out.line(`Imported ${count(imported)} ${noun}${before} (${rate(rows, seconds)}).`);
  if (forgotten > 0)
    out.line(`${count(forgotten)} rows were left out: these people asked to be forgotten.`);
  if (bad > 0)
    out.line(
      `${bad === 1 ? "1 bad row is" : `${count(bad)} bad rows are`} in ${skipBad}, each with its reason.`,
    );
  return exitCodes.ok.code;
}

function rate(rows: number, seconds: number): string {
  return `${count(Math.round(rows / Math.max(seconds, 0.001)))} rows/s`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
