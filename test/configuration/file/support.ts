/** Random configurations, as odd as they may be. */
import fc from "fast-check";
import type { Subject } from "../../../src/configuration/change.ts";
import { type Configuration, subjectKey } from "../../../src/configuration/configuration.ts";
import type { KnownToFile } from "../../../src/configuration/file/filed.ts";
import { makeSchedule } from "../../../src/scheduling/definition/schedule.ts";
import { defaultSettings, flatten } from "../../../src/store/settings.ts";
import { type SurveyDefinition, surveySchema } from "../../../src/surveys/survey.ts";

const usual = flatten(defaultSettings);
const at = new Date("2026-11-02T09:00:00Z");
const kept = { version: 1, by: "operator", at };

/** What a writer of YAML could trip over. */
const odd = [
  ...[
    "on",
    "no",
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
    "it's",
  ],
  ...[
    "a\nb",
    " lead",
    "trail ",
    "a\n\n  b\n",
    "\ttab",
    "a\n \nb",
    '"quoted"',
    "%YAML",
    "---",
    "a #b",
  ],
  ...[
    "x\u2028y",
    "x\u0085y",
    "\uFEFFx",
    "a\r\nb",
    "жук",
    "零",
    "👩‍👩‍👧",
    "é",
    "{company}",
    "a\n# b: c",
  ],
];
const words = fc.oneof(
  fc.constantFrom(...odd),
  fc
    .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
    .filter((text) => text.isWellFormed() && !text.includes("\0")),
);
const wording = fc.record(
  { en: words, ru: words, "zh-Hans": words, "zh-Hant": words },
  { requiredKeys: ["en"] },
);
const levels = fc.record({ high: wording, middle: wording, low: wording });
const survey: fc.Arbitrary<SurveyDefinition> = fc
  .oneof(
    fc.record({ score: wording, why: levels, thanks: fc.option(levels, { nil: undefined }) }).map(
      ({ score, why, thanks }): SurveyDefinition => ({
        metric: "nps",
        questions: [
          { kind: "score", key: "score", metric: "nps", wording: score },
          { kind: "open", key: "why", wordings: why, unlessHigh: true },
        ],
        ...(thanks === undefined ? { cases: false } : { thanks }),
      }),
    ),
    fc.tuple(wording, wording, wording).map(
      ([asked, one, other]): SurveyDefinition => ({
        questions: [
          {
            ...{ kind: "choice", key: "reason", wording: asked, order: "shuffled" },
            options: [
              { key: "one", wording: one, level: "high" },
              { key: "other", wording: other },
            ],
          },
        ],
      }),
    ),
  )
  .map((made) => surveySchema.parse(made));
const settings = fc
  .record(
    {
      timeZone: fc.constantFrom("UTC", "Asia/Kolkata"),
      promise: fc.constantFrom("named", "totals"),
      "asking.from": fc.constantFrom("07:30", "09:00"),
      "asking.stopped": fc.boolean(),
      "hours.holidays": fc.constantFrom([], ["12-25", "2026-05-01"]),
      "targets.nps": fc.constantFrom(null, -20, 40.5),
      "churn.points": fc.constantFrom(null, { silent: 2 }),
      "digest.channel": fc.constantFrom(null, "slack:C1"),
    },
    { requiredKeys: [] },
  )
  .map((some) => ({ ...usual, ...some }));

type Kept<K extends "surveys" | "schedules"> =
  Configuration[K] extends ReadonlyMap<string, infer V> ? V : never;

const surveys = fc
  .uniqueArray(fc.constantFrom("chat-a", "chat-b", "pulse-a", "pulse-b", "pulse-c"))
  .chain((keys) =>
    fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), survey, fc.boolean()))).map((all) => {
      const firstOn = all.find(([key, , on]) => on && key.startsWith("chat-"))?.[0];
      return new Map(
        all.map(([key, definition, on]): [string, Kept<"surveys">] => {
          const trigger = key.startsWith("chat-") ? "chat" : "schedule";
          const isOn = trigger === "chat" ? key === firstOn : on;
          return [key, { ...kept, definition, trigger, state: isOn ? "on" : "paused" }];
        }),
      );
    }),
  );

const schedulesOf = (keys: readonly string[]) =>
  keys.length === 0
    ? fc.constant(new Map<string, Kept<"schedules">>())
    : fc
        .uniqueArray(
          fc.record({
            name: fc.constantFrom("s-a", "s-b", "s-c"),
            survey: fc.constantFrom(...keys),
            on: fc.boolean(),
            cron: fc.boolean(),
            tags: fc.option(fc.array(words, { minLength: 1, maxLength: 2 }), { nil: undefined }),
            remindAfter: fc.constantFrom(null, "2d"),
          }),
          { selector: ({ name }) => name },
        )
        .map(
          (all) =>
            new Map(
              all.map(({ name, survey: asked, on, cron, tags, remindAfter }) => {
                const definition = makeSchedule({
                  ...{ name, kind: "other", survey: asked, limits: { remindAfter } },
                  trigger: cron
                    ? { on: "cron", cron: "0 9 * * 1", timeZone: "Europe/Paris" }
                    : { on: "person-joined", delay: "3d" },
                  ...(tags === undefined ? {} : { audience: { tags } }),
                });
                return [name, { ...kept, definition, state: on ? "on" : "paused" }] as const;
              }),
            ),
        );

const people = ["ada", "bob"];
const subjects: readonly Subject[] = [
  ...people.map((personId): Subject => ({ kind: "person", personId })),
  { kind: "group", connectionId: "c", groupId: "197038439483310086", label: "Team: no" },
  { kind: "group", connectionId: "c", groupId: "S1", label: "" },
];
const grants = fc
  .array(fc.tuple(fc.constantFrom(...subjects), fc.constantFrom("lead" as const, "admin" as const)))
  .map((all) => new Map(all.map(([subject, role]) => [subjectKey(subject), { subject, role }])));

/** Anything that admins could have set up. */
export const configurations: fc.Arbitrary<Configuration> = fc
  .tuple(settings, surveys, grants)
  .chain(([set, asked, granted]) =>
    schedulesOf([...asked.keys()]).map((schedules) => ({
      ...{ settings: set, surveys: asked, schedules, grants: granted },
    })),
  );

export const names = {
  people: new Map(
    people.map((id) => [id, { written: `${id}@acme.example`, called: `${id}\n- role: admin` }]),
  ),
  connections: new Map([["c", "slack:T1"]]),
};

/** What is known where `now` is set up. */
export function knownWhere(now: Configuration): KnownToFile {
  return {
    now,
    company: "Acme",
    connections: new Map([["slack:T1", { id: "c" }]]),
    people: new Map(people.map((id) => [`${id}@acme.example`, [{ personId: id, ids: [id] }]])),
  };
}

export const nothingSetUp: Configuration = {
  ...{ settings: usual, surveys: new Map(), schedules: new Map(), grants: new Map() },
};
