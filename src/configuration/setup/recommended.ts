/**
 * What is recommended to whom, as data. A score is a goal only where it can move: customers who can
 * leave for another product say with NPS whether they would stay with this one; of those who have little
 * choice it says little, so satisfaction comes first and NPS stands beside it; colleagues cannot leave, and
 * what tells service desks apart is how much work they make and whether the issue was solved. NPS is about
 * the whole relationship, so it is asked on its own, and after a chat one question about the chat is.
 *
 * Sources: F. Reichheld, The One Number You Need to Grow (Harvard Business Review, 2003) for NPS where
 * customers choose; M. Dixon, K. Freeman, N. Toman, Stop Trying to Delight Your Customers (Harvard
 * Business Review, 2010) for effort in service. The numbers of chats and people are our own choice.
 */
import type { Goal, Market } from "./answers.ts";

/** Why something is proposed: each is a text of its own, setup.why.REASON. */
export const reasons = [
  "csat-after-chats",
  "csat-first",
  "ces-after-chats",
  "ces-for-colleagues",
  "chats-are-asked-about",
  "nps-is-the-goal",
  "nps-beside-it",
  "nps-was-wished",
  "solved-for-colleagues",
  "solved-with-many-chats",
  "people-join",
  "effort-at-the-start",
  "signals-of-leaving",
  "people-leave",
  "accounts-leave",
  "asked-by-it",
  "as-you-said",
] as const;
export type Reason = (typeof reasons)[number];

/** What is known of a workspace when something is proposed. */
export interface SetupFacts {
  /** Chats that were closed in the last 30 days. */
  readonly chats: number;
  /** Customers who joined in the last 30 days. */
  readonly joined: number;
  /** Accounts that there are. */
  readonly accounts: number;
}

/** From so many closed chats in 30 days on it is worth asking whether they are still solved. */
export const MANY_CHATS = 50;
/** From so many people in 30 days on joining is something that happens here. */
export const SOME_JOIN = 5;

export type AfterChatMetric = "csat" | "ces";

interface Row<T> {
  readonly market?: Market;
  readonly goal?: Goal;
  readonly when?: (facts: SetupFacts) => boolean;
  readonly is: T;
  readonly because: Reason;
}

/** The first row that fits says what is asked after chats. */
const afterChats: readonly Row<AfterChatMetric>[] = [
  { market: "colleagues", is: "ces", because: "ces-for-colleagues" },
  { market: "little-choice", is: "csat", because: "csat-first" },
  { goal: "satisfaction", is: "csat", because: "csat-after-chats" },
  { goal: "effort", is: "ces", because: "ces-after-chats" },
  { is: "csat", because: "csat-after-chats" },
];

/** Every schedule of which a row fits is proposed, for the reason of its first one. */
const schedules: readonly Row<string>[] = [
  { is: "after-chat", because: "chats-are-asked-about" },
  { market: "choice", is: "relationship", because: "nps-is-the-goal" },
  { market: "little-choice", is: "relationship", because: "nps-beside-it" },
  { goal: "loyalty", is: "relationship", because: "nps-was-wished" },
  { market: "colleagues", is: "still-solved", because: "solved-for-colleagues" },
  {
    when: ({ chats }) => chats >= MANY_CHATS,
    is: "still-solved",
    because: "solved-with-many-chats",
  },
  { when: ({ joined }) => joined >= SOME_JOIN, is: "onboarding", because: "people-join" },
  // After chats they are asked whether they are satisfied: effort has its place elsewhere.
  { goal: "effort", market: "little-choice", is: "onboarding", because: "effort-at-the-start" },
  { goal: "leaving", is: "churn-check-in", because: "signals-of-leaving" },
  { goal: "leaving", is: "exit", because: "people-leave" },
  {
    goal: "leaving",
    when: ({ accounts }) => accounts > 0,
    is: "account-exit",
    because: "accounts-leave",
  },
];

/** What is known and was answered. */
export interface Situation {
  readonly goals: readonly Goal[];
  readonly market: Market;
  readonly facts: SetupFacts;
}

export interface Recommendation<T> {
  readonly is: T;
  readonly because: Reason;
}

export function recommendedAfterChats(situation: Situation): Recommendation<AfterChatMetric> {
  const row = afterChats.find((each) => fits(each, situation));
  return { is: row?.is ?? "csat", because: row?.because ?? "csat-after-chats" };
}

/** The names of standard schedules, the one after chats first. */
export function recommendedSchedules(situation: Situation): Recommendation<string>[] {
  const found = new Map<string, Recommendation<string>>();
  for (const row of schedules) {
    if (!fits(row, situation) || found.has(row.is)) continue;
    found.set(row.is, { is: row.is, because: row.because });
  }
  return [...found.values()];
}

function fits({ market, goal, when }: Row<unknown>, situation: Situation): boolean {
  return (
    (market === undefined || market === situation.market) &&
    (goal === undefined || situation.goals.includes(goal)) &&
    (when === undefined || when(situation.facts))
  );
}
