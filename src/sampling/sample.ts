/**
 * A plausible history to look at before there is a real one. Everything in it is marked as sample
 * and can be removed as a whole.
 */
import { deleteSample, hasSample, insertSample, type SampleData } from "../store/sample.ts";
import type { Db } from "../store/schema.ts";
import { inTransaction } from "../store/transaction.ts";
import { readWorkspace } from "../store/workspaces.ts";
import { makeInvitations } from "./answers.ts";
import { firstDayOf, makeChats } from "./chats.ts";
import { makeOrders } from "./orders.ts";
import { makeAccounts, makeAgents, makeCustomers } from "./people.ts";
import { createRandom } from "./random.ts";

export { USUAL_WEEKS } from "./weeks.ts";

/** Its usual weeks differ little, so that the bad one and the recovery are plain to see. */
const USUAL_SEED = 20;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export interface SampleOptions {
  readonly workspaceId: number;
  /** Full weeks before the running one, 1 to MOST_WEEKS (weeks.ts). */
  readonly weeks: number;
  readonly now: Date;
  /** The same seed at the same time gives the same data. */
  readonly seed?: number;
  /** `share` is 0–1 of the rows written. */
  readonly onProgress?: (share: number) => void;
}

export type AddedSample =
  | { readonly kind: "added"; readonly chats: number; readonly answers: number }
  /** There is sample data already: nothing was changed. */
  | { readonly kind: "there" };

/** Fills the workspace with sample data up to `now`, all of it or nothing. */
export async function addSample(db: Db, options: SampleOptions): Promise<AddedSample> {
  const { workspaceId, onProgress = () => {} } = options;
  return inTransaction(db, async (trx) => {
    if (await hasSample(trx, workspaceId)) return { kind: "there" };
    const { timeZone } = await readWorkspace(trx, workspaceId);
    const data = makeSample({ ...options, timeZone });
    await insertSample(trx, workspaceId, data, onProgress);
    const answers = data.invitations.filter(({ answer }) => answer !== undefined).length;
    return { kind: "added", chats: data.chats.length, answers };
  });
}

/** Removes all sample data. False when there was none. */
export async function removeSample(db: Db, workspaceId: number): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    if (!(await hasSample(trx, workspaceId))) return false;
    await deleteSample(trx, workspaceId);
    return true;
  });
}

/** The whole sample. Pure: the same options give the same data. */
export function makeSample(
  options: Pick<SampleOptions, "weeks" | "now" | "seed"> & { readonly timeZone: string },
): SampleData {
  const seed = options.seed ?? USUAL_SEED;
  // A generator each, so that what happened does not change with the days that come later.
  const people = createRandom(seed);
  const from = new Date(firstDayOf(options).toZonedDateTime(options.timeZone).epochMilliseconds);
  const span = { from, until: new Date(from.getTime() + options.weeks * WEEK_MS) };
  const accounts = makeAccounts(people, span);
  const customers = makeCustomers(people, accounts, span);
  const agents = makeAgents(people);
  const chats = makeChats(createRandom(seed + 1_000), options, customers, agents);
  return {
    startedAt: chats[0]?.openedAt ?? options.now,
    accounts,
    customers,
    agents,
    chats,
    orders: makeOrders(createRandom(seed + 3_000), { ...options, from }),
    invitations: makeInvitations(createRandom(seed + 2_000), chats, options.now),
  };
}
