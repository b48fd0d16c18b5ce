/** What every platform takes from the settings. */
import type { Config } from "../config.ts";

/** Seconds between the closing of a chat and the question; undefined: as the core has it. */
export function askDelay({ askAfterMinutes }: Config): number | undefined {
  return askAfterMinutes === undefined ? undefined : askAfterMinutes * 60;
}
