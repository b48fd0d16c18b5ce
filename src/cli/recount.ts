/** `aftertalk recount`: every figure that is counted beforehand, counted anew from the answers. */
import { recountWorkspace } from "../counting/recount.ts";
import { listWorkspaces } from "../store/workspaces.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";

export interface RecountOptions {
  /** Only compare. */
  readonly check?: true;
}

/** Fails with `check` when something differs. */
export function recount(context: CliContext, options: RecountOptions): Promise<number> {
  const { out, clock, signal } = context;
  const check = options.check === true;
  return withDatabase(context, async ({ db }) => {
    const progress = out.progress();
    let [days, steps] = [0, 0];
    const different: { workspaceId: number; metric: string; day: string }[] = [];
    for (const { id: workspaceId } of await listWorkspaces(db)) {
      const onStep = () => {
        signal.throwIfAborted(); // between two transactions: what is counted stays counted
        steps += 1;
        progress.update(() => `Counting: ${steps} parts so far`);
      };
      const found = await recountWorkspace({ db, clock }, workspaceId, { check, onStep });
      days += found.days;
      different.push(...found.different.map((each) => ({ workspaceId, ...each })));
    }
    progress.done();
    for (const { workspaceId, metric, day } of different) {
      out.line(`workspace ${workspaceId}  ${metric}  ${day}  ${check ? "differs" : "put right"}`);
    }
    out.line(
      different.length === 0
        ? `${days} days are counted as their answers are.`
        : `${different.length} of ${days} days were counted otherwise than their answers are.`,
    );
    out.result({ days, different, changed: !check });
    return check && different.length > 0 ? exitCodes.failure.code : exitCodes.ok.code;
  });
}
