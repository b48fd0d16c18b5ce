/** Somebody whom every gate lets pass, and anybody at all. */
import fc from "fast-check";
import type { Candidate } from "../../src/scheduling/gates/candidate.ts";
import type { InvitationKind } from "../../src/store/schema.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A Monday, noon in UTC. */
export const NOON = Date.UTC(2026, 10, 2, 12);

/** Asked at any time on working days from nine to five. */
export const officeHours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };

export const closedChat: NonNullable<Candidate["chat"]> = {
  open: false,
  closings: 1,
  closing: 1,
  closedAt: NOON - 15 * 60 * 1000,
  lastMessageAt: NOON - 20 * 60 * 1000,
  closeReason: "solved",
  humanReplied: true,
  customerMessages: 3,
  customerCharacters: 120,
};

/** Passes at {@link NOON}: a customer whose chat was closed a quarter of an hour ago. */
export const passing: Candidate = {
  humanId: "4d6ff1a5-2c51-4f0c-8c0e-0d4a1a9ee001",
  kind: "chat",
  stopped: false,
  person: {
    role: "customer",
    bot: false,
    test: false,
    consent: "open",
    pausedUntil: null,
    left: false,
    known: true,
  },
  surveyOn: true,
  schedule: { id: "s1", on: true, fits: true, sample: null, share: null },
  chat: closedChat,
  before: { same: false, cappedAt: null, kindAt: null, anyAt: null, declinedAt: null },
  betterDueAt: null,
  everyMs: null,
  restMs: null,
  hours: { hours: officeHours, timeZone: "UTC" },
  quietUntil: null,
  deadline: closedChat.closedAt + 7 * DAY,
};

const zones = ["UTC", "Europe/Paris", "America/New_York", "Asia/Tokyo", "Pacific/Chatham"];

export const kinds: readonly InvitationKind[] = [
  ...(["exit", "manual", "chat", "recovery", "still-solved", "churn"] as const),
  ...(["onboarding", "relationship", "other"] as const),
];

/** Candidates of every kind around `now`; about half of all gates let each of them pass. */
export function candidates(now = NOON): fc.Arbitrary<Candidate> {
  const past = rarely(fc.integer({ min: now - 120 * DAY, max: now }));
  const soon = rarely(fc.integer({ min: now - DAY, max: now + 40 * DAY }));
  const mostly = fc.integer({ min: 0, max: 9 }).map((n) => n > 0);
  const seldom = mostly.map((most) => !most);
  return fc.record({
    humanId: fc.uuid(),
    kind: fc.constantFrom(...kinds),
    stopped: seldom,
    person: fc.record({
      role: fc.constantFrom("customer", "customer", "customer", "agent"),
      bot: seldom,
      test: seldom,
      consent: fc.constantFrom("open", "open", "open", "paused", "never"),
      pausedUntil: soon,
      left: seldom,
      known: mostly,
    }),
    surveyOn: mostly,
    schedule: fc.option(
      fc.record({
        id: fc.constantFrom("s1", "s2"),
        on: mostly,
        fits: mostly,
        sample: rarely(
          fc.record({
            share: fc.constant(0.5),
            draw: fc.double({ min: 0, max: 0.99, noNaN: true }),
          }),
        ),
        share: rarely(
          fc.record({
            perDay: fc.integer({ min: 1, max: 50 }),
            timeZone: fc.constantFrom(...zones),
            mine: rarely(fc.integer({ min: now - 2 * DAY, max: now + 3 * DAY })),
            last: rarely(fc.integer({ min: now - 2 * DAY, max: now + 30 * DAY })),
          }),
        ),
      }),
      { nil: null },
    ),
    chat: fc.option(
      fc.record({
        open: seldom,
        closings: fc.constantFrom(1, 1, 1, 2),
        closing: fc.constant(1),
        closedAt: fc.integer({ min: now - DAY, max: now }),
        lastMessageAt: fc.option(fc.integer({ min: now - DAY, max: now })),
        closeReason: fc.constantFrom("solved", "manual", "solved", "inactivity", "spam"),
        humanReplied: mostly,
        customerMessages: fc.nat(4),
        customerCharacters: fc.nat(1000),
      }),
      { nil: null },
    ),
    before: fc.record({
      same: seldom,
      cappedAt: past,
      kindAt: past,
      anyAt: past,
      declinedAt: past,
    }),
    betterDueAt: soon,
    everyMs: fc.constantFrom(null, 90 * DAY),
    restMs: fc.constantFrom(null, 30 * DAY),
    hours: fc.option(
      fc.record({ hours: fc.constant(officeHours), timeZone: fc.constantFrom(...zones) }),
      { nil: null },
    ),
    quietUntil: soon,
    deadline: fc.option(fc.integer({ min: now - DAY, max: now + 60 * DAY }), { nil: null }),
  });
}

/** One in four has some, the others none. */
function rarely<T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: some, weight: 1 });
}
