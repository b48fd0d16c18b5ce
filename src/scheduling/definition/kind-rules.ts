/**
 * What the kinds of invitations are to one another: who goes first when several wait for the same
 * human, and what counts for the cap (the product's defaults).
 */
import type { InvitationKind } from "../../store/schema.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** At most one survey in this time per human, over all kinds that are capped. */
export const CAP_MS = 7 * DAY_MS;

interface KindRule {
  /** The lower goes first. */
  readonly rank: number;
  /** Whether the cap holds it back; it counts for the cap of others as well, or not at all. */
  readonly capped: boolean;
  /** At most one of its kind in this time per human, unless its schedule says otherwise. */
  readonly everyMs: number | null;
  /** After "not now" nothing of this kind for so long. */
  readonly restMs: number | null;
  /** How long it may wait to be asked before it asks about nothing, from when it was planned for. */
  readonly waitMs: number;
}

/** What was planned by hand is asked for by somebody, so it goes as a chat's. */
const rules: Readonly<Record<InvitationKind, KindRule>> = {
  // Who left with their account, or left twice by a corrected date, is asked why once.
  exit: { rank: 1, capped: true, everyMs: 90 * DAY_MS, restMs: null, waitMs: 14 * DAY_MS },
  manual: { rank: 2, capped: true, everyMs: null, restMs: null, waitMs: 7 * DAY_MS },
  chat: { rank: 2, capped: true, everyMs: null, restMs: null, waitMs: 7 * DAY_MS },
  recovery: { rank: 3, capped: false, everyMs: null, restMs: null, waitMs: 7 * DAY_MS },
  "still-solved": { rank: 3, capped: false, everyMs: null, restMs: null, waitMs: 7 * DAY_MS },
  churn: {
    rank: 4,
    capped: true,
    everyMs: 90 * DAY_MS,
    restMs: 30 * DAY_MS,
    waitMs: 14 * DAY_MS,
  },
  onboarding: { rank: 5, capped: true, everyMs: null, restMs: null, waitMs: 14 * DAY_MS },
  relationship: {
    rank: 6,
    capped: true,
    everyMs: 90 * DAY_MS,
    restMs: 30 * DAY_MS,
    waitMs: 30 * DAY_MS,
  },
  other: { rank: 7, capped: true, everyMs: null, restMs: 30 * DAY_MS, waitMs: 14 * DAY_MS },
  import: { rank: 9, capped: false, everyMs: null, restMs: null, waitMs: 0 },
  sample: { rank: 9, capped: false, everyMs: null, restMs: null, waitMs: 0 },
};

/** The rules of a kind. */
export function rulesOf(kind: InvitationKind): KindRule {
  return rules[kind];
}

/** All of them. */
export const kinds = Object.keys(rules).filter((name): name is InvitationKind => name in rules);

/** So long what was asked may hold back something else, unless a schedule says more. */
export const longestWaitMs = Math.max(
  CAP_MS,
  ...kinds.flatMap((kind) => [rules[kind].everyMs ?? 0, rules[kind].restMs ?? 0]),
);

/** What counts for the cap of the others. */
export const cappedKinds: readonly InvitationKind[] = kinds.filter((kind) => rules[kind].capped);

const better = new Map(
  kinds.map((kind) => [kind, kinds.filter((each) => rules[each].rank < rules[kind].rank)]),
);

/** Kinds that go first when they wait for the same human. */
export function kindsBefore(kind: InvitationKind): readonly InvitationKind[] {
  return better.get(kind) ?? [];
}
