/** What stands beside the figures of a summary, read once it is known to matter. */
import { keepsAll } from "../../metrics/filter.ts";
import { answersIn } from "../../metrics/histogram.ts";
import { isShown } from "../../metrics/ladder.ts";
import { type PairedChange, pairedChange } from "../../metrics/paired.ts";
import type { Beside, Facts } from "../../metrics/summary.ts";
import { readCoverage } from "../../store/coverage.ts";
import { readCustomerBase } from "../../store/customer-base.ts";
import { readPairs } from "../../store/pairs.ts";
import type { Db, WhoReads } from "../../store/schema.ts";
import type { Question } from "../../store/scored-questions.ts";
import { readWordingStart } from "../../store/wordings.ts";
import type { ReadPeriods } from "./periods.ts";

/** With more questions asked, the chats of a period are too many to look at each for one line. */
export const COVERED_UP_TO = 20_000;
/** With more answers in both periods, two separate samples tell as much, and pairs cost more. */
const PAIRED_UP_TO = 10_000;
/** A base of more customers is not small. */
const SMALL_BASE = 5_000;

type Asked = Question & { readonly now: Date; readonly promise: WhoReads };

type Read = Pick<Beside, "coverage" | "population" | "paired"> & {
  readonly wordingSince: Date | null;
};

/** Side by side; what cannot matter is not read. */
export async function readBeside(db: Db, question: Asked, read: ReadPeriods): Promise<Read> {
  const [coverage, population, paired, wordingSince] = await Promise.all([
    coverageOf(db, question, read.now),
    populationOf(db, question, read.now),
    pairedOf(db, question, read),
    wordingOf(db, question, read),
  ]);
  return { coverage, population, paired, wordingSince };
}

async function coverageOf(db: Db, question: Asked, facts: Facts): Promise<Beside["coverage"]> {
  if (facts.asking.asked > COVERED_UP_TO) return null;
  const { workspaceId, filter, now } = question;
  const about = { workspaceId, now, period: facts.period, ...(filter && { filter }) };
  const { asked, eligible } = await readCoverage(db, about);
  return eligible === 0 ? null : { asked, eligible };
}

/**
 * How many customers there are, when each of them was asked. Only of everybody: nobody knows how many
 * customers a team or a channel has.
 */
export async function populationOf(db: Db, question: Asked, facts: Facts): Promise<number | null> {
  const { metric, filter = {}, promise } = question;
  const { asking, histogram, period, otherWording } = facts;
  const n = answersIn(histogram);
  const matters = metric.onePerPerson && promise === "named" && keepsAll(filter) && isShown(n);
  if (!matters || otherWording > 0 || asking.asked < n || asking.asked > SMALL_BASE) return null;
  return readCustomerBase(db, { ...question, period, n, asked: asking.asked });
}

/** Under the promise of totals nobody is followed from one period to another. */
async function pairedOf(
  db: Db,
  question: Asked,
  { now, before }: ReadPeriods,
): Promise<PairedChange | null> {
  const { metric, promise } = question;
  if (!metric.onePerPerson || promise === "totals" || before === null) return null;
  const apart = before.period.end <= now.period.start || now.period.end <= before.period.start;
  const [n, nBefore] = [answersIn(now.histogram), answersIn(before.histogram)];
  const comparable = isShown(n) && isShown(nBefore) && now.epoch === before.epoch;
  if (!apart || !comparable || n + nBefore > PAIRED_UP_TO) return null;
  const about = { ...question, now: now.period, before: before.period, epoch: now.epoch };
  return pairedChange(metric, await readPairs(db, about));
}

/** When the newer of the wordings began that are shown or left out here. */
async function wordingOf(
  db: Db,
  { workspaceId, metric }: Asked,
  { now, before }: ReadPeriods,
): Promise<Date | null> {
  const differs = before !== null && before.epoch !== now.epoch;
  if (!differs && now.otherWording === 0) return null;
  const epoch = Math.max(now.epoch, before?.epoch ?? 0);
  return readWordingStart(db, workspaceId, { metric: metric.name, epoch });
}
