/** All answers of a workspace as the text of a file, piece by piece. */
import { type Exported, exportAnswers, exportCounts } from "../store/export-answers.ts";
import type { Db } from "../store/schema.ts";
import type { Vault } from "../vault.ts";
import { type AnswerCells, answerCells, columnsOf, countCells, rowOf } from "./answer-row.ts";
import { type Format, headText, rowsText } from "./format.ts";
import { sealedCells } from "./sealing.ts";

export interface ExportAnswersOptions extends Exported {
  readonly format: Format;
  /** With names and addresses of customers. */
  readonly names: boolean;
  readonly bom: boolean;
  /** Told how many rows were written so far. */
  readonly onProgress?: (rows: number) => void;
}

/** Pieces of the file. `db` is inside a snapshot. */
export async function* exportedAnswers(
  db: Db,
  vault: Pick<Vault, "seal">,
  options: ExportAnswersOptions,
): AsyncGenerator<string> {
  const { format, bom, workspaceId, onProgress } = options;
  const columns = columnsOf(options);
  yield headText(format, columns, bom);
  let rows = 0;
  for await (const batch of batchesOf(db, options)) {
    const shown = batch.map((cells) =>
      cells.promise === "totals" ? sealedCells(vault, workspaceId, columns, cells) : cells,
    );
    const made = shown.map((cells) => rowOf(columns, cells));
    yield rowsText(format, columns, made);
    rows += batch.length;
    onProgress?.(rows);
  }
}

/** What can be read first, then the counts, then what is sealed. */
async function* batchesOf(db: Db, about: Exported): AsyncGenerator<AnswerCells[]> {
  for (const promise of ["named", "totals"] as const) {
    for await (const batch of exportAnswers(db, about, promise)) yield batch.map(answerCells);
    for await (const batch of exportCounts(db, about, promise)) yield batch.map(countCells);
  }
}
