/**
 * The firings of cron schedules in a forecast. Each looks its audience through when its time comes, so
 * that nobody is held long before; an audience that no day changes is looked through once.
 */
import { type Addressee, listAudience } from "../../store/audience.ts";
import { nextRun } from "../plan/next-run.ts";
import { addHits, firstAfter, type Source } from "./forecast-coming.ts";
import { goesByDays } from "./forecast-facts.ts";

const PAGE = 2000;

export interface ForecastRuns {
  /** When the next one fires, in epoch milliseconds. */
  nextAt(): number | undefined;
  /** Puts in what all those bring that fire until then. */
  fireUntil(time: number): Promise<void>;
}

interface Run {
  readonly source: Source;
  readonly fireAt: Date;
  /** By which its audience is kept for a firing that comes after it; null: it is looked through anew. */
  readonly audience: string | null;
}

export function createRuns(sources: readonly Source[]): ForecastRuns {
  const runs = sources.flatMap(runsOf).sort((a, b) => a.fireAt.getTime() - b.fireAt.getTime());
  const begun = new Map(sources.map((source) => [source, new Set<string>()]));
  const kept = new Map<string, Addressee[]>();
  let done = 0;
  const isWantedAgain = (audience: string) =>
    runs.some((run, index) => index > done && run.audience === audience);

  async function fire({ source, fireAt, audience }: Run): Promise<void> {
    const known = audience === null ? undefined : kept.get(audience);
    const keeps = known === undefined && audience !== null && isWantedAgain(audience);
    const own: Addressee[] = [];
    for await (const page of known === undefined ? audienceOf(source, fireAt) : slicesOf(known)) {
      await addRun(source, fireAt, page, begun.get(source) ?? new Set());
      if (keeps) own.push(...page.map((each) => compact(source, each)));
    }
    if (audience === null) return;
    if (keeps) kept.set(audience, own);
    else if (!isWantedAgain(audience)) kept.delete(audience);
  }

  return {
    nextAt: () => runs[done]?.fireAt.getTime(),
    async fireUntil(time) {
      for (
        let run = runs[done];
        run !== undefined && run.fireAt.getTime() <= time;
        run = runs[done]
      ) {
        await fire(run);
        done += 1;
      }
    },
  };
}

function runsOf(source: Source): Run[] {
  const { timeZone, schedule, from, to } = source;
  const { trigger, audience } = schedule.definition;
  if (trigger.on !== "cron") return [];
  const zone = trigger.timeZone ?? timeZone;
  const key = goesByDays(schedule) ? null : JSON.stringify(audience);
  const runs: Run[] = [];
  let fireAt = schedule.nextAt ?? nextRun(trigger.cron, zone, from);
  for (; fireAt !== undefined && fireAt <= to; fireAt = nextRun(trigger.cron, zone, fireAt)) {
    runs.push({ source, fireAt, audience: key });
  }
  return runs;
}

async function addRun(
  source: Source,
  fireAt: Date,
  page: readonly Addressee[],
  begun: Set<string>,
): Promise<void> {
  const { steps } = source.schedule.definition;
  // Whoever is in a programme does not begin it again.
  const those = steps === undefined ? page : page.filter(({ humanId }) => !begun.has(humanId));
  if (steps !== undefined) for (const { humanId } of those) begun.add(humanId);
  const fact = { chatId: null, closing: null, at: fireAt, reasonKey: "" };
  const at = fireAt.getTime();
  const dueAt = () => at + firstAfter(source.schedule);
  const hits = those.map((addressee) => ({ ...addressee, ...fact }));
  await addHits(source, hits, { origin: "known", dueAt, fitsAt: at });
}

async function* audienceOf(
  { db, workspaceId, schedule }: Source,
  now: Date,
): AsyncGenerator<readonly Addressee[]> {
  for (let after: string | undefined; ; ) {
    const window = { now, after, limit: PAGE };
    const page = await listAudience(db, workspaceId, schedule.definition.audience, window);
    yield page;
    after = page.at(-1)?.humanId;
    if (page.length < PAGE) return;
  }
}

function* slicesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += PAGE) yield all.slice(at, at + PAGE);
}

/** The same text is kept once. */
function compact({ facts }: Source, { humanId, personId, connectionId }: Addressee): Addressee {
  const own = facts.humanOf(humanId, false)?.facts.humanId ?? humanId;
  return {
    humanId: own,
    personId: personId === humanId ? own : personId,
    connectionId: facts.alike(connectionId),
  };
}
