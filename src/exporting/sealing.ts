/**
 * Rows that nobody may read one by one, because "only totals" was promised: sealed as a whole, so that
 * they can be taken back where they come from and nowhere else.
 */
import type { Vault } from "../vault.ts";
import type { AnswerCells } from "./answer-row.ts";
import type { AnswerColumn } from "./columns.ts";

/** Lengths are made multiples of it, in characters, so that long words do not show. */
const STEP = 512;

const placeIn = (workspaceId: number) => ({ workspaceId, row: "export", column: "answer" });

/** A row of which only the promise can be read; the other `columns` are in what is sealed. */
export function sealedCells(
  vault: Pick<Vault, "seal">,
  workspaceId: number,
  columns: readonly AnswerColumn[],
  cells: AnswerCells,
): AnswerCells {
  const filled = columns.flatMap((name) => {
    const cell = cells[name] ?? "";
    return cell === "" ? [] : [[name, String(cell)] as const];
  });
  const text = JSON.stringify(Object.fromEntries(filled));
  const padded = text.padEnd(Math.ceil(text.length / STEP) * STEP);
  return { promise: "totals", kind: "sealed", sealed: vault.seal(padded, placeIn(workspaceId)) };
}

/**
 * The JSON of the cells of a sealed row. Throws `secret-lost` when it was sealed elsewhere, or by a
 * secret that is not here.
 */
export function openSealed(
  vault: Pick<Vault, "open">,
  workspaceId: number,
  sealed: string,
): string {
  return vault.open(sealed, placeIn(workspaceId));
}
