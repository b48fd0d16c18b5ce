/** `aftertalk config export|check|schema`: the configuration as one file. */
import { stat } from "node:fs/promises";
import type { KnownToFile } from "../configuration/file/filed.ts";
import { configurationSchema } from "../configuration/file/json-schema.ts";
import { writeConfigurationFile } from "../configuration/file/write-file.ts";
import { AppError } from "../errors.ts";
import { lastConfigurationChange, readNamesInFile } from "../store/configuration-file.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import type { Db } from "../store/schema.ts";
import { inSnapshot } from "../store/transaction.ts";
import { listWorkspaces } from "../store/workspaces.ts";
import { errorsOf, tellProblems } from "./config-problems.ts";
import { readConfig, readForFile } from "./config-read.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { refuseTaken, writeExport } from "./export-file.ts";
import { readTextFile, type WantedFile } from "./text-file.ts";
import { withOpenDatabase } from "./with-database.ts";
import { withSchedules } from "./with-schedules.ts";

export const wantedFile: WantedFile = {
  what: "a configuration",
  writtenBy: "aftertalk config export",
};

export async function exportConfig(context: CliContext, file: string | undefined): Promise<number> {
  await refuseTaken(file);
  return withSchedules(context, async ({ db }, { id }) => {
    const written = await inSnapshot(db, (snapshot) => writeNow(snapshot, id));
    const { out, signal } = context;
    if (file === undefined && out.json) out.result({ configuration: written });
    else {
      await writeExport(toPieces(written), { file, stdout: out.data, signal });
      if (file !== undefined) out.line(`Everything that is set up is in ${file}.`);
      out.result({ file });
    }
    return exitCodes.ok.code;
  });
}

async function* toPieces(text: string): AsyncGenerator<string> {
  yield text;
}

async function writeNow(db: Db, workspaceId: number): Promise<string> {
  const now = await readConfiguration(db, workspaceId);
  const asOf = await lastConfigurationChange(db, workspaceId, now);
  return writeConfigurationFile(now, asOf, await readNamesInFile(db, workspaceId, now));
}

/** Tells everything that is wrong; changes nothing, and works without a database as far as it can. */
export async function checkConfig(context: CliContext, file: string): Promise<number> {
  const text = await readTextFile(context, file, wantedFile);
  const { known, why } = await knownIfThere(context, text);
  const { problems } = await readConfig(context, text, known);
  const errors = errorsOf(problems).length;
  const { out } = context;
  tellProblems(context, file, problems);
  if (why !== undefined) {
    out.note(
      `Not checked, because ${why}: who people are, which connections there are, and which surveys there are besides those of the file.`,
    );
  }
  const warnings = problems.length - errors;
  out.line(`${file}: ${count(errors, "error")}, ${count(warnings, "warning")}.`);
  out.result({ ok: errors === 0, problems, ...(why === undefined ? {} : { notChecked: why }) });
  return errors === 0 ? exitCodes.ok.code : exitCodes.failure.code;
}

function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? "" : "s"}`;
}

const nothing = "there is no database to look into";

type Looked = { readonly known?: KnownToFile; readonly why?: string };

/** Nothing is made or migrated for looking into a file. */
async function knownIfThere(context: CliContext, text: string): Promise<Looked> {
  try {
    const { databaseUrl, dataFolder } = context.config();
    if (databaseUrl === undefined && !(await isThere(dataFolder)))
      return { why: `${nothing} (none is set up)` };
    return await withOpenDatabase(context, async ({ db }): Promise<Looked> => {
      const [workspace] = await listWorkspaces(db);
      if (workspace === undefined) return { why: `${nothing} (it is empty)` };
      return { known: await readForFile(db, workspace, text) };
    });
  } catch (error) {
    const [line = ""] = error instanceof AppError ? error.message.split("\n") : [];
    return { why: `the database could not be looked into (${line.replace(/[.:]$/u, "")})` };
  }
}

function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}

/** JSON Schema of the file, for editors. */
export function showConfigSchema({ out }: CliContext): Promise<number> {
  const schema = configurationSchema();
  out.line(JSON.stringify(schema, null, 2));
  out.result(schema);
  return Promise.resolve(exitCodes.ok.code);
}
