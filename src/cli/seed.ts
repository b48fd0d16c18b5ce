/** `aftertalk seed`: fills the workspace with sample data, or removes it. */
import { addSample, removeSample } from "../sampling/sample.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";

export interface SeedOptions {
  readonly weeks: number;
  readonly remove?: true;
}

export function seed(context: CliContext, options: SeedOptions): Promise<number> {
  return options.remove ? remove(context) : add(context, options.weeks);
}

function add(context: CliContext, weeks: number): Promise<number> {
  const { out, signal } = context;
  return withDatabase(context, async (database, { id: workspaceId }) => {
    const progress = out.progress();
    const now = context.clock.now();
    const onProgress = (share: number) => {
      signal.throwIfAborted(); // inside the transaction: everything is taken back
      progress.update(() => `Writing sample data: ${Math.round(100 * share)} %`);
    };
    const added = await database
      .patiently((db) => addSample(db, { workspaceId, weeks, now, onProgress }))
      .finally(() => progress.done());
    out.result(added);
    if (added.kind === "there") {
      out.line("Sample data is there already: nothing was changed. seed --remove removes it.");
    } else {
      out.line(`Added ${added.chats} sample chats with ${added.answers} answers.`);
      out.line("Look at them with: aftertalk summary nps last week");
    }
    return exitCodes.ok.code;
  });
}

function remove(context: CliContext): Promise<number> {
  return withDatabase(context, async (database, { id }) => {
    const removed = await database.patiently((db) => removeSample(db, id));
    context.out.result({ kind: removed ? "removed" : "none" });
    context.out.line(removed ? "The sample data is gone." : "There is no sample data to remove.");
    return exitCodes.ok.code;
  });
}
