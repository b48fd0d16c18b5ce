import { describe, expect, test } from "vitest";
import { brokenPromises, type Told } from "./verdict.ts";

const circumstances = {
  holidays: [],
  perDay: {},
  timeZone: "UTC",
  end: new Date("2026-12-02T00:00:00Z"),
  tickMs: 0,
};

/** What comes of a chat that was closed on a Saturday afternoon in Sydney, asked about at `at`. */
function afterChat(at: string, more: Partial<Told> = {}) {
  const told: Told = {
    ...{ id: "i1", human: "h1", kind: "chat", reasonKey: "c1:1", chatId: "c1", schedule: null },
    ...{ state: "asked", stateReason: null, timeZone: "Australia/Sydney", leftAt: null },
    ...{ plannedAt: new Date("2026-11-28T02:32:00Z"), dueAt: new Date("2026-11-28T02:47:00Z") },
    ...{ askedAt: new Date(at), answeredAt: null, remindedAt: null, slotAt: null },
    expiresAt: new Date("2026-12-05T02:32:00Z"),
    ...more,
  };
  const asked = { invitationId: "i1", verdict: "ask", gate: null, reason: "all-gates-passed" };
  return brokenPromises({ told: [told], said: [{ ...asked, at: new Date(at) }] }, circumstances);
}

describe("what a simulated month is judged by", () => {
  test("whoever chatted at a bad hour may be asked within half an hour of the closing", () => {
    expect(afterChat("2026-11-28T02:47:00Z")).toEqual([]);
    expect(afterChat("2026-11-28T03:02:00Z")).toEqual([
      "i1 (chat) was asked at 2026-11-28T03:02:00.000Z in Australia/Sydney",
    ]);
  });

  test("that they say later, at a good hour, makes no bad hour of the first one", () => {
    const later = { dueAt: new Date("2026-12-01T05:44:45Z") };
    expect(afterChat("2026-11-28T02:47:00Z", later)).toEqual([]);
    expect(afterChat("2026-11-28T03:02:00Z", later)).toHaveLength(1);
  });

  test("a question that is not about the chat waits for a good hour", () => {
    expect(afterChat("2026-11-28T02:47:00Z", { kind: "churn" })).toHaveLength(1);
  });
});
