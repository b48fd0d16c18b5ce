/** Everything that a digest is made from, read with the summaries' own code. */
import type { ReadContext } from "../commands/command.ts";
import { type Figures, loadFigures } from "../commands/summary/load.ts";
import { metricNames } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { metrics } from "../metrics/registry.ts";
import { type CasesNow, readCasesNow } from "../store/case-figures.ts";
import { type ListedCase, listCases } from "../store/case-list.ts";
import { type ChosenOption, readChosen } from "../store/chosen.ts";
import { type KeptComment, readComments } from "../store/comments.ts";
import { type CoverageCounts, readCoverage } from "../store/coverage.ts";
import { type Response, readResponse } from "../store/digest.ts";
import type { WhoReads } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import type { Workspace } from "../store/workspaces.ts";
import { readUpcoming, type Upcoming } from "./upcoming.ts";
import { daysAhead } from "./when.ts";
import { worthReading } from "./worth-reading.ts";

/** Among so many comments those worth reading are looked for. */
const COMMENTS = 500;
/** So many of the overdue cases are named. */
const OVERDUE = 3;

/** A week in one card. */
export interface Digest {
  readonly workspace: Workspace;
  readonly period: Period;
  readonly now: Date;
  /** Of metrics that somebody answered in the period or in the one before, in the usual order. */
  readonly figures: readonly Figures[];
  readonly response: Response;
  readonly coverage: Pick<CoverageCounts, "eligible" | "asked">;
  readonly cases: CasesNow;
  /** The most urgent first. */
  readonly overdue: readonly ListedCase[];
  /** What people were promised: under "totals" nobody's words are here. */
  readonly promise: WhoReads;
  readonly comments: readonly KeptComment[];
  /** Whether people plan to stay, and why they leave or might. */
  readonly chosen: readonly ChosenOption[];
  readonly upcoming: readonly Upcoming[];
  /** Nobody is asked anything until somebody resumes it. */
  readonly stopped?: boolean;
}

/** The digest of a period as it is now. */
export async function loadDigest(
  context: ReadContext,
  workspace: Workspace,
  period: Period,
): Promise<Digest> {
  const { db, clock } = context;
  const now = clock.now();
  const about = { workspaceId: workspace.id, period };
  const { promise, asking } = await readSettings(db, workspace.id);
  const all = await loadFigures(context, workspace, metricNames, period);
  const figures = all.filter(
    ({ summary }) => summary.n > 0 || (summary.previous !== null && summary.previous.n > 0),
  );
  const cases = await readCasesNow(db, { ...about, now, mine: [] });
  const listed =
    cases.overdue > 0 ? await listCases(db, workspace.id, { limit: OVERDUE, offset: 0 }) : [];
  return {
    ...{ workspace, period, now, figures, cases, promise, stopped: asking.stopped },
    response: await readResponse(db, about),
    coverage: await readCoverage(db, { ...about, now }),
    overdue: listed.filter((each) => isOverdue(each, now)),
    comments: promise === "totals" ? [] : await readWorthReading(db, about),
    chosen: await readChosen(db, about),
    upcoming: await readUpcoming(db, workspace, {
      now,
      until: daysAhead(now, workspace.timeZone),
    }),
  };
}

/** True when there is nothing to say. */
export function isEmpty(digest: Digest): boolean {
  const { figures, response, coverage, cases, chosen, upcoming } = digest;
  const counted = response.reached + coverage.eligible + cases.open + chosen.length;
  return figures.length === 0 && counted === 0 && upcoming.length === 0;
}

async function readWorthReading(
  db: ReadContext["db"],
  about: { readonly workspaceId: number; readonly period: Period },
): Promise<KeptComment[]> {
  const every = metricNames.map((name) => metrics[name]);
  return worthReading(await readComments(db, { ...about, metrics: every, limit: COMMENTS }));
}

function isOverdue({ state, waitingSince, dueAt }: ListedCase, now: Date): boolean {
  return state === "open" && waitingSince !== null && dueAt <= now.getTime();
}
