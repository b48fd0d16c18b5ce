/** Counting with the code of the service. */
import { systemClock } from "../../src/clock.ts";
import { countSome } from "../../src/counting/count-some.ts";
import type { Database } from "../../src/store/database.ts";
import type { Db } from "../../src/store/schema.ts";
import { listWorkspaces } from "../../src/store/workspaces.ts";

/** Counts what is to be counted in every workspace, until nothing is left. */
export async function countEverything({ db, patiently }: Database): Promise<void> {
  const all = await listWorkspaces(db);
  await patiently(async (slow) => {
    for (const { id } of all) await countOne(slow, id);
  });
}

/** Counts what is to be counted in one workspace. */
export async function countOne(db: Db, workspaceId: number): Promise<void> {
  while (await countSome({ db, clock: systemClock }, workspaceId));
}
