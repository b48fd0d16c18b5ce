import { expect, test } from "vitest";
import { type Language, languages, textsFor } from "../../src/locales/index.ts";
import { newConversation } from "../../src/surveys/conversation-state.ts";
import { sayMessage } from "../../src/surveys/messages.ts";
import { beginsSeries } from "../../src/surveys/series.ts";
import {
  checkDefinition,
  readDefinition,
  type SurveyDefinition,
  type Wording,
  wordsIn,
} from "../../src/surveys/survey.ts";
import type { Talk } from "../../src/surveys/talk.ts";
import { createTokens, NO_INVITATION } from "../../src/surveys/tokens.ts";
import kept from "../fixtures/surveys/kept-before-own-ends.json" with { type: "json" };

const ru = (words: string): Wording => ({ ru: words });

function survey(more: Partial<SurveyDefinition> & { metric?: "nps" | "csat" } = {}) {
  const { metric = "nps", ...rest } = more;
  return checkDefinition({
    metric,
    questions: [{ kind: "score", key: "score", metric, wording: ru("Посоветуете {company}?") }],
    ...rest,
  });
}

function asked(definition: SurveyDefinition, language: Language, more: Partial<Talk> = {}) {
  const talk: Talk = {
    survey: definition,
    language,
    company: "Acme",
    ...more,
    workspaceId: 1,
    invitationId: NO_INVITATION,
    tokens: createTokens("a secret of at least thirty-two characters"),
    promise: "named",
    place: { kind: "direct", userId: "U" },
  };
  const question = definition.questions[0]?.key ?? "";
  return sayMessage(talk, newConversation(), [{ kind: "question", question }]);
}

test.each(Object.entries(kept))("%s as it was kept before reads as it did", (_key, definition) => {
  expect(readDefinition(definition)).toEqual(definition);
});

test("one language is enough, and it need not be English", () => {
  expect(readDefinition(survey())).toEqual(survey());
  const none = { ...survey(), questions: [{ ...survey().questions[0], wording: {} }] };
  expect(readDefinition(none)).toBeUndefined();
});

test("whoever speaks none of a survey's languages is asked in its fallback", () => {
  const words: Wording = { ru: "по-русски", "zh-Hant": "繁體", en: "English" };
  const shown = (tag: string, fallback?: Language) =>
    wordsIn(words, tag, fallback === undefined ? {} : { fallback });
  expect(shown("ru", "en")).toBe("по-русски");
  expect(shown("zh-Hans", "ru")).toBe("繁體");
  expect(wordsIn({ ru: "по-русски", en: "English" }, "zh-Hant", { fallback: "ru" })).toBe(
    "по-русски",
  );
  expect(wordsIn({ ru: "по-русски", en: "English" }, "zh-Hant", {})).toBe("English");
  for (const language of languages) expect(wordsIn(ru("да"), language, {})).toBe("да");
});

test("the ends of a scale may have words of their own, also for who hears them read out", () => {
  const ends = { low: ru("ни за что"), high: ru("точно да") };
  const [question] = survey().questions;
  if (question?.kind !== "score") throw new Error("it is scored");
  const message = asked(survey({ questions: [{ ...question, ends }] }), "ru");
  const scale = message?.parts.find((part) => part.kind === "scale");
  expect(scale).toMatchObject({ low: "ни за что", high: "точно да" });
  expect(scale?.options.at(-1)?.hint).toContain("точно да");
});

test("the ends of a scale are read in the language of its question, also in one that is none of ours", () => {
  const ends = { low: { ru: "ни за что", de: "Nie" }, high: { ru: "точно да", de: "Klar" } };
  const [question] = survey().questions;
  if (question?.kind !== "score") throw new Error("it is scored");
  const wording = { ru: "Посоветуете?", de: "Empfehlen Sie uns?" };
  const german = survey({ questions: [{ ...question, wording, ends }] });
  const message = asked(german, "en", { tag: "de-AT" });
  expect(message?.summary).toBe(wording.de);
  const scale = message?.parts.find((part) => part.kind === "scale");
  expect(scale).toMatchObject({ low: "Nie", high: "Klar" });
});

test("a scale with words for every step shows them at its ends, and the others as always", () => {
  const [question] = survey({ metric: "csat" }).questions;
  if (question?.kind !== "score") throw new Error("it is scored");
  const ends = { low: ru("ужасно"), high: ru("отлично") };
  const message = asked(survey({ metric: "csat", questions: [{ ...question, ends }] }), "ru");
  const labels = message?.parts.flatMap((part) =>
    part.kind === "choices" ? part.options.map(({ label }) => label) : [],
  );
  const four = textsFor("ru").text("scale.csat.4");
  expect(labels).toHaveLength(5);
  expect(labels).toEqual(expect.arrayContaining(["ужасно", four, "отлично"]));
});

test("names are put in when it is shown, and never kept", () => {
  const words = asked(survey(), "ru", { names: { customer: "Dana" } });
  expect(words?.summary).toBe("Посоветуете Acme?");
  expect(JSON.stringify(survey())).toContain("{company}");
});

test("other words at the ends of a scale begin a new series; another language at them does not", () => {
  const with_ = (low: Wording) =>
    survey({
      questions: [
        {
          ...{ kind: "score", key: "score", metric: "nps", wording: ru("?") },
          ends: { low, high: ru("да") },
        },
      ],
    });
  const none = survey({
    questions: [{ kind: "score", key: "score", metric: "nps", wording: ru("?") }],
  });
  expect(beginsSeries(with_(ru("нет")), with_(ru("никогда")))).toBe(true);
  expect(beginsSeries(none, with_(ru("нет")))).toBe(true);
  expect(beginsSeries(with_(ru("нет")), none)).toBe(true);
  expect(beginsSeries(with_(ru("нет")), with_({ ru: "нет", en: "no" }))).toBe(false);
});
