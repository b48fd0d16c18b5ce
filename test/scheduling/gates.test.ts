import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textsFor } from "../../src/locales/index.ts";
import { CAP_MS, rulesOf } from "../../src/scheduling/definition/kind-rules.ts";
import {
  type Candidate,
  CHAT_VALID_MS,
  type Decision,
  decide,
  gates,
} from "../../src/scheduling/gates/gates.ts";
import {
  candidates,
  closedChat as chat,
  kinds,
  NOON as NOW,
  passing,
} from "../support/candidate.ts";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const { person, before } = passing;
const schedule = passing.schedule ?? expect.fail();
/** A question that is about no chat. */
const about: Candidate = { ...passing, kind: "relationship", chat: null, deadline: NOW + 30 * DAY };

describe("the gates", () => {
  test("let a real customer of a real, closed chat pass", () => {
    expect(decide(passing, NOW)).toEqual({ verdict: "ask" });
    expect(decide(about, NOW)).toEqual({ verdict: "ask" });
  });

  test.each<[string, Partial<Candidate>, string]>([
    ["the survey was switched off", { surveyOn: false }, "survey-off"],
    ["the schedule was switched off", { schedule: { ...schedule, on: false } }, "schedule-off"],
    ["they said never again", { person: { ...person, consent: "never" } }, "never-again"],
    ["it is one of our own agents", { person: { ...person, role: "agent" } }, "own-staff"],
    ["it is a bot", { person: { ...person, bot: true } }, "bot"],
    ["it is a test person", { person: { ...person, test: true } }, "test-person"],
    ["they left", { person: { ...person, left: true } }, "left"],
    [
      "the audience is without them by now",
      { schedule: { ...schedule, fits: false } },
      "not-in-audience",
    ],
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
    ["this chat was asked about", { before: { ...before, same: true } }, "chat-asked-already"],
    [
      "they were not drawn",
      { schedule: { ...schedule, sample: { share: 0.3, draw: 0.3 } } },
      "not-in-sample",
    ],
    ["nobody knows them there", { person: { ...person, known: false } }, "unknown-there"],
    ["it is too late", { deadline: NOW }, "too-late"],
  ])("suppress when %s", (_, change, reason) => {
    expect(decide({ ...passing, ...change }, NOW)).toMatchObject({ verdict: "suppress", reason });
  });

  test.each<[string, Partial<Candidate>, string, number]>([
    ["nobody is asked anything", { stopped: true }, "asking-stopped", NOW + 15 * MINUTE],
    [
      "they are on a pause",
      { person: { ...person, consent: "paused", pausedUntil: NOW + 2 * DAY } },
      "paused",
      NOW + 2 * DAY,
    ],
    [
      "they said not now",
      { restMs: 30 * DAY, before: { ...before, declinedAt: NOW - 10 * DAY } },
      "not-now",
      NOW + 20 * DAY,
    ],
    [
      "this kind was asked within its clock",
      { everyMs: 90 * DAY, before: { ...before, kindAt: NOW - 80 * DAY } },
      "own-clock",
      NOW + 10 * DAY,
    ],
    [
      "anything was asked in the last seven days",
      { before: { ...before, cappedAt: NOW - 3 * DAY } },
      "asked-recently",
      NOW + 4 * DAY,
    ],
    [
      "something more important is due within a day",
      { betterDueAt: NOW + 5 * HOUR },
      "other-first",
      NOW + 5 * HOUR + 5 * MINUTE,
    ],
    ["they are not to be disturbed", { quietUntil: NOW + HOUR }, "do-not-disturb", NOW + HOUR],
    [
      "it is night where they are",
      { hours: { hours: passing.hours?.hours ?? expect.fail(), timeZone: "Asia/Tokyo" } },
      "outside-hours",
      Date.UTC(2026, 10, 3),
    ],
  ])("defer when %s", (_, change, reason, until) => {
    expect(decide({ ...about, ...change }, NOW)).toMatchObject({ verdict: "defer", reason, until });
  });

  test("take one long message for two short ones", () => {
    const long = { ...chat, customerMessages: 1, customerCharacters: 250 };
    expect(decide({ ...passing, chat: long }, NOW)).toEqual({ verdict: "ask" });
  });

  test("end the cap and the clocks to the millisecond", () => {
    const capped = { ...about, before: { ...before, cappedAt: NOW - CAP_MS } };
    expect(decide(capped, NOW)).toEqual({ verdict: "ask" });
    expect(decide(capped, NOW - 1)).toMatchObject({ verdict: "defer", until: NOW });
  });

  test("let what the cap does not count pass it, a day after whatever was asked before", () => {
    const still: Candidate = { ...passing, kind: "still-solved" };
    const asked = (ago: number) => {
      const at = { cappedAt: NOW - ago, anyAt: NOW - ago };
      return decide({ ...still, before: { ...before, ...at } }, NOW);
    };
    expect(asked(DAY)).toEqual({ verdict: "ask" });
    expect(asked(HOUR)).toMatchObject({ reason: "other-first", until: NOW + 23 * HOUR });
  });

  test("ask whoever left why, and nothing else", () => {
    const left = { ...about, person: { ...person, left: true } };
    for (const kind of kinds)
      expect(decide({ ...left, kind }, NOW).verdict).toBe(kind === "exit" ? "ask" : "suppress");
  });

  test("end what would come too late, with the reason for which it waited", () => {
    const pausedUntil = chat.closedAt + CHAT_VALID_MS;
    const paused = { ...passing, person: { ...person, consent: "paused", pausedUntil } } as const;
    expect(decide(paused, NOW)).toEqual({
      verdict: "suppress",
      gate: "pause",
      reason: "paused",
      expires: true,
    });
    expect(decide({ ...paused, deadline: pausedUntil + 1 }, NOW).verdict).toBe("defer");
  });

  test("ask outside of the hours about a chat that was outside of them, for half an hour", () => {
    const night = Date.UTC(2026, 10, 2, 22);
    const late = { ...chat, closedAt: night, lastMessageAt: night - 5 * MINUTE };
    const at = (minutes: number, change: Partial<Candidate> = {}) =>
      decide({ ...passing, chat: late, deadline: null, ...change }, night + minutes * MINUTE);
    expect(at(15)).toEqual({ verdict: "ask" });
    expect(at(30)).toMatchObject({ reason: "outside-hours", until: Date.UTC(2026, 10, 3, 9) });
    expect(at(15, { kind: "still-solved" })).toMatchObject({ reason: "outside-hours" });
    const afternoon = { ...late, lastMessageAt: Date.UTC(2026, 10, 2, 16) };
    expect(at(15, { chat: afternoon })).toMatchObject({ reason: "outside-hours" });
    const unknown = { ...late, lastMessageAt: null };
    expect(at(15, { chat: unknown })).toEqual({ verdict: "ask" });
  });

  test("asked by hand: the state of the chat is somebody's own judgement, everything else holds", () => {
    const poor = {
      ...chat,
      open: true,
      closings: 4,
      closeReason: "spam",
      humanReplied: false,
      customerMessages: 1,
      customerCharacters: 1,
    } as const;
    expect(decide({ ...passing, kind: "manual", chat: poor }, NOW)).toEqual({ verdict: "ask" });
    fc.assert(
      fc.property(candidates(), (c) => {
        const byHand = { ...c, kind: "manual", hours: null } as const;
        expect(decide(byHand, NOW)).toEqual(decide({ ...byHand, chat: null }, NOW));
      }),
    );
  });

  test("always come to a decision, with a reason that has words, a time ahead and before the end", () => {
    const texts = textsFor("ru");
    fc.assert(
      fc.property(candidates(), (c) => {
        const decision = decide(c, NOW);
        if (decision.verdict === "ask") return;
        const { reason } = decision;
        const said = texts.text(`gate.reason.${reason}`, { messages: 2, characters: 250 });
        expect(said).toMatch(/[а-я]/);
        if (decision.verdict === "suppress") return;
        expect(Number.isFinite(decision.until)).toBe(true);
        expect(decision.until).toBeGreaterThan(NOW);
        expect(decision.until).toBeLessThan(c.deadline ?? Number.POSITIVE_INFINITY);
      }),
      { numRuns: 3000 },
    );
  });

  test("decide by the first in their order that objects", () => {
    const order = gates.map(({ name }) => name);
    fc.assert(
      fc.property(candidates(), (c) => {
        const decision = decide({ ...c, deadline: null }, NOW);
        const first = gates.find(({ check }) => check(c, NOW) !== undefined);
        expect(decision.verdict === "ask" ? undefined : decision.gate).toBe(first?.name);
      }),
      { numRuns: 1000 },
    );
    expect(order).toEqual([...new Set(order)]);
    expect(order).toEqual([
      ...["stopped", "survey", "schedule", "consent", "identity", "left", "audience"],
      ...["reopened", "closing", "substance", "duplicate", "pause", "rest", "clock", "cap"],
      ...["turn", "sample", "daily-cap", "hours", "quiet", "place"],
    ]);
  });

  test("never ask against a wish, a clock or the cap", () => {
    fc.assert(
      fc.property(candidates(), (c) => {
        if (decide(c, NOW).verdict !== "ask") return;
        expect(c.person).toMatchObject({ role: "customer", bot: false, test: false, known: true });
        expect(c.person.consent).not.toBe("never");
        if (c.person.consent === "paused")
          expect(c.person.pausedUntil ?? 0).toBeLessThanOrEqual(NOW);
        if (c.person.left) expect(c.kind).toBe("exit");
        const capped = rulesOf(c.kind).capped ? (c.before.cappedAt ?? 0) : 0;
        expect(NOW - capped).toBeGreaterThanOrEqual(CAP_MS);
        expect(NOW - (c.before.kindAt ?? 0)).toBeGreaterThanOrEqual(c.everyMs ?? 0);
        expect(NOW - (c.before.declinedAt ?? 0)).toBeGreaterThanOrEqual(c.restMs ?? 0);
        expect(c.stopped).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test("come to an end when a candidate waits as long as it is told to", () => {
    fc.assert(
      fc.property(candidates(), (c) => {
        // What goes first has had its turn by then, and asking goes on.
        const waiting = { ...c, stopped: false, betterDueAt: null, deadline: NOW + 60 * DAY };
        const seen: Decision[] = [];
        let now = NOW;
        for (let turns = 0; turns < 20; turns += 1) {
          const decision = decide(waiting, now);
          seen.push(decision);
          if (decision.verdict !== "defer") return;
          now = decision.until;
        }
        expect(seen).toEqual([]);
      }),
    );
  });
});
