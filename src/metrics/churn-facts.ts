/**
 * What was known of a human at a time, out of all that was ever kept of them. It serves the signals of
 * today and the snapshots of a back-test alike; whatever was recorded after that time changes nothing.
 */
import { type ChurnFacts, type ChurnScore, DAY_MS } from "./churn-signals.ts";

/** All that is kept of a human. Times are epoch milliseconds; lists are in the order of time. */
export interface ChurnHistory {
  readonly joinedAt: number | null;
  /** When we first knew of them at all. */
  readonly metAt: number;
  /** When they, or their account, left, by the rule that declares it. */
  readonly leftAt: number | null;
  /** When we were told. */
  readonly leftNotedAt: number | null;
  /** As in {@link ChurnFacts}. */
  readonly activeDays: readonly number[];
  readonly contacts: readonly {
    readonly at: number;
    readonly issue: string;
    /** When it was closed as spam. */
    readonly spamAt: number | null;
  }[];
  /** Every value that a score had; `until`: when it was changed or taken back. */
  readonly scores: readonly (ChurnScore & { readonly until: number | null })[];
  readonly followUps: readonly FollowUp[];
  /** When answers were given. */
  readonly answered: readonly number[];
  /** When an invitation ended that was reminded of and not answered. */
  readonly unanswered: readonly number[];
}

/** What happened in a case about a complaint or a low score. */
export interface FollowUp {
  readonly events: readonly {
    readonly at: number;
    /**
     * `late`: its date passed; `done`: solved or explained; `dropped`: it was none, as it turned out;
     * `open`: a sign that it is open, again or still.
     */
    readonly what: "late" | "done" | "dropped" | "open";
  }[];
  /** By when somebody has to have replied, as it stands today; null: nobody waits. */
  readonly dueAt: number | null;
}

/** Where and how a workspace counts. */
export interface ChurnCalendar {
  readonly utcOffsetMs: number;
  readonly silentDays: number;
}

/** The facts as they were recorded by `at`. */
export function churnFactsAt(
  history: ChurnHistory,
  at: number,
  { utcOffsetMs, silentDays }: ChurnCalendar,
): ChurnFacts {
  const { joinedAt, leftAt, leftNotedAt } = history;
  const today = Math.floor((at + utcOffsetMs) / DAY_MS);
  const known = leftNotedAt !== null && leftNotedAt <= at;
  return {
    left: known && leftAt !== null && leftAt <= at,
    joinedAt: joinedAt !== null && joinedAt <= at ? joinedAt : null,
    activeDays: history.activeDays.filter((day) => day <= today),
    utcOffsetMs,
    contacts: history.contacts
      .filter((each) => each.at <= at && (each.spamAt === null || each.spamAt > at))
      .map(({ at, issue }) => ({ at, issue })),
    scores: history.scores
      .filter((each) => each.at <= at && (each.until === null || each.until > at))
      .map(({ metric, score, at }) => ({ metric, score, at })),
    followUps: history.followUps.flatMap(({ events }) => followUpAt(events, at) ?? []),
    unanswered: letPass(history, at),
    silentDays,
  };
}

/** The facts of today, with the dates that are still to come. */
export function churnFactsNow(
  history: ChurnHistory,
  now: number,
  calendar: ChurnCalendar,
): ChurnFacts {
  const coming = history.followUps.flatMap(({ events, dueAt }) =>
    dueAt === null || followUpAt(events, now) !== undefined
      ? []
      : [{ lateAt: dueAt, doneAt: null }],
  );
  const facts = churnFactsAt(history, now, calendar);
  return { ...facts, followUps: [...facts.followUps, ...coming] };
}

/** `undefined` as long as it was never late, and when it turned out to be none. */
function followUpAt(
  events: FollowUp["events"],
  at: number,
): ChurnFacts["followUps"][number] | undefined {
  let lateAt: number | undefined;
  let end: { readonly at: number; readonly dropped: boolean } | undefined;
  for (const event of events) {
    if (event.at > at) break;
    if (event.what === "late") lateAt ??= event.at;
    end =
      event.what === "done" || event.what === "dropped"
        ? { at: event.at, dropped: event.what === "dropped" }
        : undefined;
  }
  if (lateAt === undefined || end?.dropped) return undefined;
  return { lateAt, doneAt: end?.at ?? null };
}

/** The last invitation that ended unanswered after its reminder, and nothing since, but before. */
function letPass({ answered, unanswered }: ChurnHistory, at: number): boolean {
  const passed = unanswered.findLast((each) => each <= at);
  if (passed === undefined) return false;
  const before = answered.filter((each) => each <= at);
  return before.length > 0 && before.every((each) => each < passed);
}
