/**
 * What a schedule would do in the days ahead, beside all others that are on: whom it would ask, whom
 * not and why. It is computed by the code that decides (forecast.ts), and nothing is written.
 */
import type { Configuration } from "../../configuration/configuration.ts";
import { AppError } from "../../errors.ts";
import { countAudience } from "../../store/audience.ts";
import { namesOf } from "../../store/preview.ts";
import type { Db } from "../../store/schema.ts";
import type { Workspace } from "../../store/workspaces.ts";
import type { Schedule } from "../definition/schedule.ts";
import type { Example } from "./forecast-examples.ts";
import { isUnknowable, replayShiftMs } from "./forecast-sources.ts";
import { createTally, type Tallied } from "./forecast-tally.ts";
import { playAhead } from "./play-ahead.ts";
import { asIfOn, setupNow, suppose } from "./suppose.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface PreviewOptions {
  readonly name: string;
  readonly days: number;
  readonly now: Date;
  /** Also what nobody can know, as it was in the last weeks. */
  readonly replay: boolean;
  /** Everything as it would be set up; as it is when it is not said. */
  readonly configuration?: Configuration;
}

/** What is foretold. */
export interface Preview extends Omit<Tallied, "examples" | "clashes"> {
  readonly schedule: string;
  /** False: it is foretold as if it was switched on now. */
  readonly on: boolean;
  readonly from: Date;
  readonly to: Date;
  /** The facts that are played again, when that has a part in it; of which schedules. */
  readonly replayed: { readonly from: Date; readonly to: Date } | null;
  /** How many people of its audience can be asked, and how many cannot be reached anywhere. */
  readonly audience: { readonly reachable: number; readonly unreachable: number };
  readonly examples: readonly (Example & { readonly name: string })[];
  readonly clashes: readonly {
    readonly schedule: string;
    readonly humans: number;
    /** Of how many of them the one that is looked at goes first. */
    readonly first: number;
  }[];
}

/**
 * Foretells a schedule. Call inside of a transaction that sees one state of the database; it may be
 * read-only. Throws `not-found` when there is no such schedule.
 */
export async function previewSchedule(
  db: Db,
  { id: workspaceId }: Pick<Workspace, "id">,
  { name, days, now, replay, configuration }: PreviewOptions,
): Promise<Preview> {
  const setup =
    configuration === undefined
      ? await setupNow(db, workspaceId)
      : await suppose(db, workspaceId, configuration, now);
  const all = setup.schedules;
  const wanted = all.find(({ definition }) => definition.name === name);
  if (wanted === undefined) throw unknown(name, all);
  const others = all.filter(({ id, state }) => id !== wanted.id && state === "on");
  const schedules = [asIfOn(wanted, now), ...others];
  const from = now;
  const to = new Date(now.getTime() + days * DAY_MS);
  const { timeZone } = setup.settings;
  const tally = createTally({ schedule: 0, from, to, timeZone });
  await playAhead(db, { ...setup, workspaceId, schedules, from, to, replay }, tally);
  const { examples, clashes, ...tallied } = tally.result();
  const names = await namesOf(
    db,
    workspaceId,
    examples.map(({ personId }) => personId),
  );
  const { audience } = wanted.definition;
  const shiftMs = replayShiftMs(from, to);
  const before = (at: Date) => new Date(at.getTime() - shiftMs);
  return {
    ...tallied,
    ...{ schedule: name, on: wanted.state === "on", from, to },
    replayed:
      replay && schedules.some(isUnknowable) ? { from: before(from), to: before(to) } : null,
    audience: await countAudience(db, workspaceId, audience, now),
    examples: examples.map((each) => ({ ...each, name: names.get(each.personId) ?? "" })),
    clashes: clashes.map((each) => ({
      ...each,
      schedule: schedules[each.schedule]?.definition.name ?? "",
    })),
  };
}

function unknown(name: string, all: readonly Schedule[]): AppError {
  const names = all.map(({ definition }) => definition.name);
  return new AppError("not-found", `There is no schedule ${JSON.stringify(name)}.`, {
    advice: `The schedules are ${names.join(", ")}.`,
  });
}
