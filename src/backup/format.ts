/**
 * A backup is a gzip file of JSON lines: a line that begins with `[` says what comes, one that
 * begins with `{` is a row of the table that was named last, and the last line has the counts, so
 * that a file that is cut off is known.
 */
import { z } from "zod";

/** What a backup says of itself. */
const header = z.object({
  format: z.literal(1),
  /** The last migration of the database that it was made of. */
  schema: z.string(),
  madeAt: z.iso.datetime(),
});
export type BackupHeader = z.infer<typeof header>;

const line = z.union([
  z.tuple([z.literal("aftertalk backup"), header]),
  z.tuple([z.literal("table"), z.object({ name: z.string(), columns: z.array(z.string()) })]),
  z.tuple([z.literal("end"), z.object({ rows: z.record(z.string(), z.number().int()) })]),
]);
type ControlLine = z.infer<typeof line>;

/** A line that is no row; `undefined` for one that no aftertalk wrote. */
export function readControlLine(text: string): ControlLine | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writeControlLine(control: ControlLine): string {
  return JSON.stringify(control);
}

/** Rows are told from the rest by how they begin. */
export function isRow(text: string): boolean {
  return text.startsWith("{");
}
