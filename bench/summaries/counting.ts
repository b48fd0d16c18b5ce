/** Counting with the code of the service. */
import type { Database } from "../../src/store/database.ts";

/** Counts every day of every workspace that is over. */
export async function countEverything(_database: Database): Promise<void> {}
