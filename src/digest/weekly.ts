/** What comes at a weekly time that a workspace has set: once, whatever instances there are. */
import { doWork, type Engine, type Work } from "../engine.ts";
import { moveTimer, readTimer, startTimer, stopTimer } from "../store/timers.ts";
import { listWorkspaces, type Workspace } from "../store/workspaces.ts";
import { dueDigest, nextDigest, type When } from "./when.ts";

/** Only what this process can write to: a platform that was tried out once is not written to. */
export type Serves = (platform: string) => boolean;

/** For each workspace; one's trouble, logged as `trouble`, is not another's, and what is due stays due. */
export async function inEachWorkspace(
  engine: Engine,
  trouble: string,
  tend: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  for (const workspace of await listWorkspaces(engine.db)) {
    try {
      await tend(workspace);
    } catch (error) {
      engine.log.warn({ error, workspace: workspace.id }, trouble);
    }
  }
}

/** Something weekly. */
export interface Weekly<Prepared> {
  /** The name of its timer. */
  readonly timer: string;
  /** Undefined: not wanted. */
  readonly when: When | undefined;
  /** What can be done before the transaction. */
  prepare(due: Date): Promise<Prepared>;
  /** In the transaction that only one of all instances has. */
  act(work: Work, prepared: Prepared): Promise<void>;
}

/** Starts, moves or ends the timer of a workspace, and acts when it has come to its time. */
export async function tendWeekly<Prepared>(
  engine: Engine,
  workspace: Workspace,
  { timer: name, when, prepare, act }: Weekly<Prepared>,
): Promise<void> {
  const { db, clock } = engine;
  const { timeZone } = workspace;
  const timer = { workspaceId: workspace.id, name };
  const now = clock.now();
  const next = when && nextDigest(when, timeZone, now);
  if (when === undefined || next === undefined) return stopTimer(db, timer);
  const seen = await readTimer(db, timer);
  if (seen === undefined) return startTimer(db, timer, next);
  if (seen.getTime() === next.getTime()) return;
  // Of several that were missed the last one. None: it is set to another time now.
  const due = dueDigest(when, timeZone, { first: seen, now });
  const prepared = due && { value: await prepare(due) };
  await doWork(engine, async (work) => {
    if (!(await moveTimer(work.transaction, timer, seen, next)) || prepared === undefined) return;
    await act(work, prepared.value);
  });
}
