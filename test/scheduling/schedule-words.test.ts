import { expect, test } from "vitest";
import { languages, textsFor } from "../../src/locales/index.ts";
import { describeSchedule } from "../../src/scheduling/definition/describe.ts";
import { makeSchedule, type ScheduleInput } from "../../src/scheduling/definition/schedule.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";

const plain = { name: "pulse", kind: "other", survey: "pulse" } as const;
const inEnglish = (written: ScheduleInput) =>
  describeSchedule(textsFor("en"), makeSchedule(written));
const when = (trigger: ScheduleInput["trigger"]) => inEnglish({ ...plain, trigger })[0];

test("each trigger is said, at once and with its delay", () => {
  expect(when({ on: "chat-closed", delay: "15m" })).toBe(
    "Asks “pulse” 15 minutes after a chat is closed.",
  );
  expect(when({ on: "chat-reopened" })).toBe("Asks “pulse” as soon as a chat is reopened.");
  expect(when({ on: "person-joined", delay: "1w" })).toBe(
    "Asks “pulse” 1 week after somebody joins.",
  );
  expect(when({ on: "account-joined", delay: "2h" })).toBe(
    "Asks “pulse” 2 hours after an account joins.",
  );
  expect(when({ on: "answer-given", metric: "nps", from: 0, to: 6, delay: "1d" })).toBe(
    "Asks “pulse” 1 day after NPS is answered with 0 to 6.",
  );
  expect(when({ on: "signals-reached", tier: "high" })).toBe(
    "Asks “pulse” as soon as somebody shows strong signals that they may leave.",
  );
  expect(when({ on: "person-left" })).toBe("Asks “pulse” as soon as somebody leaves.");
  expect(when({ on: "account-left", delay: "3d" })).toBe(
    "Asks “pulse” 3 days after an account leaves.",
  );
  expect(when({ on: "date", date: "renewal", before: "30d" })).toBe(
    "Asks “pulse” 30 days before the date “renewal” of the account.",
  );
  expect(when({ on: "date", date: "birthday", of: "person" })).toBe(
    "Asks “pulse” on the date “birthday” of the person.",
  );
  expect(when({ on: "cron", cron: "0 9 * * 1" })).toBe(
    "Asks “pulse” on Mondays at 09:00 (time zone of the workspace).",
  );
  expect(when({ on: "cron", cron: "30 17 * * *" })).toContain("every day at 17:30");
  expect(when({ on: "cron", cron: "0 8 * * 2,4" })).toContain("on Tuesdays and Thursdays at 08:00");
  expect(when({ on: "cron", cron: "0 9 15 * *" })).toContain("on day 15 of every month at 09:00");
  expect(when({ on: "cron", cron: "0 9 1-7 * 1" })).toBe(
    "Asks “pulse” at the times of “0 9 1-7 * 1” (time zone of the workspace).",
  );
});

test("a programme is said step by step", () => {
  const steps = [{ survey: "nps" }, { survey: "ces", after: "60d" }];
  const trigger = { on: "person-joined", delay: "30d" } as const;
  expect(
    inEnglish({ name: "a", kind: "relationship", steps, repeatAfter: "30d", trigger }).slice(0, 4),
  ).toEqual([
    "A programme that begins 30 days after somebody joins:",
    "1. “nps”, at once",
    "2. “ces”, 60 days later",
    "Then from the first step again, 30 days later.",
  ]);
});

const everything: ScheduleInput = {
  ...plain,
  trigger: { on: "chat-closed", teams: ["Billing", "Technical"], channels: ["#help"] },
  audience: {
    ...{ accounts: ["Acme"], accountRole: "buyer", plans: ["pro", "team"], languages: ["en"] },
    ...{ platforms: ["messenger"], tags: ["vip"], teams: ["Billing"], signals: "watch" },
    lastScore: { metric: "nps", max: 6 },
    ...{ daysSinceJoined: { min: 30 }, daysSinceLastChat: { min: 3, max: 9 } },
    ...{ daysSinceActive: { min: 2, max: 2 }, neverAnswered: true },
  },
  limits: {
    ...{ every: "90d", rest: "30d", sample: 0.25, perDay: 50, remindAfter: null },
    ...{ waitAtMost: "3w", anyHour: true, hours: { from: "10:00" } },
  },
};

test("every place, segment and limit is said", () => {
  expect(inEnglish(everything)).toEqual([
    "Asks “pulse” as soon as a chat is closed.",
    "Only chats of Billing or Technical.",
    "Only chats in #help.",
    "Whom: customers to whom all of this applies: account Acme; plan pro or team; language en; on messenger; tag vip; a chat with Billing; role: buyer; last NPS 6 or less; days since they joined: 30 or more; days since their last chat: 3 to 9; days since they were last active: 2; never answered yet; signals: watch.",
    "Limits: at most once in 90 days per person; after “not now” 30 days of rest; 25% of the people, always the same; at most 50 a day, spread over the day; between 10:00 and 11:00 by their own clock; no reminder; expires after 7 days; waits 3 weeks at most to be asked; at any hour of any day.",
  ]);
});

test.each(languages)(
  "the standard schedules and everything that may be said are said in %s",
  (language) => {
    const all = [
      ...standardSchedules.map(({ definition }) => definition),
      makeSchedule(everything),
    ];
    for (const definition of all) {
      const said = describeSchedule(textsFor(language), definition);
      expect(said.length).toBeGreaterThan(2);
      for (const line of said) expect(line).not.toMatch(/[{}]|undefined|schedule\./);
    }
  },
);
