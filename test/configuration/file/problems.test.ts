import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Configuration, SurveyNow } from "../../../src/configuration/configuration.ts";
import { readConfigurationFile } from "../../../src/configuration/file/read-file.ts";
import { knownWhere, nothingSetUp } from "./support.ts";

/** Each as "line:column about field: message (written)". */
function problemsOf(text: string, now: Configuration = nothingSetUp): string[] {
  return readConfigurationFile(text, knownWhere(now)).problems.map(
    ({ line, column, about, field, message, written = "", level }) =>
      `${line}:${column} ${level === "warning" ? "warning " : ""}${about} ${field}: ${message} (${written})`,
  );
}

test("every problem of a file is told at once, where it is and with what may stand there", () => {
  const problems = problemsOf(`version: 1
settings:
  asking:
    frm: "09:00"
    stopped: on
  hours:
    from: "18:00"
    to: 17:00
  digest:
    channel: teams:C1
  promise: nobody
surveys:
  - key: pulse
    trigger: schedule
    metric: nps
    questions:
      - kind: score
        key: score
        metric: nps
        wordng: { en: How likely? }
        wording: { en: "" }
  - key: pulse
    questions: []
schedules:
  - name: weekly
    kind: other
    survey: puls
    trigger: { on: person-joined }
    limits: { hours: { from: "12:00", to: "10:00" } }
roles:
  - { person: eve@acme.example, role: admin }
  - { person: ada@acme.example, role: boss }
  - { connection: slack:T2, group: 123, role: lead }
surveyz: []
`);
  expect(problems).toEqual([
    '4:5 settings asking.frm: there is no "frm" here: did you mean from? (there are days, from, to, stopped) ()',
    "5:14 settings asking.stopped: it must be true or false (on)",
    expect.stringMatching(/^6:3 settings hours: the working day ends after it begins/),
    expect.stringMatching(/^10:14 settings digest.channel: no platform "teams" is connected/),
    expect.stringMatching(/^11:12 settings promise: there is no "nobody"/),
    expect.stringMatching(
      /^20:9 survey pulse questions.0.wordng: there is no "wordng" here: did you mean wording\?/,
    ),
    expect.stringMatching(/^21:24 survey pulse questions.0.wording.en: at least 1/),
    "22:5 survey pulse : the first question is scored by the survey's metric, or a choice without one ()",
    expect.stringMatching(/^22:10 survey pulse key: there are two of this key/),
    expect.stringMatching(/^23:5 survey pulse questions: at least 1/),
    expect.stringMatching(
      /^27:13 schedule weekly survey: there is no survey "puls": did you mean pulse\?/,
    ),
    expect.stringMatching(/^29:43 schedule weekly limits.hours.to: it must be later than 12:00/),
    expect.stringMatching(/^31:15 role number 1 person: nobody is known by that/),
    expect.stringMatching(/^32:39 role number 2 role: there is no "boss"/),
    expect.stringMatching(/^33:36 role number 3 group: it must be a text: write it in quotes/),
    expect.stringMatching(/^34:1 {2}surveyz: there is no "surveyz" here: did you mean surveys\?/),
  ]);
});

const asked = (wording: string) =>
  `[{ key: a, metric: nps, questions: [{ kind: score, key: a, metric: nps, wording: ${wording} }] }]\n`;

const traps: readonly (readonly [what: string, text: string, told: RegExp])[] = [
  ["nothing but comments", "# later\n", /^1:1 .*it is empty: it begins with `version: 1`/],
  ["a list", "- a\n", /^1:1 .*it begins with the line `version: 1`/],
  ["no version", "settings: {}\n", /version: it is missing: write version: 1/],
  ["a version as a text", 'version: "1"\n', /^1:10 .*this aftertalk reads 1/],
  ["a newer version", "version: 2\n", /^1:10 .*this aftertalk reads 1/],
  ["a tab", "version: 1\nsettings:\n\tasking:\n", /^3:1 .*indented with spaces, not with tabs/],
  ["a field twice", "version: 1\nroles: []\nroles: []\n", /^3:1 .*"roles" is here twice/],
  ["two documents", "version: 1\n---\nroles: []\n", /^2:1 .*it is one file/],
  ["YAML 1.1", "%YAML 1.1\n---\nversion: 1\n", /^1:1 .*read as YAML 1.2/],
  ["a tag", "version: 1\nasOf: !!binary aGk=\n", /a word that begins with ! means nothing here/],
  ["an anchor of nothing", "version: 1\nroles: *all\n", /"\*all" repeats nothing/],
  ["an anchor in itself", "version: 1\nroles: &all [*all]\n", /^2:14 .*without end/],
  ["a key that is a list", "version: 1\n? [a]\n: b\n", /^2:3 .*one word/],
  ["no as a truth", "version: 1\nsettings: { alerts: { on: no } }\n", /true or false \(no\)/],
  ["a number as a text", 'version: 1\nsettings: { targets: { nps: "40" } }\n', /targets.nps: .*\(/],
  [
    "an id without quotes",
    "version: 1\nroles: [{ person: 123, role: lead }]\n",
    /write it in quotes/,
  ],
  ["NUL", 'version: 1\nroles: [{ person: "a\\0b", role: lead }]\n', /cannot be kept/],
  [
    "half of a character",
    'version: 1\nsettings: { digest: { channel: "slack:\\ud800" } }\n',
    /kept/,
  ],
  ["a text with a colon", "version: 1\nasOf: a: b\n", /in quotes, or as a block/],
  ["brackets that stay open", "version: 1\nroles: [\n", /not closed/],
  ["a list where settings stand", "version: 1\nsettings: []\n", /^2:1 .*a group of fields/],
  ["settings where a list stands", "version: 1\nsurveys: {}\n", /a list of surveys/],
  ["a time as no time", "version: 1\nasOf: yesterday\n", /aftertalk config export has written/],
  [
    "a time that is no text",
    "version: 1\nsettings: { asking: { from: 900 } }\n",
    /text: a time as 09:00/,
  ],
  ["a truth in quotes", 'version: 1\nsettings: { digest: { on: "true" } }\n', /without quotes/],
  ["days by name", "version: 1\nsettings: { asking: { days: [mon] } }\n", /1 is Monday.* \(mon\)/],
  ["a zone", "version: 1\nsettings: { timeZone: Europe/Pari }\n", /did you mean Europe\/Paris\?/],
  [
    "dots in a name",
    "version: 1\nsettings: { asking.from: '10:00' }\n",
    /asking: with from: in it/,
  ],
  [
    "a length of what",
    "version: 1\nschedules: [{ name: x, kind: other, survey: x, trigger: { on: chat-closed, delay: 15 } }]\n",
    /trigger.delay: a length of time as "15m".* \(15\)/,
  ],
  [
    "a wording without a language",
    `version: 1\nsurveys: ${asked("How likely?")}`,
    /behind their language/,
  ],
  ["a language that is none", `version: 1\nsurveys: ${asked("{ EN: How likely? }")}`, /as en \(/],
  ["a text with a star", "version: 1\nasOf: * 9 * * 1\n", /^2:7 .*is written in quotes/],
  ["a quote that stays open", 'version: 1\nasOf: "2026\n', /no quote at its end/],
  [
    "a group without its id",
    "version: 1\nroles: [{ connection: slack:T1, role: lead }]\n",
    /group: it is missing/,
  ],
  ["__proto__", "version: 1\n__proto__: { a: 1 }\n", /there is no "__proto__" here/],
];

test.each(traps)("a trap of YAML is told in plain words: %s", (_, text, told) => {
  const problems = problemsOf(text);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.join("\n")).toMatch(told);
});

test("anchors that would grow without end are refused before they do", () => {
  const rounds = Array.from(
    { length: 9 },
    (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`,
  );
  const bomb = `version: 1\nl0: &l0 [x]\n${rounds.join("\n")}\n`;
  expect(problemsOf(bomb)).toEqual([expect.stringContaining("an anchor is repeated too often")]);
  const many = `version: 1\nroles: [&a {}, ${"*a, ".repeat(201)}]`;
  expect(problemsOf(many)[0]).toContain("more than 200 repetitions");
});

test("settings whose fields are all comments are no problem, nor is a part that is left out", () => {
  expect(problemsOf("version: 1\nsettings:\n  asking:\n    # from: 09:00\n")).toEqual([]);
  expect(problemsOf("version: 1\nsettings:\n")).toEqual([]);
  expect(problemsOf("version: 1\n")).toEqual([]);
});

test("what a survey measures stays: who was asked would count for another metric", () => {
  const file = (metric: string) => `version: 1
surveys:
  - key: pulse
    trigger: schedule
    metric: ${metric}
    questions: [{ kind: score, key: score, metric: ${metric}, wording: { en: How was it? } }]
`;
  const { filed } = readConfigurationFile(file("nps"), undefined);
  const [survey] = filed?.surveys ?? [];
  const pulse: SurveyNow = {
    ...({ state: "on", trigger: "schedule", version: 1, by: "operator" } as const),
    ...{ at: new Date(0), definition: survey?.definition },
  };
  const now: Configuration = { ...nothingSetUp, surveys: new Map([["pulse", pulse]]) };
  const errorsOf = (metric: string) =>
    problemsOf(file(metric), now).filter((each) => !each.includes(" warning "));
  expect(errorsOf("nps")).toEqual([]);
  expect(errorsOf("csat")).toEqual([
    "5:13 survey pulse metric: it stays nps: a survey that measures something else needs another key (csat)",
  ]);
});

test("a file of the future is refused: it would see no change of anybody", () => {
  const text = "version: 1\nasOf: 2026-11-05T09:00:00.000Z\n";
  const told = (now: string) =>
    readConfigurationFile(text, undefined, { now: new Date(now) }).problems.length;
  expect([told("2026-11-04T10:00:00Z"), told("2026-11-02T10:00:00Z")]).toEqual([0, 1]);
});

test("the example of the documentation is a file", () => {
  const page = readFileSync(new URL("../../../docs/configuration.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const { filed, problems } = readConfigurationFile(example, undefined);
  expect(problems.filter(({ level }) => level === "error")).toEqual([]);
  expect(filed).toMatchObject({ surveys: [{ key: "pulse" }], schedules: [{ state: "on" }] });
});
