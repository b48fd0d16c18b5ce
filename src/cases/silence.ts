/** Who is silent, and why we think so. Pure: counts and days in, reasons out; answers are not looked at. */

const DAY_MS = 24 * 60 * 60 * 1000;

/** So many activities make a habit; with fewer nobody knows how often is usual. */
export const HABIT_FROM = 3;

/** Silent for so many times their own usual interval is quiet … */
export const TIMES_USUAL = 3;

/** … but nobody is quiet sooner than this: several days about one thing are no habit. */
export const QUIET_FROM_DAYS = 14;

/** Without a habit. */
export const QUIET_DAYS = 90;

/** Never answered is said of whoever could have answered this often. */
export const ASKED_FROM = 2;

/** What is known of a person or an account. */
export interface SilenceFacts {
  /** Asked in the period, reached, not answered, and the time to answer is over. */
  readonly unanswered: number;
  /** Answered in the period, whenever asked. */
  readonly answered: number;
  /** Reached by the end of the period, all in all. */
  readonly reached: number;
  /** Answered before the period, all in all. */
  readonly answeredBefore: number;
  /** Days on which they wrote to us or answered, by the end of the period. */
  readonly activeDays: number;
  readonly firstActive: Date | null;
  readonly lastActive: Date | null;
}

/** A reason, with the numbers that it stands on. */
export type Silence =
  /** They used to answer. */
  | { readonly kind: "stopped"; readonly unanswered: number; readonly before: number }
  | { readonly kind: "never"; readonly asked: number }
  /** Days without a word, and between two before; null without a habit. */
  | { readonly kind: "quiet"; readonly days: number; readonly usual: number | null };

/** Half-open; `now` may be before its end. */
interface Window {
  readonly start: Date;
  readonly end: Date;
}

/** Every reason why they count as silent in the period; none when they do not. */
export function silenceOf(facts: SilenceFacts, { start, end }: Window, now: Date): Silence[] {
  const until = Math.min(end.getTime(), now.getTime());
  return [...unansweredOf(facts), ...quietOf(facts, start.getTime(), until)];
}

function unansweredOf(facts: SilenceFacts): Silence[] {
  const { unanswered, answered, reached, answeredBefore } = facts;
  if (unanswered === 0 || answered > 0) return [];
  if (answeredBefore > 0) return [{ kind: "stopped", unanswered, before: answeredBefore }];
  return reached >= ASKED_FROM ? [{ kind: "never", asked: reached }] : [];
}

/** They became quiet within the period: whoever was before is no news in it. */
function quietOf(facts: SilenceFacts, start: number, until: number): Silence[] {
  const { activeDays, firstActive, lastActive } = facts;
  if (firstActive === null || lastActive === null) return [];
  const last = lastActive.getTime();
  const usual =
    activeDays < HABIT_FROM
      ? null
      : Math.max(1, (last - firstActive.getTime()) / DAY_MS / (activeDays - 1));
  const days = usual === null ? QUIET_DAYS : Math.max(QUIET_FROM_DAYS, TIMES_USUAL * usual);
  const quietSince = last + days * DAY_MS;
  if (quietSince < start || quietSince >= until) return [];
  return [{ kind: "quiet", days: Math.floor((until - last) / DAY_MS), usual }];
}

const ranks = { stopped: 0, quiet: 1, never: 2 } as const;

/** For sorting: who stopped first, then who went quiet; several reasons before one. */
export function rankOf(reasons: readonly Silence[]): number {
  const best = Math.min(...reasons.map(({ kind }) => ranks[kind]));
  return best - reasons.length / 10;
}
