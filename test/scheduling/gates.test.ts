import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CAP_MS, type Candidate, CHAT_VALID_MS, decide } from "../../src/scheduling/gates.ts";

const NOW = Date.UTC(2026, 10, 2, 12);
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const chat = {
  open: false,
  closings: 1,
  closing: 1,
  closedAt: NOW - HOUR / 4,
  closeReason: "solved",
  humanReplied: true,
  customerMessages: 3,
  customerCharacters: 120,
  alreadyAsked: false,
} as const;

const person = {
  role: "customer",
  bot: false,
  test: false,
  consent: "open",
  pausedUntil: null,
} as const;

const good: Candidate = { person, chat, surveyOn: true, lastAskedAt: null };

describe("the gates", () => {
  test("let a real customer of a real, closed chat pass", () => {
    expect(decide(good, NOW)).toEqual({ verdict: "ask" });
  });

  test.each<[string, Partial<Candidate>, string]>([
    ["the survey was switched off", { surveyOn: false }, "survey-off"],
    ["they said never again", { person: { ...person, consent: "never" } }, "never-again"],
    ["it is one of our own agents", { person: { ...person, role: "agent" } }, "own-staff"],
    ["it is a bot", { person: { ...person, bot: true } }, "bot"],
    ["it is a test person", { person: { ...person, test: true } }, "test-person"],
    ["the chat is open again", { chat: { ...chat, open: true } }, "reopened"],
    ["the chat was closed once more since", { chat: { ...chat, closings: 2 } }, "reopened"],
    ["it was closed by inactivity", { chat: { ...chat, closeReason: "inactivity" } }, "inactive"],
    ["it was spam", { chat: { ...chat, closeReason: "spam" } }, "spam"],
    ["no human replied", { chat: { ...chat, humanReplied: false } }, "no-human-reply"],
    [
      "the customer wrote one short message",
      { chat: { ...chat, customerMessages: 1, customerCharacters: 249 } },
      "too-short",
    ],
    [
      "this chat was asked about before",
      { chat: { ...chat, alreadyAsked: true } },
      "chat-asked-already",
    ],
  ])("suppress when %s", (_, change, reason) => {
    expect(decide({ ...good, ...change }, NOW)).toMatchObject({ verdict: "suppress", reason });
  });

  test("take one long message for two short ones", () => {
    const long = { ...chat, customerMessages: 1, customerCharacters: 250 };
    expect(decide({ ...good, chat: long }, NOW)).toEqual({ verdict: "ask" });
  });

  test("defer to the end of the cap of seven days, not longer", () => {
    const asked = { ...good, lastAskedAt: NOW - 3 * DAY };
    expect(decide(asked, NOW)).toEqual({
      verdict: "defer",
      gate: "cap",
      reason: "asked-recently",
      until: NOW + 4 * DAY,
    });
    expect(decide({ ...good, lastAskedAt: NOW - CAP_MS }, NOW)).toEqual({ verdict: "ask" });
  });

  test("defer to the end of a pause, and suppress what would come too late by then", () => {
    const until = NOW + DAY;
    const paused = { ...person, consent: "paused", pausedUntil: until } as const;
    expect(decide({ ...good, person: paused }, NOW)).toMatchObject({ verdict: "defer", until });
    const longer = { ...paused, pausedUntil: NOW + 30 * DAY };
    expect(decide({ ...good, person: longer }, NOW)).toMatchObject({
      verdict: "suppress",
      reason: "paused",
    });
  });

  test("suppress a question about a chat that ended too long ago", () => {
    const old = { ...chat, closedAt: NOW - CHAT_VALID_MS };
    expect(decide({ ...good, chat: old }, NOW)).toMatchObject({ reason: "too-late" });
  });

  test("keep the survey kind's own clock", () => {
    const ownClock = { everyMs: 90 * DAY, lastAskedAt: NOW - 30 * DAY };
    const { chat: _, ...withoutChat } = good;
    expect(decide({ ...withoutChat, ownClock }, NOW)).toMatchObject({
      verdict: "defer",
      until: NOW + 60 * DAY,
    });
  });

  test("asked by hand: the state of the chat is somebody's own judgement, everything else holds", () => {
    const byHand = true as const;
    const poor = {
      ...chat,
      open: true,
      closings: 4,
      closeReason: "spam",
      humanReplied: false,
      customerMessages: 1,
      customerCharacters: 1,
    } as const;
    expect(decide({ ...good, chat: poor, byHand }, NOW)).toEqual({ verdict: "ask" });
    const asked = { ...poor, alreadyAsked: true };
    expect(decide({ ...good, chat: asked, byHand }, NOW)).toMatchObject({
      reason: "chat-asked-already",
    });
    fc.assert(
      fc.property(candidates(), (c) => {
        const { chat: about } = c;
        if (about === undefined) return;
        const fine = { ...about, ...chat, closedAt: about.closedAt };
        const same = { ...c, chat: { ...fine, alreadyAsked: about.alreadyAsked } };
        expect(decide({ ...c, byHand }, NOW)).toEqual(decide(same, NOW));
      }),
    );
  });

  test("never ask anybody who said never, and always say a reason", () => {
    fc.assert(
      fc.property(candidates(), fc.integer({ min: NOW - DAY, max: NOW + 20 * DAY }), (c, now) => {
        const decision = decide(c, now);
        if (c.person.consent === "never" || c.person.role !== "customer") {
          expect(decision.verdict).toBe("suppress");
        }
        if (decision.verdict !== "ask") expect(decision.reason).not.toBe("");
        if (decision.verdict === "defer") expect(decision.until).toBeGreaterThan(now);
      }),
    );
  });

  test("come to the same verdict again when a deferral is over, or to a stricter one", () => {
    fc.assert(
      fc.property(candidates(), (c) => {
        const first = decide(c, NOW);
        if (first.verdict !== "defer") return;
        const second = decide(c, first.until);
        expect(["ask", "defer", "suppress"]).toContain(second.verdict);
        if (second.verdict === "defer") expect(second.gate).not.toBe(first.gate);
      }),
    );
  });
});

function candidates(): fc.Arbitrary<Candidate> {
  const time = fc.integer({ min: NOW - 30 * DAY, max: NOW });
  return fc.record({
    person: fc.oneof(
      fc.record({
        role: fc.constantFrom("customer", "agent", "lead"),
        bot: fc.boolean(),
        test: fc.boolean(),
        consent: fc.constantFrom("open", "never"),
        pausedUntil: fc.constant(null),
      }),
      fc.record({
        role: fc.constant("customer"),
        bot: fc.constant(false),
        test: fc.constant(false),
        consent: fc.constant("paused"),
        pausedUntil: fc.integer({ min: NOW - DAY, max: NOW + 40 * DAY }),
      }),
    ),
    chat: fc.record({
      open: fc.boolean(),
      closings: fc.integer({ min: 1, max: 2 }),
      closing: fc.constant(1),
      closedAt: time,
      closeReason: fc.constantFrom("solved", "manual", "inactivity", "spam"),
      humanReplied: fc.boolean(),
      customerMessages: fc.nat(4),
      customerCharacters: fc.nat(500),
      alreadyAsked: fc.boolean(),
    }),
    surveyOn: fc.boolean(),
    lastAskedAt: fc.option(time),
  });
}
