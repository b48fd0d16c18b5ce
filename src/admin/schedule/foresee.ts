/** What a schedule would do as somebody wants it. Nothing is written. */

import type { Change } from "../../configuration/change.ts";
import { changed } from "../../configuration/configuration.ts";
import type { Engine } from "../../engine.ts";
import { type Preview, previewSchedule } from "../../scheduling/preview/preview.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { inPassing } from "../../store/transaction.ts";
import type { Workspace } from "../../store/workspaces.ts";

/** So far ahead it is looked. */
export const AHEAD_DAYS = 30;

/**
 * The look ahead, as if the schedule of this name was on and `changes` were made. Takes as long as it
 * needs, so call it outside of any transaction; the changes must be such as may be made.
 */
export function foresee(
  engine: Pick<Engine, "patiently" | "clock">,
  workspace: Workspace,
  name: string,
  changes: readonly Change[] = [],
): Promise<Preview> {
  const now = engine.clock.now();
  return engine.patiently((db) =>
    inPassing(db, async (snapshot) => {
      const is = await readConfiguration(snapshot, workspace.id);
      const configuration = changes.reduce(changed, is);
      const options = { name, days: AHEAD_DAYS, now, replay: true, configuration };
      return previewSchedule(snapshot, workspace, options);
    }),
  );
}
