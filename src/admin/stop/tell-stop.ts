/** Whoever stops or resumes all questions, by whatever way: the leads' channels are told once. */
import type { Change } from "../../configuration/change.ts";
import { inEachWorkspace } from "../../digest/weekly.ts";
import { doWork, type Engine, type Work } from "../../engine.ts";
import { languageOf } from "../../language-of.ts";
import { textsFor } from "../../locales/index.ts";
import { post } from "../../outbox/post.ts";
import { listChangeSets } from "../../store/change-sets.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import type { Workspace } from "../../store/workspaces.ts";
import { sayWhoOf } from "../change-people.ts";
import { toldLeads } from "./stop-card.ts";
import { isStopped } from "./stopped.ts";

const NAME = "asking.stopped";

/** What was made is looked through so far back; shorter than deliveries are kept, so that nobody hears twice. */
const NEW_MS = 2 * 24 * 60 * 60 * 1000;
const MOST_SETS = 200;

/** Changes that were made. */
export interface MadeSet {
  readonly id: string;
  readonly changes: readonly Change[];
  /** Whoever made them, or agreed to them: a person's id, or "operator". */
  readonly by: string;
}

/** Of changes that were just made in the transaction. */
export async function tellStop(
  engine: Engine,
  work: Work,
  workspace: Workspace,
  { id, changes, by }: MadeSet,
): Promise<void> {
  const stopped = stopIn(changes);
  if (stopped === undefined) return;
  const { transaction: db } = work;
  for (const connection of await chatConnectionsOf(db, workspace.id)) {
    const language = languageOf(connection);
    const { who } = await sayWhoOf(db, workspace.id, textsFor(language), [by]);
    const message = await toldLeads(
      { engine, db, workspace },
      { language, stopped, by: begun(who(by)) },
    );
    await post(engine, work, {
      ...{ workspaceId: workspace.id, connectionId: connection.id, purpose: "notice", message },
      ...{ key: `stop:${connection.id}:${id}`, invitationId: null, personId: null },
      address: { kind: "leads" },
    });
  }
}

/** What was done where nothing could be told: by the command line and by a file. Of several the last. */
export async function tellStops(engine: Engine): Promise<void> {
  const since = new Date(engine.clock.now().getTime() - NEW_MS);
  await inEachWorkspace(engine, "nobody could be told of a stop", async (workspace) => {
    const wanted = { states: ["applied", "undone"], since, limit: MOST_SETS } as const;
    const sets = await listChangeSets(engine.db, workspace.id, wanted);
    const last = sets.find(({ changes = [] }) => stopIn(changes) !== undefined);
    if (last?.changes === undefined) return;
    const { id, changes } = last;
    if (stopIn(changes) !== (await isStopped(engine.db, workspace.id))) return;
    const by = last.state === "applied" ? (last.decidedBy ?? last.by) : last.by;
    await doWork(engine, (work) => tellStop(engine, work, workspace, { id, changes, by }));
  });
}

/** As it stands at the beginning of a sentence. */
const begun = (name: string) => name.replace(/^./u, (letter) => letter.toUpperCase());

/** True: all questions are stopped by them; undefined when they neither stop nor resume anything. */
function stopIn(changes: readonly Change[]): boolean | undefined {
  return changes
    .flatMap((change) => (change.kind === "settings" && NAME in change.set ? [change] : []))
    .filter(({ set, was }) => set[NAME] !== was[NAME])
    .map(({ set }) => set[NAME] === true)
    .at(-1);
}
