/**
 * What all schedules together would do in the days ahead if a workspace was set up otherwise: foretold by
 * the code that decides (forecast.ts), and nothing is written.
 */
import type { Configuration } from "../../configuration/configuration.ts";
import { namesOf } from "../../store/preview.ts";
import type { Db } from "../../store/schema.ts";
import { isUnknowable, replayShiftMs } from "./forecast-sources.ts";
import { type AskedOf, createTallyOfAll, type HeldBack } from "./forecast-tally-all.ts";
import { playAhead } from "./play-ahead.ts";
import { suppose } from "./suppose.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface PreviewAllOptions {
  /** Everything as it would be set up. */
  readonly configuration: Configuration;
  readonly days: number;
  readonly now: Date;
}

/** Somebody who would be asked. */
export interface AskedExample {
  readonly name: string;
  readonly schedule: string;
  readonly at: Date;
}

/** What is foretold of all schedules at once. */
export interface PreviewOfAll {
  readonly to: Date;
  /** People who would be asked something, and how many questions that are. */
  readonly people: number;
  readonly questions: number;
  /** Questions in the week with the most of them. */
  readonly busiestWeek: number;
  /** By name of the schedule, in the order of the schedules. */
  readonly schedules: readonly (AskedOf & { readonly schedule: string })[];
  /** Questions that were held back at least once, the most frequent reason first. */
  readonly held: readonly HeldBack[];
  /** The first ones of whom it is known already. */
  readonly examples: readonly AskedExample[];
  /** It counts on the last weeks happening again: nobody knows who will write. */
  readonly replayed: boolean;
}

/** Foretells them. Call inside of a transaction that sees one state of the database; it may be read-only. */
export async function previewAll(
  db: Db,
  workspaceId: number,
  { configuration, days, now }: PreviewAllOptions,
): Promise<PreviewOfAll> {
  const setup = await suppose(db, workspaceId, configuration, now);
  const schedules = setup.schedules.filter(({ state }) => state === "on");
  const from = now;
  const to = new Date(now.getTime() + days * DAY_MS);
  const tally = createTallyOfAll({ from, schedules: schedules.length });
  await playAhead(db, { ...setup, workspaceId, schedules, from, to, replay: true }, tally);
  const { examples, bySchedule, ...counted } = tally.result();
  const ids = examples.map(({ personId }) => personId);
  const names = await namesOf(db, workspaceId, ids);
  const nameOf = (index: number) => schedules[index]?.definition.name ?? "";
  return {
    ...counted,
    to,
    schedules: bySchedule.map((asked, index) => ({ ...asked, schedule: nameOf(index) })),
    examples: examples.map(({ personId, schedule, at }) => ({
      ...{ name: names.get(personId) ?? "", schedule: nameOf(schedule), at: new Date(at) },
    })),
    replayed: replayShiftMs(from, to) > 0 && schedules.some(isUnknowable),
  };
}
