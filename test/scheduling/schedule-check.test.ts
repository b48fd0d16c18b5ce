import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages, textsFor } from "../../src/locales/index.ts";
import { sayProblem, sayScheduleField } from "../../src/scheduling/definition/say-problem.ts";
import { checkSchedule, type ScheduleInput } from "../../src/scheduling/definition/schedule.ts";
import { checkMeaning } from "../../src/scheduling/definition/schedule-check.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";

const surveys = [
  ...["chat-nps", "still-solved", "onboarding-ces", "relationship-nps", "churn-check-in", "exit"],
];

/** Every problem as "path: message"; each can be said in every language. */
function problemsOf(written: unknown): string[] {
  const checked = checkSchedule(written);
  const found =
    "problems" in checked ? checked.problems : checkMeaning(checked.definition, { surveys });
  for (const each of found) {
    for (const language of languages) {
      const texts = textsFor(language);
      const said = `${sayScheduleField(texts, each.path)}: ${sayProblem(texts, each)}`;
      expect(said, each.message).toMatch(/^.+: ./su);
    }
  }
  return found.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
}

const good: ScheduleInput = {
  name: "pulse",
  kind: "other",
  survey: "relationship-nps",
  trigger: { on: "cron", cron: "0 9 * * 1", timeZone: "Europe/Paris" },
};

test("the standard schedules and a plain one have nothing wrong with them", () => {
  for (const { definition } of standardSchedules) expect(problemsOf(definition)).toEqual([]);
  expect(problemsOf(good)).toEqual([]);
});

describe("a schedule of another shape", () => {
  const all = "(there are buyer, user)";
  test.each<[string, unknown, string[]]>([
    ["is no schedule", 5, [": it must be a group of fields"]],
    [
      "has fields that there are not",
      { ...good, sruvey: "x" },
      [
        'sruvey: there is no "sruvey" here: did you mean survey? (there are name, kind, survey, steps, repeatAfter, trigger, audience, limits)',
      ],
    ],
    [
      "has fields of another trigger",
      { ...good, trigger: { on: "person-joined", dely: "3d" } },
      ['trigger.dely: there is no "dely" here: did you mean delay? (there are on, delay)'],
    ],
    [
      "names what there is not",
      { ...good, audience: { accountRole: "byer" } },
      [`audience.accountRole: there is no "byer": did you mean buyer? ${all}`],
    ],
    [
      "lacks what it is about",
      { name: "a", kind: "other", trigger: { on: "person-joined" } },
      ["survey: either `survey` or `steps`"],
    ],
    ["lacks its name", { ...good, name: undefined }, ["name: it is missing: a text"]],
    [
      "says how long in words",
      { ...good, limits: { expireAfter: "a week" } },
      ['limits.expireAfter: a length of time as "15m", "4h", "30d" or "2w"'],
    ],
    [
      "goes beyond what there is",
      { ...good, limits: { sample: 2, perDay: 0 } },
      ["limits.sample: at most 1", "limits.perDay: more than 0"],
    ],
    [
      "has an empty list or range",
      { ...good, audience: { tags: [], daysSinceJoined: {} } },
      [
        "audience.tags: at least 1 in the list",
        "audience.daysSinceJoined: `min`, `max`, or both with `min` not above `max`",
      ],
    ],
    [
      "repeats without steps",
      { ...good, repeatAfter: "30d" },
      ["repeatAfter: only a schedule with `steps` repeats"],
    ],
  ])("%s", (_, written, problems) => {
    expect(problemsOf(written)).toEqual(problems);
  });

  test("is told with every trigger that there is", () => {
    const [problem] = problemsOf({ ...good, trigger: { on: "chat-close" } });
    expect(problem).toMatch(
      /^trigger\.on: there is no "chat-close": did you mean chat-closed\? \(there are .*cron\)$/,
    );
  });
});

describe("a schedule that makes no sense", () => {
  const left = { on: "person-left" } as const;
  test.each<[string, Partial<ScheduleInput>, string[]]>([
    [
      "asks a survey that there is not",
      { survey: "relationship-npz" },
      [
        `survey: there is no survey "relationship-npz": did you mean relationship-nps? (there are ${surveys.join(", ")})`,
      ],
    ],
    [
      "asks about a chat without one",
      { survey: "after-chat" },
      ["survey: after-chat asks about a chat: use it with kind: chat, or name another survey"],
    ],
    [
      "is of the kind of another trigger",
      { kind: "chat" },
      ["kind: a schedule of kind chat asks one survey, on: chat-closed; else use kind: other"],
    ],
    [
      "asks those who left for no reason to leave",
      { trigger: left },
      ["kind: whoever left is only asked by schedules of kind exit: use kind: exit"],
    ],
    [
      "has scores that the metric has not",
      {
        trigger: { on: "answer-given", metric: "csat", from: 0, to: 3 },
        audience: { lastScore: { metric: "nps", max: 11 } },
      },
      [
        "trigger.from: scores of csat go from 1 to 5",
        "audience.lastScore.max: scores of nps go from 0 to 10",
      ],
    ],
    [
      "has its scores the wrong way round",
      {
        trigger: { on: "answer-given", metric: "nps", from: 6, to: 0 },
      },
      ["trigger.to: to must not be below from (6)"],
    ],
    [
      "is before and after a date",
      {
        trigger: { on: "date", date: "renewal", before: "30d", delay: "1d" },
      },
      ["trigger.delay: either before or delay, not both"],
    ],
    [
      "speaks no language",
      { audience: { languages: ["en", "klingon!"] } },
      ['audience.languages.1: "klingon!" is no language; it looks like en, pt-BR or zh-Hant'],
    ],
    [
      "reminds of what is over",
      { limits: { remindAfter: "7d" } },
      ["limits.remindAfter: remind before it expires (7d), or write null for no reminder"],
    ],
    [
      "has no time at all",
      { limits: { expireAfter: "0m", waitAtMost: "0h" } },
      [
        "limits.expireAfter: nobody could answer: more than 0",
        "limits.waitAtMost: nobody would be asked: more than 0",
      ],
    ],
  ])("%s", (_, change, problems) => {
    expect(problemsOf({ ...good, ...change })).toEqual(problems);
  });

  test("free of the cap is only what asks about a chat", () => {
    const [problem] = problemsOf({ ...good, kind: "still-solved" });
    expect(problem).toMatch(
      /^kind: still-solved is free of the cap because .* else use kind: other$/,
    );
  });

  test("a programme names the step, and does not go round in a circle at once", () => {
    const { survey, ...rest } = good;
    const steps = [{ survey: survey ?? "" }, { survey: "nobody-knows", after: "60d" }];
    const [unknown, circle] = problemsOf({ ...rest, steps, repeatAfter: "0d" });
    expect(unknown).toMatch(/^steps\.1\.survey: there is no survey "nobody-knows": there are /);
    expect(circle).toBe("repeatAfter: at least 1d");
  });
});

test("S14 a time zone or a time that is none is rejected, whatever it is", () => {
  const cron = (trigger: object) => problemsOf({ ...good, trigger: { on: "cron", ...trigger } });
  expect(cron({ cron: "0 9 * * 1", timeZone: "Europe/Pariss" })).toEqual([
    'trigger.timeZone: "Europe/Pariss" is not a time zone; it looks like Europe/Berlin',
  ]);
  expect(cron({ cron: "0 9 * * 1", timeZone: "+02:00" })[0]).toMatch(/^trigger\.timeZone: /);
  for (const wrong of [
    "0 9 * * 1 *",
    "* * * * * *",
    "at nine o'clock",
    "61 9 * * 1",
    "0 0 30 2 *",
  ]) {
    expect(cron({ cron: wrong })[0], wrong).toMatch(/^trigger\.cron: /);
  }
  fc.assert(
    fc.property(fc.string({ minLength: 9, maxLength: 100 }), fc.string(), (text, zone) => {
      expect(Array.isArray(cron({ cron: text, timeZone: zone }))).toBe(true);
    }),
  );
});

test("hours of the day have to be some in which the workspace asks", () => {
  const asking = { from: "09:00", to: "17:00" };
  const hours = (limits: object) => {
    const checked = checkSchedule({ ...good, limits });
    if ("problems" in checked) return checked.problems.map(({ message }) => message);
    return checkMeaning(checked.definition, { surveys, asking }).map(({ message }) => message);
  };
  expect(hours({ hours: { from: "10:00" } })).toEqual([]);
  expect(hours({ hours: { from: "16:30", to: "20:00" } })).toEqual([]);
  expect(hours({ hours: { from: "17:00" } })[0]).toMatch(
    /^nobody is asked then: .* 09:00 to 17:00/,
  );
  expect(hours({ hours: { from: "12:00", to: "10:00" } })[0]).toMatch(
    /^it must be later than 12:00/,
  );
  expect(hours({ hours: { from: "10:00" }, anyHour: true })[0]).toMatch(/^either anyHour or hours/);
  expect(hours({ hours: { from: "ten" } })[0]).toBe('a time of the day as "09:30"');
});

test("whatever is written is a schedule or has a problem that can be told", () => {
  const field = fc.constantFrom(
    "name",
    "kind",
    "survey",
    "steps",
    "trigger",
    "audience",
    "limits",
    "on",
  );
  const anything = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, 1, "cron", "chat-closed", "nps", "3d", true),
      fc.dictionary(field, tie("node")),
      fc.array(tie("node"), { maxLength: 2 }),
    ),
  })).node;
  fc.assert(
    fc.property(anything, (written) => {
      const problems = problemsOf(written);
      for (const each of problems) expect(each.split(": ").slice(1).join(": ")).not.toBe("");
    }),
  );
});
