import { describe, expect, test } from "vitest";
import { outlineMessage as onDiscord } from "../../../adapters/discord/outline.ts";
import { outlineMessage as onSlack } from "../../../adapters/slack/outline.ts";
import { type Language, languages, textsFor } from "../../../src/locales/index.ts";
import { type CheckedAgainst, checkSurvey } from "../../../src/surveys/check/check.ts";
import { sayFinding } from "../../../src/surveys/check/say-finding.ts";
import { withWords } from "../../../src/surveys/check/survey-texts.ts";
import { recoverySurvey } from "../../../src/surveys/recovery.ts";
import { standardSurveys } from "../../../src/surveys/standard.ts";
import type { Question, SurveyDefinition, Wording } from "../../../src/surveys/survey.ts";
import { bad, good, type How } from "./corpus.ts";

const against: CheckedAgainst = {
  platforms: [
    { label: "Slack", outline: onSlack },
    { label: "Discord", outline: onDiscord },
  ],
  languages: [],
  company: "Acme",
  trigger: "chat",
};

const satisfied: Wording = {
  en: "How satisfied are you?",
  ru: "Насколько вы довольны?",
  "zh-Hans": "您满意吗？",
  "zh-Hant": "您滿意嗎？",
};

const score = (wording: Wording): Question => ({
  ...{ kind: "score", key: "score", metric: "csat", wording },
});

function asked(how: How, language: Language, words: string): SurveyDefinition {
  const wording = { [language]: words };
  const first = score({ [language]: satisfied[language] ?? "" });
  if (how === "open") {
    const wordings = { high: wording, middle: wording, low: wording };
    return { metric: "csat", questions: [first, { kind: "open", key: "why", wordings }] };
  }
  if (how === "yes-no") {
    const question: Question = { kind: "yes-no", key: "ok", wording, onlyLow: false };
    return { metric: "csat", questions: [first, question] };
  }
  return { metric: how, questions: [{ kind: "score", key: "score", metric: how, wording }] };
}

const all = <T>(corpus: Readonly<Record<Language, readonly T[]>>) =>
  languages.flatMap((language) => corpus[language].map((each) => [language, each] as const));

test("nothing is found in the surveys that everybody begins with", () => {
  const surveys = [
    ...standardSurveys("Acme"),
    ...(["nps", "ces", "csat"] as const).map((metric) => recoverySurvey(metric, "Acme")),
  ];
  for (const { key, definition, trigger } of surveys) {
    expect(checkSurvey(definition, { ...against, languages, trigger }), key).toEqual([]);
  }
});

test("62 good questions in four languages: no false alarm", () => {
  expect(all(good)).toHaveLength(62);
  const alarms = all(good).flatMap(([language, [how, words]]) =>
    checkSurvey(asked(how, language, words), against).map(({ code }) => `${words} ${code}`),
  );
  expect(alarms).toEqual([]);
});

test("80 bad questions in four languages: all of them found, only warned of, and what is better is clean", () => {
  expect(all(bad)).toHaveLength(80);
  for (const [language, [how, code, words]] of all(bad)) {
    const definition = asked(how, language, words);
    const found = checkSurvey(definition, against);
    expect(
      found.map((each) => each.code),
      words,
    ).toContain(code);
    for (const finding of found) {
      expect(finding.level, words).toBe("warning");
      if (finding.better === undefined) continue;
      const mended = withWords(definition, finding.path, language, finding.better);
      const left = checkSurvey(mended, against).filter(({ path }) => path === finding.path);
      expect(left, finding.better).toEqual([]);
    }
  }
});

test.each(languages)("each finding is said in %s, with where and why", (language) => {
  const texts = textsFor(language);
  const said = all(bad).flatMap(([of, [how, , words]]) =>
    checkSurvey(asked(how, of, words), against).map((each) => sayFinding(texts, each)),
  );
  for (const each of said) {
    expect(each).not.toMatch(/check\.|\{[a-z]+, |undefined/);
    expect(each.length).toBeGreaterThan(20);
  }
});

test.each([
  ["<p>How satisfied are <b>you</b>?</p>", "<p>", "How satisfied are you?"],
  ["<!channel> How satisfied are you?", "<!channel>", "How satisfied are you?"],
  ["@everyone, how satisfied are you?", "@everyone", ", how satisfied are you?"],
  ["How *satisfied* are you & your team?", "*satisfied*", "How satisfied are you & your team?"],
])(
  "%s: what people would read as it stands is told, with the same without it",
  (words, said, better) => {
    const found = checkSurvey(asked("csat", "en", words), against);
    expect(found.find(({ code }) => code === "markup")).toMatchObject({ params: { said }, better });
  },
);

test("what has no words, or no end, is told; a name or a sum is no markup", () => {
  const codes = (words: string, how: How = "open", language: Language = "en") =>
    checkSurvey(asked(how, language, words), against).map(({ code }) => code);
  expect(new Set(codes("👍 {agent}?"))).toEqual(new Set(["no-words"]));
  expect(new Set(codes("字".repeat(1000)))).toEqual(new Set(["too-long"]));
  expect(
    codes("Do you answer in <2 days, at 2 * 3 * 4, R&D or a@here.example, {customer}?"),
  ).toEqual([]);
});

describe("errors", () => {
  const codes = (definition: SurveyDefinition, more: Partial<CheckedAgainst> = {}) =>
    checkSurvey(definition, { ...against, ...more })
      .filter(({ level }) => level === "error")
      .map(({ code, path }) => [code, path]);

  test("a placeholder that is none is told with the one that was meant", () => {
    const survey = asked("csat", "en", "How satisfied are you with {compnay}?");
    const [found] = checkSurvey(survey, against);
    expect(found).toMatchObject({ code: "unknown-placeholder", params: { meant: "company" } });
    expect(found && sayFinding(textsFor("en"), found)).toContain("Did you mean {company}?");
    expect(found && sayFinding(textsFor("zh-Hans"), found)).toContain("{company}");
  });

  test("nobody handled a chat that there was not", () => {
    const survey = asked("csat", "en", "How satisfied are you with {agent}?");
    expect(codes(survey)).toEqual([]);
    expect(codes(survey, { trigger: "schedule" })).toEqual([
      ["agent-without-chat", "questions.0.wording"],
    ]);
  });

  test("a label has no room for a name", () => {
    const ends = { low: { en: "{customer} is sad" }, high: { en: "happy" } };
    const question = { ...score({ en: "How satisfied are you?" }), ends };
    const survey: SurveyDefinition = { metric: "csat", questions: [question as Question] };
    expect(codes(survey)).toEqual([["placeholder-in-label", "questions.0.ends.low"]]);
  });

  test("a text without the language for everybody else is told", () => {
    const survey = asked("open", "ru", "Что случилось?");
    expect(codes({ ...survey, fallback: "en" })[0]).toEqual(["no-fallback", "questions.0.wording"]);
    expect(codes(survey)).toEqual([]);
  });

  test("what a platform cuts is told with its name and how much of it is left", () => {
    const label = `Very ${"very ".repeat(30)}happy`;
    const ends = { low: { en: "sad" }, high: { en: label } };
    const question = { ...score({ en: "How satisfied are you?" }), ends };
    const survey: SurveyDefinition = { metric: "csat", questions: [question as Question] };
    const found = checkSurvey(survey, {
      ...against,
      platforms: [
        {
          label: "Small",
          outline: ({ parts }) => ({
            blocks: [],
            misfits: parts.flatMap((part, i) =>
              "options" in part
                ? part.options.flatMap((option, n) =>
                    option.label.length > 20
                      ? [{ part: i, option: n, what: "button" as const, most: 20 }]
                      : [],
                  )
                : [],
            ),
          }),
        },
      ],
    });
    const params = { platform: "Small", most: 20, is: label.length };
    expect(found[0]).toMatchObject({ path: "questions.0.ends.high", params });
    expect(found[0]?.code).toBe("label-too-long-there");
  });
});

test("languages that people here speak, pasted texts and ends in one language only are warned of", () => {
  const survey: SurveyDefinition = {
    metric: "csat",
    questions: [
      {
        ...{ kind: "score", key: "score", metric: "csat" },
        wording: { en: "How satisfied are you?", ru: "How satisfied are you?" },
        ends: { low: { en: "Very satisfied" }, high: { en: "Not at all" } },
      },
    ],
  };
  const found = checkSurvey(survey, { ...against, languages: ["en", "zh-Hans"] });
  expect(found.filter(({ language }) => language === "en").map(({ code }) => code)).toEqual([
    "scale-flipped",
  ]);
  expect(found.map(({ code, language }) => `${code} ${language}`)).toEqual(
    expect.arrayContaining([
      "same-in-all-languages ru",
      "ends-missing ru",
      "scale-flipped en",
      "not-translated zh-Hans",
    ]),
  );
});
