import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages, textsFor } from "../../src/locales/index.ts";
import type { GateReason } from "../../src/scheduling/gates/candidate.ts";
import { explainLog, explainWaiting, sayReason } from "../../src/scheduling/why/explain.ts";
import type { LogEntry, LoggedDecision } from "../../src/store/decision-log.ts";

const paris = "Europe/Paris";
const english = textsFor("en");
const at = (text: string) => new Date(`${text}+01:00`);

const relationship: LogEntry = {
  invitationId: "1",
  kind: "relationship",
  state: "expired",
  stateReason: "no-answer",
  metric: "nps",
  schedule: "relationship",
  platform: "messenger",
  channel: null,
  team: null,
  promise: "named",
  plannedAt: at("2026-11-03T14:10"),
  dueAt: at("2026-11-05T09:00"),
  askedAt: at("2026-11-05T09:00"),
  remindedAt: at("2026-11-07T09:00"),
  answeredAt: null,
  finishedAt: at("2026-11-12T09:00"),
  expiresAt: at("2026-11-12T09:00"),
  decisions: [
    deferral("2026-11-03T14:10", "outside-hours", "2026-11-05T09:00"),
    { ...deferral("2026-11-05T09:00", "all-gates-passed"), verdict: "ask", gate: null },
  ],
};

function deferral(decided: string, reason: string, until?: string): LoggedDecision {
  const end = until === undefined ? null : at(until);
  return { at: at(decided), verdict: "defer", gate: "hours", reason, until: end };
}

/** All of them: one that is missing here is an error of types. */
const reasons: Record<GateReason, true> = {
  "asking-stopped": true,
  "survey-off": true,
  "schedule-off": true,
  "never-again": true,
  "own-staff": true,
  bot: true,
  "test-person": true,
  left: true,
  "not-in-audience": true,
  reopened: true,
  inactive: true,
  spam: true,
  "no-human-reply": true,
  "too-short": true,
  "chat-asked-already": true,
  "asked-already": true,
  paused: true,
  "not-now": true,
  "own-clock": true,
  "asked-recently": true,
  "other-first": true,
  "not-in-sample": true,
  "daily-cap": true,
  "outside-hours": true,
  "do-not-disturb": true,
  "unknown-there": true,
  "next-contact": true,
  "too-late": true,
};

const explain = (...entries: LogEntry[]) => explainLog(english, entries, { timeZone: paris });

describe("what was decided, in words", () => {
  test("is one line for each question: when, what, why, and what became of it", () => {
    expect(explain(relationship)).toEqual([
      "2026-11-03 14:10 relationship NPS deferred to 11-05 09:00: outside working hours in Europe/Paris; 11-05 asked; 11-07 reminded; 11-12 expired",
    ]);
  });

  test("says the time of what happens on the same day, and the year where it is another", () => {
    const entry: LogEntry = {
      ...relationship,
      state: "answered",
      stateReason: null,
      decisions: [
        { ...deferral("2026-12-31T10:00", "all-gates-passed"), verdict: "ask", gate: null },
      ],
      plannedAt: at("2026-12-31T10:00"),
      askedAt: at("2026-12-31T10:00"),
      remindedAt: at("2026-12-31T12:30"),
      answeredAt: at("2027-01-02T08:00"),
      finishedAt: at("2027-01-02T08:05"),
    };
    expect(explain(entry)).toEqual([
      "2026-12-31 10:00 relationship NPS asked; 12:30 reminded; 2027-01-02 answered",
    ]);
  });

  test("what came before schedules reads as well: after a chat, by hand, a recovery check", () => {
    const plain = { ...relationship, schedule: null, remindedAt: null, askedAt: null } as const;
    const suppressed = (reason: string): LoggedDecision[] => [
      { ...deferral("2026-11-03T14:10", reason), verdict: "suppress" },
    ];
    expect(
      explain(
        {
          ...plain,
          kind: "chat",
          channel: "#help",
          state: "suppressed",
          decisions: suppressed("too-short"),
        },
        {
          ...plain,
          kind: "manual",
          state: "undeliverable",
          stateReason: "gave-up",
          decisions: [],
          askedAt: at("2026-11-03T14:11"),
        },
        {
          ...plain,
          kind: "recovery",
          state: "cancelled",
          stateReason: "reopened",
          finishedAt: null,
          decisions: [],
        },
      ),
    ).toEqual([
      "2026-11-03 14:10 NPS after a chat in #help not asked: the customer wrote fewer than 2 messages and fewer than 250 characters",
      "2026-11-03 14:10 the question whether it is right now planned; cancelled: the chat was opened again",
      "2026-11-03 14:11 NPS wanted by the team asked; 11-12 could not be delivered: the platform did not take it, however often it was tried",
    ]);
  });

  test("the same deferral decided again and again is told once; nothing from before the time is told", () => {
    const again = deferral("2026-11-04T08:00", "outside-hours", "2026-11-05T09:00");
    const entry = {
      ...relationship,
      decisions: [relationship.decisions[0] ?? again, again, ...relationship.decisions.slice(1)],
    };
    expect(explain(entry)).toEqual(explain(relationship));
    const since = at("2026-11-06T00:00");
    const [line] = explainLog(english, [relationship], { timeZone: paris, since });
    expect(line).toBe("2026-11-07 09:00 relationship NPS reminded; 11-12 expired");
  });

  test("what waits is told with its reason, its time and its end", () => {
    const waits: LogEntry = { ...relationship, state: "planned", stateReason: "asked-recently" };
    expect(explainWaiting(english, [waits], paris)).toEqual([
      "relationship NPS: will be decided again on 2026-11-05 09:00, because they were asked in the last 7 days (at the latest until 2026-11-12 09:00)",
    ]);
    const [contact] = explainWaiting(
      english,
      [{ ...waits, stateReason: "next-contact", dueAt: null }],
      paris,
    );
    expect(contact).toContain("asked the next time they write");
  });

  test.each(languages)("every reason of the gates has words of its own (%s)", (language) => {
    const texts = textsFor(language);
    const said = Object.keys(reasons).map((reason) => sayReason(texts, reason, paris));
    expect(said).not.toContain(texts.text("why.reason.unknown"));
    expect(new Set(said).size).toBe(said.length);
    expect(said.join()).not.toMatch(/[{}]|undefined/);
  });

  test.each(languages)("no key of ours is ever seen, whatever was kept (%s)", (language) => {
    const texts = textsFor(language);
    const reason = fc.oneof(fc.constantFrom("later", "constructor", "reopened"), fc.string());
    fc.assert(
      fc.property(reason, fc.constantFrom("expired", "suppressed", "planned"), (key, state) => {
        const entry = {
          ...relationship,
          state,
          stateReason: key,
          decisions: [deferral("2026-11-03T14:10", key, "2026-11-05T09:00")],
        } as const;
        const lines = [
          ...explainLog(texts, [entry], { timeZone: paris }),
          ...explainWaiting(texts, [entry], paris),
        ];
        expect(lines.join()).not.toMatch(/why\.|gate\.|undefined|all-gates/);
        expect(sayReason(texts, `unheard-of-${key}`, paris)).toBe(texts.text("why.reason.unknown"));
      }),
    );
  });
});
