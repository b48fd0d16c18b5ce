import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  checkSchedule,
  type Schedule,
  type ScheduleDefinition,
  type ScheduleInput,
} from "../../src/scheduling/definition/schedule.ts";
import { diffSchedules } from "../../src/scheduling/definition/schedule-diff.ts";
import { readScheduleFile } from "../../src/scheduling/definition/schedule-file.ts";
import { writeScheduleFile } from "../../src/scheduling/definition/schedule-file-write.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";

const surveys = [
  ...["pulse", "still-solved", "onboarding-ces", "relationship-nps", "churn-check-in", "exit"],
  ...[
    "on",
    "null",
    "~",
    "1e3",
    "0x1F",
    "# no",
    "a: b",
    "- x",
    "[",
    "&a",
    "*a",
    "!!str",
    "жук",
    "it's",
  ],
];

/** Each as "line:column schedule field: message". */
function problemsOf(text: string): string[] {
  const read = readScheduleFile(text, { surveys });
  if (!("problems" in read)) return [];
  return read.problems.map(
    ({ line, column, schedule = "", field, message }) =>
      `${line}:${column} ${schedule} ${field}: ${message}`,
  );
}

test("every problem of a file is told at once, where it is and with what may stand there", () => {
  const problems = problemsOf(`schedules:
  - name: pulse
    kind: othr
    survey: pulse
    trigger:
      on: cron
      cron: 0 9 * * 1
      timezone: Europe/Paris
  - name: gone
    state: off
    kind: exit
    survey: exi
    trigger: { on: person-left, delay: soon }
    limits: { sample: 7 }
  - name: gone
    kind: other
    survey: exi
    trigger: { on: person-joined }
`);
  expect(problems).toEqual([
    '3:11 pulse kind: there is no "othr": did you mean other? (there are exit, chat, still-solved, churn, onboarding, relationship, other)',
    '8:7 pulse trigger.timezone: there is no "timezone" here: did you mean timeZone? (there are on, cron, timeZone, missed)',
    "10:12 gone state: it must be one of on, paused, archived",
    '13:40 gone trigger.delay: a length of time as "15m", "4h", "30d" or "2w"',
    "14:23 gone limits.sample: at most 1",
    "15:11 gone name: there are two of this name: give one another name",
    expect.stringMatching(/^17:13 gone survey: there is no survey "exi": did you mean exit\?/),
  ]);
});

test("what is no file of schedules is told so", () => {
  expect(problemsOf("")[0]).toBe("1:1  : a file of schedules begins with the line `schedules:`");
  expect(problemsOf("schedules: 5")[0]).toMatch(/^1:12 {2}schedules: it must be a list/);
  expect(problemsOf("schedule: []\nschedules: []")[0]).toBe(
    '1:1  schedule: there is no "schedule" here: did you mean schedules? (there is schedules)',
  );
  expect(problemsOf("schedules:\n  - pulse")[0]).toMatch(/^2:5 number 1 : a schedule begins/);
  expect(problemsOf("schedules:\n - name: a\n   name: b")[0]).toMatch(/^3:4 .*unique/i);
  expect(problemsOf("schedules:\n\t- name: a")[0]).toMatch(/^2:1 /);
});

test("anchors that would grow without end are refused", () => {
  const rounds = Array.from(
    { length: 9 },
    (_, n) => `l${n + 1}: &l${n + 1} [${"*l".concat(String(n), ", ").repeat(9)}]`,
  );
  const bomb = `l0: &l0 [x]\n${rounds.join("\n")}\nschedules: []`;
  expect(problemsOf(bomb)).toEqual(["1:1  : an anchor is repeated too often"]);
});

test("N1 what no database keeps, lists without end and schedules that fire all the time are refused", () => {
  const file = (more: string, trigger = "on: person-joined") =>
    `schedules:\n- name: x\n  kind: other\n  survey: pulse\n  trigger: { ${trigger} }\n  ${more}`;
  const wrong = "it has a character that cannot be kept";
  for (const text of ["a\\0b", "a\0b", "a\\ud800"]) {
    const problems = problemsOf(file(`audience: { accounts: ["${text}"] }`));
    expect(problems).toEqual([`6:26 x audience.accounts.0: ${wrong}`]);
  }
  expect(problemsOf(file("", 'on: date, date: "a\\0"'))).toEqual([`5:30 x trigger.date: ${wrong}`]);
  const many = Array.from({ length: 1001 }, (_, n) => `a${n}`).join(", ");
  expect(problemsOf(file(`audience: { tags: [${many}] }`))[0]).toContain("at most 1000");
  for (const cron of ["* * * * *", "*/10 9 * * 1", "0,1 0 1 1 *"]) {
    const [problem] = problemsOf(file("", `on: cron, cron: "${cron}"`));
    expect(problem).toContain("several times an hour");
  }
  expect(problemsOf(file("", 'on: cron, cron: "0 * * * *"'))).toEqual([]);
  for (const key of ["__proto__", "constructor"]) {
    expect(problemsOf(file(`${key}: { name: y }`))[0]).toContain(`there is no "${key}" here`);
  }
});

const length = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom("m", "h", "d", "w"))
  .map(([n, unit]) => `${n}${unit}`);
const words = fc.array(fc.string({ minLength: 1, unit: "grapheme" }), {
  minLength: 1,
  maxLength: 3,
});
const days = fc.record({ min: fc.integer({ min: 0, max: 9 }) });
const some = <T>(all: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(all, { requiredKeys: [] });
const audience = some({
  ...{ accounts: words, plans: words, tags: words, teams: words },
  ...{
    accountRole: fc.constantFrom("buyer" as const, "user" as const),
    languages: fc.constant(["en", "no"]),
  },
  ...{
    daysSinceJoined: days,
    neverAnswered: fc.boolean(),
    signals: fc.constantFrom("watch" as const),
  },
  lastScore: fc.record({
    metric: fc.constant("nps" as const),
    max: fc.integer({ min: 0, max: 10 }),
  }),
});
const trigger: fc.Arbitrary<ScheduleInput["trigger"]> = fc.oneof(
  fc.record({ on: fc.constant("chat-closed" as const), delay: length, teams: words }),
  fc.constant({ on: "person-joined" as const }),
  fc.record({
    on: fc.constant("date" as const),
    date: fc.string({ minLength: 1, maxLength: 40 }),
    before: length,
  }),
  fc.record({
    on: fc.constant("cron" as const),
    cron: fc.constantFrom("0 9 * * 1", "15 * * * *"),
    timeZone: fc.constantFrom("Europe/Paris", "UTC"),
    missed: fc.constantFrom("catch-up" as const, "skip" as const),
  }),
);
const someLimits = {
  ...{
    every: length,
    rest: length,
    sample: fc.constantFrom(0.1, 1 / 3, 1),
    perDay: fc.integer({ min: 1, max: 99 }),
  },
  remindAfter: fc.constantFrom(null, "1h"),
};
const limits = fc.oneof(
  some({ ...someLimits, anyHour: fc.boolean() }),
  some({
    ...someLimits,
    hours: fc.constantFrom({ from: "10:00" }, { from: "09:30", to: "12:00" }),
  }),
);
const survey = fc.constantFrom(...surveys);
const asked = fc.oneof(
  fc.record({ survey }),
  fc.record({
    steps: fc.array(fc.record({ survey, after: length }), { minLength: 1, maxLength: 3 }),
    repeatAfter: fc.constant("3d"),
  }),
);
const definitions: fc.Arbitrary<ScheduleDefinition[]> = fc
  .array(fc.tuple(asked, trigger, audience, limits), { maxLength: 3 })
  .map((all) =>
    all.flatMap(([what, when, whom, within], n) => {
      const checked = checkSchedule({
        name: `s-${n}`,
        kind: "other",
        ...what,
        trigger: when,
        audience: whom,
        limits: within,
      });
      return "definition" in checked ? [checked.definition] : [];
    }),
  );

test("what was written is read again as it was, whatever the words in it", () => {
  let told = 0;
  fc.assert(
    fc.property(definitions, fc.constantFrom("on", "paused", "archived"), (all, state) => {
      const schedules = all.map((definition) => ({ definition, state }));
      const text = writeScheduleFile(schedules);
      expect(readScheduleFile(text, { surveys }), text).toEqual({ schedules });
      const there = all.map((definition) => kept(definition, state));
      expect(diffSchedules(there, schedules, { prune: true })).toEqual({ changes: [], left: [] });
      told += all.length;
    }),
  );
  expect(told).toBeGreaterThan(50);
});

test("the file of the standard schedules can be read by people", () => {
  const schedules = standardSchedules.map(({ definition, on }) => ({
    ...{ definition, state: on ? ("on" as const) : ("paused" as const) },
  }));
  const text = writeScheduleFile(schedules);
  expect(text).toContain(`
  # Asks “after-chat” 15 minutes after a chat is closed.
  # Whom: every customer.
  # Limits: one reminder after 2 days; expires after 7 days.
  - name: after-chat
    state: on
    kind: chat
    survey: after-chat
    trigger:
      on: chat-closed
      delay: 15m
    limits:
      remindAfter: 2d
      expireAfter: 7d
`);
  expect(parse(text)).toMatchObject({ schedules: { length: 7 } });
});

test("the examples of the documentation are a file", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../docs/schedules.md"), "utf8");
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const read = readScheduleFile(example, { surveys });
  expect(read).toMatchObject({ schedules: { length: 3 } });
});

const kept = (definition: ScheduleDefinition, state: Schedule["state"]): Schedule => ({
  ...{ id: definition.name, version: 1, state, onSince: null, nextAt: null, definition },
});

test("a difference names each field, what is new, what is switched and what is missing", () => {
  const [afterChat, stillSolved] = standardSchedules.map(({ definition }) => definition);
  if (afterChat === undefined || stillSolved === undefined)
    throw new Error("no standard schedules");
  const current = [kept(afterChat, "on"), kept(stillSolved, "paused")];
  const changed: ScheduleDefinition = {
    ...{ ...afterChat, trigger: { on: "chat-closed", delay: "1h" }, audience: { tags: ["vip"] } },
    limits: { ...afterChat.limits, remindAfter: null },
  };
  const file = [{ definition: changed, state: undefined }];
  expect(diffSchedules(current, file, { prune: false })).toEqual({
    left: ["still-solved"],
    changes: [
      {
        ...{ name: "after-chat", isNew: false, definition: changed, state: undefined },
        fields: [
          { field: "trigger.delay", from: "15m", to: "1h" },
          { field: "audience.tags", to: ["vip"] },
          { field: "limits.remindAfter", from: "2d", to: null },
        ],
      },
    ],
  });
  const pruned = diffSchedules(current, [], { prune: true });
  expect(pruned.changes.map(({ name, state }) => [name, state?.to])).toEqual([
    ["after-chat", "archived"],
    ["still-solved", "archived"],
  ]);
  const same = current.map(({ definition, state }) => ({ definition, state }));
  expect(diffSchedules(current, same, { prune: true })).toEqual({ changes: [], left: [] });
});
