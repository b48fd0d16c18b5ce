/**
 * Signals that somebody may leave: points with their reasons, nothing hidden. They are called
 * signals, not risk, until a workspace's own back-test has shown that they foretell anything.
 * What people wrote, their names and who they are never count.
 */
import {
  type ChurnPoints,
  type ChurnReason,
  type ChurnTier,
  churnTier,
  MOST_CHURN_POINTS,
  usualChurnPoints,
} from "./churn-reasons.ts";
import type { MetricName } from "./metric.ts";
import { metrics } from "./registry.ts";

export const DAY_MS = 24 * 60 * 60 * 1000;

const SOLVED_COUNTS_MS = 30 * DAY_MS;
const CONTACTS_MS = 30 * DAY_MS;
const CONTACTS_FROM = 4;
const ISSUE_MS = 7 * DAY_MS;
const ISSUE_FROM = 2;
/** So many days on which somebody was heard of make a habit. */
const HABIT_FROM = 3;
const TIMES_USUAL = 3;
const SCORE_COUNTS_MS = 180 * DAY_MS;
const NPS_FELL_BY = 3;
const NEW_DAYS = 90;

/** A score as it was given. */
export interface ChurnScore {
  readonly metric: MetricName;
  readonly score: number;
  /** When. */
  readonly at: number;
}

/** What is known of a human at one time; nothing of it is from later. Times are epoch milliseconds. */
export interface ChurnFacts {
  /** They, or their account, have left: there is nothing to foretell any more. */
  readonly left: boolean;
  /** Since when they or their account are a customer; null: nobody told. */
  readonly joinedAt: number | null;
  /**
   * Days on which they were heard of, each once, ascending: days since 1970-01-01 in the workspace's
   * calendar.
   */
  readonly activeDays: readonly number[];
  /** How far the workspace's clocks are ahead of UTC: when its days begin. */
  readonly utcOffsetMs: number;
  /** When they turned to people of the team, and about which issue; spam is none. */
  readonly contacts: readonly { readonly at: number; readonly issue: string }[];
  /** Scores that stand, in the order in which they were given. */
  readonly scores: readonly ChurnScore[];
  /**
   * Follow-ups of a complaint or a low score that got or get past their date without a reply.
   * `lateAt` may still be to come; `doneAt`: when it was solved.
   */
  readonly followUps: readonly { readonly lateAt: number; readonly doneAt: number | null }[];
  /** They used to answer, and let the last invitation and its reminder pass. */
  readonly unanswered: boolean;
  /** Whoever has no habit yet is silent after so many days. */
  readonly silentDays: number;
}

export interface ChurnSignals {
  /** 0 to 10. */
  readonly points: number;
  readonly tier: ChurnTier;
  /** All that hold, also those with no points. */
  readonly reasons: readonly ChurnReason[];
  /** Until then time alone changes nothing of it; null: never. Epoch milliseconds. */
  readonly dueAt: number | null;
}

/** What one rule finds: a reason or none, and when it has to be looked at again. */
interface Finding {
  readonly found?: Unweighed;
  readonly looksAgain: readonly number[];
}

/** A reason without its points. */
type Unweighed = ChurnReason extends infer Each
  ? Each extends ChurnReason
    ? Omit<Each, "points">
    : never
  : never;

/** The signals of a human at a time. Reasons that stop holding with time stop counting with it. */
export function churnSignals(
  facts: ChurnFacts,
  now: number,
  points: ChurnPoints = usualChurnPoints,
): ChurnSignals {
  if (facts.left) return { points: 0, tier: "low", reasons: [], dueAt: null };
  const findings = [
    lateFollowUps(facts, now),
    manyContacts(facts, now),
    silence(facts, now),
    lowScore(facts, now),
    npsFell(facts, now),
    newCustomer(facts, now),
    unanswered(facts),
  ];
  const reasons = findings.flatMap(({ found }): ChurnReason[] =>
    found === undefined ? [] : [{ ...found, points: points[found.reason] }],
  );
  const sum = reasons.reduce((total, reason) => total + reason.points, 0);
  const total = Math.min(MOST_CHURN_POINTS, sum);
  const due = findings.flatMap(({ looksAgain }) => looksAgain).filter((at) => at > now);
  const dueAt = due.length === 0 ? null : Math.min(...due);
  return { points: total, tier: churnTier(total), reasons, dueAt };
}

function lateFollowUps({ followUps }: ChurnFacts, now: number): Finding {
  const counts = followUps.filter(
    ({ lateAt, doneAt }) => lateAt <= now && (doneAt === null || now < doneAt + SOLVED_COUNTS_MS),
  );
  const looksAgain = followUps.flatMap(({ lateAt, doneAt }) =>
    doneAt === null ? [lateAt] : [lateAt, doneAt + SOLVED_COUNTS_MS],
  );
  if (counts.length === 0) return { looksAgain };
  return { found: { reason: "follow-up-late", params: { n: counts.length } }, looksAgain };
}

function manyContacts({ contacts }: ChurnFacts, now: number): Finding {
  const within = (ms: number) => contacts.filter(({ at }) => at <= now && now < at + ms);
  const recent = within(CONTACTS_MS);
  const looksAgain = recent.flatMap(({ at }) => [at + ISSUE_MS, at + CONTACTS_MS]);
  if (recent.length >= CONTACTS_FROM) {
    const params = { n: recent.length, days: 30 } as const;
    return { found: { reason: "many-contacts", params }, looksAgain };
  }
  const issues = Map.groupBy(within(ISSUE_MS), ({ issue }) => issue);
  const most = Math.max(0, ...[...issues.values()].map(({ length }) => length));
  if (most < ISSUE_FROM) return { looksAgain };
  return { found: { reason: "many-contacts", params: { n: most, days: 7 } }, looksAgain };
}

/** A silence begins when the last day on which they were heard of is over. */
function silence(facts: ChurnFacts, now: number): Finding {
  const last = facts.activeDays.at(-1);
  if (last === undefined) return { looksAgain: [] };
  const usual = usualInterval(facts.activeDays);
  const days = usual === null ? facts.silentDays : TIMES_USUAL * usual;
  const silentAt = (last + 1 + days) * DAY_MS - facts.utcOffsetMs;
  if (now < silentAt) return { looksAgain: [silentAt] };
  return { found: { reason: "silent", params: { days, usual: usual ?? 0 } }, looksAgain: [] };
}

/** Median of the days between two active days; null without a habit. */
export function usualInterval(activeDays: readonly number[]): number | null {
  if (activeDays.length < HABIT_FROM) return null;
  const gaps = activeDays.slice(1).map((day, i) => day - (activeDays[i] ?? day));
  gaps.sort((a, b) => a - b);
  const half = gaps.length / 2;
  const upper = gaps[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? ((gaps[half - 1] ?? 0) + upper) / 2 : upper;
}

const asked: readonly MetricName[] = ["nps", "csat", "ces"];

/** NPS 0–6, CSAT 1–2, CES 1–3: of each the latest counts, and of those the newest low one is told. */
function lowScore({ scores }: ChurnFacts, now: number): Finding {
  const latest = asked.flatMap((metric) => scores.findLast((each) => each.metric === metric) ?? []);
  const low = latest
    .filter(({ metric, score }) => metrics[metric].levelOf(score) === "low")
    .filter(({ at }) => now < at + SCORE_COUNTS_MS)
    .sort((a, b) => b.at - a.at);
  const looksAgain = low.map(({ at }) => at + SCORE_COUNTS_MS);
  const [newest] = low;
  if (newest === undefined) return { looksAgain };
  const { metric, score } = newest;
  return { found: { reason: "low-score", params: { metric, score } }, looksAgain };
}

/** Against their own answer before; it expires with the score that it is about. */
function npsFell({ scores }: ChurnFacts, now: number): Finding {
  const [before, latest] = scores.filter(({ metric }) => metric === "nps").slice(-2);
  if (before === undefined || latest === undefined) return { looksAgain: [] };
  const over = latest.at + SCORE_COUNTS_MS;
  if (before.score - latest.score < NPS_FELL_BY || over <= now) return { looksAgain: [] };
  const params = { from: before.score, to: latest.score };
  return { found: { reason: "nps-fell", params }, looksAgain: [over] };
}

function newCustomer({ joinedAt }: ChurnFacts, now: number): Finding {
  if (joinedAt === null) return { looksAgain: [] };
  const over = joinedAt + NEW_DAYS * DAY_MS;
  if (now < joinedAt || over <= now) return { looksAgain: [joinedAt] };
  return { found: { reason: "new-customer", params: { days: NEW_DAYS } }, looksAgain: [over] };
}

function unanswered(facts: ChurnFacts): Finding {
  if (!facts.unanswered) return { looksAgain: [] };
  return { found: { reason: "unanswered", params: {} }, looksAgain: [] };
}
