/** What changes that wait for a second admin would do, so that nobody agrees blind. */
import { type Change, changesWhom, oneSchedule } from "../configuration/change.ts";
import { changed } from "../configuration/configuration.ts";
import type { Engine } from "../engine.ts";
import type { Texts } from "../locales/index.ts";
import type { Part } from "../platform.ts";
import { type Preview, previewSchedule } from "../scheduling/preview/preview.ts";
import { type PreviewOfAll, previewAll } from "../scheduling/preview/preview-all.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import { inPassing } from "../store/transaction.ts";
import type { Workspace } from "../store/workspaces.ts";
import { aheadParts } from "./schedule/ahead-parts.ts";
import { AHEAD_DAYS } from "./schedule/foresee.ts";
import { sayMoment } from "./schedule/zones.ts";
import { allAheadParts } from "./setup/ahead-of-all.ts";

/** What was foreseen when: of the one schedule that changes, else of all that would be on. */
export type ChangesAhead = { readonly at: Date } & (
  | { readonly kind: "one"; readonly preview: Preview }
  | { readonly kind: "all"; readonly preview: PreviewOfAll; readonly isStopped: boolean }
);

/**
 * The look ahead, as if the changes were made; undefined for such as ask nobody otherwise. Takes as long
 * as it needs, so call it outside of any transaction.
 */
export async function foreseeChanges(
  { patiently, clock }: Pick<Engine, "patiently" | "clock">,
  workspace: Pick<Workspace, "id" | "timeZone">,
  changes: readonly Change[],
): Promise<ChangesAhead | undefined> {
  if (!changesWhom(changes)) return undefined;
  const at = clock.now();
  return patiently((db) =>
    inPassing(db, async (snapshot): Promise<ChangesAhead> => {
      const is = await readConfiguration(snapshot, workspace.id);
      const about = { configuration: changes.reduce(changed, is), days: AHEAD_DAYS, now: at };
      const name = oneSchedule(changes);
      if (name !== undefined && about.configuration.schedules.get(name)?.definition) {
        const wanted = { ...about, name, replay: true };
        return { at, kind: "one", preview: await previewSchedule(snapshot, workspace, wanted) };
      }
      const isStopped = about.configuration.settings["asking.stopped"] === true;
      const preview = await previewAll(snapshot, workspace.id, about);
      return { at, kind: "all", preview, isStopped };
    }),
  );
}

export function changesAheadParts(
  texts: Texts,
  timeZone: string,
  ahead: ChangesAhead,
): readonly Part[] {
  const parts =
    ahead.kind === "one"
      ? aheadParts(texts, ahead.preview, timeZone)
      : allAheadParts(texts, timeZone, ahead.preview, ahead.isStopped);
  const when = sayMoment(ahead.at, texts.language, timeZone);
  return [...parts, { kind: "note", text: texts.text("change.ahead.as-of", { when }) }];
}
