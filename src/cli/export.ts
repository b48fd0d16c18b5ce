/** `aftertalk export answers | summary`, `aftertalk audit`: what is kept, as a file for spreadsheets and other programs. */
import { exportedAnswers } from "../exporting/answers.ts";
import { exportedAudit } from "../exporting/audit.ts";
import { instantsOf, type SummaryStep } from "../exporting/days.ts";
import type { Format } from "../exporting/format.ts";
import { exportedSummary } from "../exporting/summary.ts";
import type { Cut } from "../metrics/filter.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { loadSecrets } from "../secret.ts";
import { audit } from "../store/audit.ts";
import type { Database } from "../store/database.ts";
import type { Db } from "../store/schema.ts";
import { inSnapshot } from "../store/transaction.ts";
import type { Workspace } from "../store/workspaces.ts";
import { createVault } from "../vault.ts";
import type { CliContext } from "./context.ts";
import { exitCodes, Interrupted } from "./exit-codes.ts";
import { refuseTaken, writeExport } from "./export-file.ts";
import { keepMemoryFlat } from "./flat-memory.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

export interface ExportOptions {
  /** `YYYY-MM-DD`; both days are in it. */
  readonly from?: string;
  readonly to?: string;
  readonly format: Format;
  readonly file?: string;
  readonly metric?: MetricName;
  readonly bom?: true;
}

export interface ExportAnswersOptions extends ExportOptions {
  readonly names?: true;
}

export interface ExportSummaryOptions extends ExportOptions {
  readonly every: SummaryStep;
  readonly by?: Cut;
}

type Pieces = (
  db: Db,
  workspace: Workspace,
  told: {
    readonly from: Date | undefined;
    readonly until: Date | undefined;
    readonly onProgress: (rows: number) => void;
  },
) => AsyncIterable<string>;

export async function exportAnswers(
  context: CliContext,
  options: ExportAnswersOptions,
): Promise<number> {
  const vault = createVault(await loadSecrets(context.config()));
  const { format, metric, names = false, bom = false } = options;
  return exportPieces(context, { ...options, noted: "answers" }, (db, { id }, told) =>
    exportedAnswers(db, vault, { workspaceId: id, metric, format, names, bom, ...told }),
  );
}

export async function exportSummary(
  context: CliContext,
  options: ExportSummaryOptions,
): Promise<number> {
  const { format, metric, every, by, bom = false } = options;
  const now = context.clock.now();
  const names = metric === undefined ? metricNames : [metric];
  return exportPieces(context, options, (db, workspace, told) =>
    exportedSummary(db, { workspace, names, every, by, now, format, bom, ...told }),
  );
}

/** Who changed what, what was there before, and when; that it was taken out is its last line. */
export async function exportAudit(
  context: CliContext,
  options: Omit<ExportAnswersOptions, "metric">,
): Promise<number> {
  const { format, names = false, bom = false } = options;
  return exportPieces(context, { ...options, noted: "audit" }, (db, { id }, told) =>
    exportedAudit(db, { workspaceId: id, format, names, bom, ...told }),
  );
}

interface Exporting extends ExportOptions {
  readonly names?: true;
  /** What the audit log calls it; not said: it is about nobody, and not noted. */
  readonly noted?: "answers" | "audit";
}

/** All of it is of one moment; `pieces` reads it from a snapshot. */
async function exportPieces(
  context: CliContext,
  options: Exporting,
  pieces: Pieces,
): Promise<number> {
  const { from, to, file } = options;
  const { out, signal } = context;
  await refuseTaken(file);
  keepMemoryFlat();
  const progress = out.progress();
  let rows = 0;
  const onProgress = (count: number) => {
    rows = count;
    progress.update(() => `${count.toLocaleString("en")} rows written`);
  };
  try {
    await withDatabase(context, async (database, workspace) => {
      await note(context, database, workspace, options);
      await database.patiently((db) =>
        inSnapshot(db, (snapshot) => {
          const days = instantsOf({ from, to }, workspace.timeZone);
          const source = pieces(snapshot, workspace, { ...days, onProgress });
          return writeExport(source, { file, stdout: out.data, signal });
        }),
      );
    });
  } catch (error) {
    if (error instanceof Interrupted || signal.aborted) {
      out.note(
        file === undefined
          ? `Interrupted: what was written is cut off after about ${rows.toLocaleString("en")} rows.`
          : `Interrupted: ${file} was not made.`,
      );
    }
    throw error;
  } finally {
    progress.done();
  }
  if (file === undefined) return exitCodes.ok.code;
  out.line(`${rows.toLocaleString("en")} rows are in ${file}, readable by you alone.`);
  out.result({ file, rows });
  return exitCodes.ok.code;
}

/** Before anything is written, so that it stands there however this ends. */
function note(
  context: CliContext,
  database: Database,
  { id }: Workspace,
  { from, to, names, noted }: Exporting,
): Promise<void> {
  if (noted === undefined) return Promise.resolve();
  const line = { actor: "operator", action: `export.${noted}`, origin: "command-line" };
  const details = { ...(from && { from }), ...(to && { to }), ...(names && { names }) };
  return inWork(context, database, ({ transaction, now }) =>
    audit(transaction, id, now, { ...line, details }),
  );
}
