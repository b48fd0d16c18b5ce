import { expect, test } from "vitest";
import { sayItem } from "../../../src/admin/setup/proposal.ts";
import { type Change, needsApproval } from "../../../src/configuration/change.ts";
import {
  type Configuration,
  changed,
  conflictsOf,
  type SurveyNow,
} from "../../../src/configuration/configuration.ts";
import {
  goals,
  markets,
  noAnswers,
  type SetupAnswers,
} from "../../../src/configuration/setup/answers.ts";
import { propose } from "../../../src/configuration/setup/propose.ts";
import { MANY_CHATS, reasons, SOME_JOIN } from "../../../src/configuration/setup/recommended.ts";
import { languages, textsFor } from "../../../src/locales/index.ts";
import { checkSchedule } from "../../../src/scheduling/definition/schedule.ts";
import { standardSchedules } from "../../../src/scheduling/definition/standard-schedules.ts";
import { defaultSettings, flatten } from "../../../src/store/settings.ts";
import { standardSurveys } from "../../../src/surveys/standard.ts";
import { readDefinition } from "../../../src/surveys/survey.ts";

const kept = { version: 1, by: "aftertalk", at: new Date(0) };

/** As a workspace is at its start. */
const fresh: Configuration = {
  settings: flatten(defaultSettings),
  surveys: new Map(
    standardSurveys("Acme").map(({ key, trigger, definition }, index): [string, SurveyNow] => {
      const state = index === 0 || trigger !== "chat" ? "on" : "paused";
      return [key, { ...kept, state, trigger, definition }];
    }),
  ),
  schedules: new Map(
    standardSchedules.map(({ definition, on }) => {
      return [definition.name, { ...kept, state: on ? "on" : "paused", definition }] as const;
    }),
  ),
  grants: new Map(),
};
/** Nothing of ours is there. */
const bare: Configuration = { ...fresh, surveys: new Map(), schedules: new Map() };
/** Somebody put everything away. */
const archived: Configuration = {
  ...fresh,
  surveys: new Map([...fresh.surveys].map(([key, it]) => [key, { ...it, state: "archived" }])),
  schedules: new Map([...fresh.schedules].map(([key, it]) => [key, { ...it, state: "archived" }])),
};

const quiet = { chats: 0, joined: 0, accounts: 0 };
const busy = { chats: MANY_CHATS, joined: SOME_JOIN, accounts: 1 };
const subsets = Array.from({ length: 2 ** goals.length }, (_, bits) =>
  goals.filter((_goal, index) => (bits >> index) % 2 === 1),
);
const wishes: SetupAnswers = {
  ...noAnswers,
  roles: [{ subject: { kind: "person", personId: "p1" }, name: "Dana", role: "lead" }],
  settings: { timeZone: "Europe/Berlin", "hours.from": "08:00" },
};

const answer = (some: Partial<SetupAnswers>) => ({ ...noAnswers, ...some });
const proposed = (now: Configuration, answers: SetupAnswers, facts = quiet) =>
  propose({ now, answers, facts, company: "Acme" });
const after = (now: Configuration, changes: readonly { change: Change }[]) =>
  changes.map(({ change }) => change).reduce(changed, now);
const schedulesOn = ({ schedules }: Configuration) =>
  [...schedules].flatMap(([name, { state }]) => (state === "on" ? name : []));
const asked = ({ surveys }: Configuration) =>
  [...surveys].flatMap(([key, { state, trigger }]) =>
    state === "on" && trigger === "chat" ? key : [],
  );

/** What the issue of the market alone is: after chats, and what stands beside it. */
const beside = {
  choice: { afterChats: ["chat-csat", "chat-ces"], schedule: "relationship" },
  "little-choice": { afterChats: ["chat-csat"], schedule: "relationship" },
  colleagues: { afterChats: ["chat-ces"], schedule: "still-solved" },
} as const;

const situations = [fresh, bare, archived].flatMap((now) =>
  (now === fresh ? subsets : [[], [...goals]]).flatMap((set) =>
    markets.flatMap((market) =>
      [quiet, busy].map((facts) => ({ now, facts, answers: { ...wishes, goals: set, market } })),
    ),
  ),
);

function isWhole(change: Change): boolean {
  if (change.kind === "survey") return readDefinition(change.definition) !== undefined;
  if (change.kind === "schedule") return "definition" in checkSchedule(change.definition);
  return true;
}

/** Keys of what the schedules that are on ask, which is to be there and on. */
function unaskable(then: Configuration): string[] {
  const keys = schedulesOn(then).flatMap((name) => {
    const { steps, survey = "" } = then.schedules.get(name)?.definition ?? {};
    return steps?.map((step) => step.survey) ?? [survey];
  });
  return keys.filter((key) => key !== "after-chat" && then.surveys.get(key)?.state !== "on");
}

test("whatever is answered, what is proposed can be made, works, and has one reason each", () => {
  for (const { now, answers, facts } of situations) {
    const { changes, items } = proposed(now, answers, facts);
    const all = changes.map(({ change }) => change);
    expect(conflictsOf(now, all)).toEqual([]);
    expect(all.every(isWhole)).toBe(true);
    expect(changes.every(({ why }) => reasons.includes(why))).toBe(true);
    const then = after(now, changes);
    const { afterChats, schedule } = beside[answers.market];
    expect(asked(then)).toHaveLength(1);
    expect(afterChats).toEqual(expect.arrayContaining(asked(then)));
    expect(schedulesOn(then)).toContain(schedule);
    expect(unaskable(then)).toEqual([]);
    expect(schedulesOn(then)).toEqual(expect.arrayContaining(schedulesOn(now)));
    const shown = items.flatMap(({ kind, name }) => (kind === "schedule" ? name : []));
    expect(shown.sort()).toEqual(schedulesOn(then).sort());
    // Asked once more, everything is as it would be.
    expect(proposed(then, answers, facts).changes).toEqual([]);
  }
});

test("each thing of each proposal has its name and its reason in every language", () => {
  const said = new Map(languages.map((language) => [language, new Set<string>()] as const));
  for (const { now, answers, facts } of situations) {
    const { items } = proposed(now, answers, facts);
    for (const [language, rows] of said)
      for (const item of items) rows.add(sayItem(textsFor(language), item, now).join(" — "));
  }
  const all = [...said.values()].flatMap((rows) => [...rows]);
  expect(all.filter((row) => /\b(setup|metric|item)\.|undefined|^ —|— $/u.test(row))).toEqual([]);
  // As many in each language: none says two things in the same words.
  expect(new Set([...said.values()].map(({ size }) => size)).size).toBe(1);
});

test("where customers choose NPS is the goal, with CSAT or CES after chats", () => {
  const choice = { market: "choice" } as const;
  const satisfied = after(
    fresh,
    proposed(fresh, answer({ ...choice, goals: ["loyalty"] })).changes,
  );
  expect([asked(satisfied), schedulesOn(satisfied)]).toEqual([
    ["chat-csat"],
    ["after-chat", "relationship"],
  ]);
  const effort = after(fresh, proposed(fresh, answer({ ...choice, goals: ["effort"] })).changes);
  expect(asked(effort)).toEqual(["chat-ces"]);
});

test("with little choice effort is asked at the start and not in the place of CSAT", () => {
  const { items } = proposed(fresh, answer({ market: "little-choice", goals: ["effort"] }));
  expect(items.map(({ name, why }) => [name, why])).toEqual([
    ["chat-csat", "csat-first"],
    ["after-chat", "chats-are-asked-about"],
    ["relationship", "nps-beside-it"],
    ["onboarding", "effort-at-the-start"],
  ]);
});

test("with little choice CSAT is first and NPS beside it", () => {
  const { changes, items } = proposed(
    fresh,
    answer({ market: "little-choice", goals: ["satisfaction"] }),
  );
  expect(asked(after(fresh, changes))).toEqual(["chat-csat"]);
  expect(items.map(({ name, why }) => [name, why])).toEqual([
    ["chat-csat", "csat-first"],
    ["after-chat", "chats-are-asked-about"],
    ["relationship", "nps-beside-it"],
  ]);
});

test("a service desk asks CES after chats and whether it stayed solved", () => {
  const { changes } = proposed(fresh, answer({ market: "colleagues", goals: ["satisfaction"] }));
  const then = after(fresh, changes);
  expect([asked(then), schedulesOn(then)]).toEqual([["chat-ces"], ["after-chat", "still-solved"]]);
});

test("whoever wants to know why people leave gets the check-in and the exit survey", () => {
  const leaving = answer({ market: "colleagues", goals: ["leaving"] });
  const then = after(fresh, proposed(fresh, leaving, busy).changes);
  expect(schedulesOn(then)).toEqual([
    ...["after-chat", "still-solved", "onboarding", "churn-check-in", "exit", "account-exit"],
  ]);
});

test("what somebody chose stays on, and what it is about is not asked twice", () => {
  const own = { ...standardSchedules[3]?.definition, name: "our-nps" };
  const read = checkSchedule(own);
  if (!("definition" in read)) throw new Error("it is a schedule");
  const ours = { ...kept, state: "on", definition: read.definition } as const;
  const now = { ...fresh, schedules: new Map(fresh.schedules).set("our-nps", ours) };
  const { changes, items } = proposed(now, answer({ market: "choice", goals: ["satisfaction"] }));
  expect(schedulesOn(after(now, changes))).toEqual(["after-chat", "our-nps"]);
  expect(items).toContainEqual(
    expect.objectContaining({ name: "our-nps", how: "stays", why: "nps-is-the-goal" }),
  );
  const desk = proposed(now, answer({ market: "colleagues", goals: ["effort"] }));
  expect(desk.items).toContainEqual({ kind: "schedule", name: "our-nps", how: "kept" });
});

test("a survey that a schedule of somebody's own asks after chats keeps its place", () => {
  const read = checkSchedule({
    ...standardSchedules[0]?.definition,
    name: "ours",
    survey: "chat-nps",
  });
  if (!("definition" in read)) throw new Error("it is a schedule");
  const ours = { ...kept, state: "on", definition: read.definition } as const;
  const now = { ...fresh, schedules: new Map([["ours", ours]]) };
  const { changes, items } = proposed(now, answer({ market: "choice", goals: ["satisfaction"] }));
  expect(asked(after(now, changes))).toEqual(["chat-nps"]);
  expect(items[0]).toEqual({ kind: "survey", name: "chat-nps", how: "kept" });
});

test("a survey after chats in the place of another says so", () => {
  const { changes, items } = proposed(fresh, answer({ market: "choice", goals: ["satisfaction"] }));
  expect(items[0]).toMatchObject({ name: "chat-csat", how: "new", insteadOf: "chat-nps" });
  expect(needsApproval(changes.map(({ change }) => change))).toBe(true);
});
