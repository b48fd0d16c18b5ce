/** A forecast from what is kept: its facts, its questions, and how it goes. */
import type { Db } from "../../store/schema.ts";
import type { Schedule } from "../definition/schedule.ts";
import { playForecast } from "./forecast.ts";
import { createFacts } from "./forecast-facts.ts";
import { createQueue } from "./forecast-queue.ts";
import { fillQueue } from "./forecast-sources.ts";
import type { Tally } from "./forecast-tally.ts";
import type { SupposedSetup } from "./suppose.ts";

export interface Ahead extends Omit<SupposedSetup, "schedules"> {
  readonly workspaceId: number;
  /** Those that are on in it. */
  readonly schedules: readonly Schedule[];
  readonly from: Date;
  readonly to: Date;
  /** Also what nobody can know, as it was in the last weeks. */
  readonly replay: boolean;
}

/** Plays it, and tells the tally. */
export async function playAhead(
  db: Db,
  ahead: Ahead,
  tally: Pick<Tally, "came" | "decided">,
): Promise<void> {
  const { settings, schedules, from, to } = ahead;
  const queue = createQueue();
  const facts = await createFacts(db, ahead);
  const { timeZone } = settings;
  const filled = await fillQueue({ ...ahead, db, facts, queue, timeZone });
  const until = { from: from.getTime(), to: to.getTime() };
  await playForecast({ ...filled, schedules, queue, facts, tally, ...until });
}
