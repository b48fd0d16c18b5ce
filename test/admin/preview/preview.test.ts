import { expect, test } from "vitest";
import { outlineMessage as onDiscord } from "../../../adapters/discord/outline.ts";
import { outlineMessage as onSlack } from "../../../adapters/slack/outline.ts";
import { previewMessages } from "../../../src/admin/preview/messages.ts";
import { previewSurvey } from "../../../src/admin/preview/preview.ts";
import { type PreviewView, readViewWord, viewWord } from "../../../src/admin/preview/view.ts";
import { languages } from "../../../src/locales/index.ts";
import { standardSurveys } from "../../../src/surveys/standard.ts";

const surveys = standardSurveys("Acme");
const definition = (key: string) => {
  const found = surveys.find((each) => each.key === key)?.definition;
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
};

const preview = (view: PreviewView, pictures = false) =>
  previewSurvey({
    definition: definition("chat-csat"),
    company: "Acme",
    platforms: [
      { label: "Slack", outline: onSlack },
      { label: "Discord", outline: onDiscord },
    ],
    ...{ view, reader: "en", pictures },
    button: (label, word) => ({ label, token: word }),
  });

test("every view is a word for a token and comes back as what it was", () => {
  for (const language of languages) {
    for (const stage of ["first", "high", "middle", "low"] as const) {
      expect(viewWord({ language, stage })).toMatch(/^[a-z-]{1,20}$/);
      expect(readViewWord(viewWord({ language, stage }))).toEqual({ language, stage });
    }
  }
  expect(readViewWord("first-xx")).toBeUndefined();
});

test.each(languages)("each stage of every standard survey has its messages in %s", (language) => {
  for (const { key, definition: each } of surveys) {
    for (const stage of ["first", "high", "middle", "low"] as const) {
      const messages = previewMessages({
        definition: each,
        company: "Acme",
        view: { language, stage },
      });
      expect(messages.length, `${key} ${stage}`).toBeGreaterThan(0);
      expect(messages.every((message) => message.locale === language)).toBe(true);
    }
  }
});

test("after a low score it shows why, whether to get back, and thanks, as each platform shows them", async () => {
  const parts = await preview({ language: "ru", stage: "low" });
  const told = parts.flatMap((part) => (part.kind === "quote" ? [part.text] : []));
  expect(told).toHaveLength(2);
  for (const words of told) {
    expect(words).toContain("Что мы могли сделать лучше?");
    expect(words).toContain("[Да, пожалуйста] [Нет, спасибо]");
    expect(words).toContain("Спасибо за честность");
  }
});

test("its buttons lead to every other stage and language, and to nothing else", async () => {
  const parts = await preview({ language: "en", stage: "first" });
  const words = parts.flatMap((part) =>
    part.kind === "actions" ? part.options.map(({ token }) => token) : [],
  );
  expect(words).toEqual([
    ...["high-en", "middle-en", "low-en", "first-zh-hans", "first-zh-hant", "first-ru"],
  ]);
});

test("a picture of it says in words what it shows", async () => {
  const parts = await preview({ language: "zh-Hans", stage: "first" }, true);
  const [picture] = parts.flatMap((part) => (part.kind === "picture" ? [part.picture] : []));
  expect(picture?.alt).toContain("On Slack");
  expect(picture?.alt).toContain("On Discord");
  expect(picture?.alt).toContain("您对这次得到的帮助满意吗？");
  expect(picture?.png.length).toBeGreaterThan(1000);
});
