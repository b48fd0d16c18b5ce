/** Who is in a sample. Pure. */
import { createHash } from "node:crypto";

const BYTES = 6;

/**
 * Where a human stands in the draw of a schedule, from 0 to 1, the same each time: whoever is below
 * the share is in, and stays in when the share grows.
 */
export function drawOf(scheduleId: string, humanId: string): number {
  const hash = createHash("sha256").update(`${scheduleId}:${humanId}`).digest();
  return hash.readUIntBE(0, BYTES) / 2 ** (8 * BYTES);
}
