/** The clockwork's part in counts: days that ended are counted, changed ones counted anew. */
import type { Engine } from "../engine.ts";
import { workspacesToCount } from "../store/counting-state.ts";
import { countSome } from "./count-some.ts";

/** So many steps of each workspace in one run; the rest a minute later. */
const ROUNDS = 40;

/**
 * Counts where something is to be counted, a step of each workspace in turn, so that a long history
 * keeps nobody else waiting. A minute without news is one statement, however many there are.
 * Safe on several instances at once: each workspace is counted by one. A workspace that fails does
 * not keep the others from theirs.
 */
export async function tendCounts(engine: Pick<Engine, "db" | "clock">): Promise<void> {
  let failure: unknown;
  let left = await workspacesToCount(engine.db, engine.clock.now());
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    const more: number[] = [];
    for (const workspaceId of left) {
      try {
        if (await countSome(engine, workspaceId)) more.push(workspaceId);
      } catch (error) {
        failure ??= error;
      }
    }
    left = more;
  }
  if (failure !== undefined) throw failure;
}

/** Counts a workspace as far as it can be counted now; `onStep` is called after each step. */
export async function countWorkspace(
  engine: Pick<Engine, "db" | "clock">,
  workspaceId: number,
  onStep: () => void = () => {},
): Promise<void> {
  while (await countSome(engine, workspaceId)) onStep();
}
