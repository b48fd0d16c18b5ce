/** `aftertalk recount`: every figure that is counted beforehand, counted anew from the answers. */
import { recountWorkspace } from "../counting/recount.ts";
import { AppError } from "../errors.ts";
import type { Db } from "../store/schema.ts";
import { listWorkspaces } from "../store/workspaces.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";

export interface RecountOptions {
  /** Only compare. */
  readonly check?: true;
  /** Only this one, by its id; all of them without it. */
  readonly workspace?: string;
}

/** Fails with `check` when something differs. */
export function recount(context: CliContext, options: RecountOptions): Promise<number> {
  const { out, clock, signal } = context;
  const check = options.check === true;
  return withDatabase(context, async ({ db }) => {
    const workspaces = await workspacesOf(db, options.workspace);
    const progress = out.progress();
    let [days, steps] = [0, 0];
    const different: { workspaceId: number; metric: string; day: string }[] = [];
    for (const workspaceId of workspaces) {
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
    const again = options.workspace === undefined ? "" : ` --workspace ${options.workspace}`;
    if (check && different.length > 0) {
      out.line(`\`aftertalk recount${again}\` puts them right.`);
    }
    const wrong = new Set(different.map(({ workspaceId, day }) => `${workspaceId} ${day}`)).size;
    out.line(
      wrong === 0
        ? `${days} days are counted as their answers are.`
        : `${wrong} of ${days} days were counted otherwise than their answers are.`,
    );
    out.result({ days, different, changed: !check });
    return check && different.length > 0 ? exitCodes.failure.code : exitCodes.ok.code;
  });
}

async function workspacesOf(db: Db, wanted: string | undefined): Promise<number[]> {
  const ids = (await listWorkspaces(db)).map(({ id }) => id);
  if (wanted === undefined) return ids;
  const id = ids.find((each) => String(each) === wanted);
  if (id === undefined) {
    throw new AppError("not-found", `there is no workspace ${wanted}`, {
      advice: `Name one of these, or leave --workspace out for all of them: ${ids.join(", ")}.`,
    });
  }
  return [id];
}
