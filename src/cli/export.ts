/** `aftertalk export answers | summary`, `aftertalk audit`: what is kept, as a file for spreadsheets and other programs. */
import { exportedAnswers } from "../exporting/answers.ts";
import { exportedAudit } from "../exporting/audit.ts";
import { instantsOf, type SummaryStep } from "../exporting/days.ts";
import type { Format } from "../exporting/format.ts";
import { exportedSummary } from "../exporting/summary.ts";
import type { Cut } from "../metrics/filter.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { loadSecrets } from "../secret.ts";
import type { Db } from "../store/schema.ts";
import { inSnapshot } from "../store/transaction.ts";
import type { Workspace } from "../store/workspaces.ts";
import { createVault } from "../vault.ts";
import type { CliContext } from "./context.ts";
import { exitCodes, Interrupted } from "./exit-codes.ts";
import { refuseTaken, writeExport } from "./export-file.ts";
import { keepMemoryFlat } from "./flat-memory.ts";
import { withDatabase } from "./with-database.ts";

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
  return exportPieces(context, options, (db, { id }, told) =>
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

/** Who changed what, what was there before, and when. */
export async function exportAudit(
  context: CliContext,
  options: Omit<ExportAnswersOptions, "metric">,
): Promise<number> {
  const { format, names = false, bom = false } = options;
  return exportPieces(context, options, (db, { id }, told) =>
    exportedAudit(db, { workspaceId: id, format, names, bom, ...told }),
  );
}

/** All of it is of one moment; `pieces` reads it from a snapshot. */
async function exportPieces(
  context: CliContext,
  { from, to, file }: ExportOptions,
  pieces: Pieces,
): Promise<number> {
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
    await withDatabase(context, ({ patiently }, workspace) =>
      patiently((db) =>
        inSnapshot(db, (snapshot) => {
          const days = instantsOf({ from, to }, workspace.timeZone);
          const source = pieces(snapshot, workspace, { ...days, onProgress });
          return writeExport(source, { file, stdout: out.data, signal });
        }),
      ),
    );
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
