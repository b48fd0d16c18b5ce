/** A digest without a database. */
import type { Digest } from "../../src/digest/digest.ts";
import type { ListedCase } from "../../src/store/case-list.ts";
import type { ChosenOption } from "../../src/store/chosen.ts";
import type { KeptComment } from "../../src/store/comments.ts";
import { loadedSummary, now } from "../commands/summary-support.ts";

const workspace = { id: 1, name: "Acme", timeZone: "Europe/Berlin", locale: "en" };

/** NPS and CSAT of last week, with a week before. */
export const figures = [
  loadedSummary({
    metric: "nps",
    period: "last week",
    histogram: [2, 1, 1, 1, 1, 2, 2, 8, 8, 13, 13],
    before: [3, 2, 1, 1, 1, 2, 2, 6, 7, 11, 11],
  }),
  loadedSummary({ metric: "csat", period: "last week", histogram: [1, 0, 0, 3, 4] }),
];

export const comment: KeptComment = {
  invitationId: "0198c0de-0000-7000-8000-000000000001",
  text: "Still waiting for the refund",
  metric: "nps",
  score: 3,
  answeredAt: new Date("2026-10-09T10:00:00Z"),
  person: "Dana",
  chatUrl: "https://chat.example/C1",
};

export const overdue: ListedCase = {
  ...{ id: "0198c0de-0000-7000-8000-000000000002", number: 17, cause: "low-score" },
  ...{ state: "open", person: "Dana", account: "Acme Corp", owner: "Kim" },
  ...{ waitingSince: now.getTime() - 100_000_000, dueAt: now.getTime() - 3_600_000 },
  ...{ snoozedUntil: null, metric: "nps", score: 3 },
};

const [expensive, other] = ["Too expensive", "Other"].map((text) => ({
  ...{ en: text, "zh-Hans": text, "zh-Hant": text, ru: text },
}));
const chosen: readonly ChosenOption[] = [expensive, other].flatMap((wording, i) =>
  wording === undefined ? [] : [{ kind: "exit", question: "reason", wording, n: 2 - i }],
);

/** Something of everything. */
export function fullDigest(change: Partial<Digest> = {}): Digest {
  const [first] = figures;
  if (first === undefined) throw new Error("there are figures");
  return {
    ...{ workspace, now, figures, promise: "named" },
    period: first.now.period,
    response: { reached: 150, answered: 48 },
    coverage: { eligible: 90, asked: 63 },
    cases: { open: 3, overdue: 1, mine: 0 },
    overdue: [overdue],
    comments: [comment],
    chosen,
    upcoming: [
      { name: "relationship", kind: "people", people: 12 },
      { name: "all-customers", kind: "at", at: new Date("2026-10-19T08:00:00Z") },
      { name: "onboarding", kind: "people", people: 1000 },
    ],
    ...change,
  };
}

/** Nothing of anything. */
export function emptyDigest(): Digest {
  return fullDigest({
    ...{ figures: [], comments: [], overdue: [], upcoming: [], chosen: [] },
    response: { reached: 0, answered: 0 },
    coverage: { eligible: 0, asked: 0 },
    cases: { open: 0, overdue: 0, mine: 0 },
  });
}
