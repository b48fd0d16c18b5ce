import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Language, languages, textsFor } from "../../src/locales/index.ts";
import { type Right, rightsIn, rightTyped } from "../../src/surveys/rights.ts";

type Row = readonly [text: string, ...wanted: Right[]];

/** What people write who want something about themselves. */
const asked: Readonly<Record<Language, readonly Row[]>> = {
  en: [
    ["forget me", "forget"],
    ["Forget me!", "forget"],
    ["please forget about me", "forget"],
    ["I want you to forget me", "forget"],
    ["I want to be forgotten", "forget"],
    ["Delete my data", "forget"],
    ["can you please delete all of my data?", "forget"],
    ["erase everything you know about me", "forget"],
    ["Hi, could you remove all my personal information from your system? Thanks!", "forget"],
    ["delete my name, my e-mail and my answers", "forget"],
    ["How do I delete my data?", "forget"],
    ["data deletion request", "forget"],
    ["wipe everything", "forget"],
    ["No, delete my data", "forget"],
    ["stop asking me and delete everything", "never", "forget"],
    ["Delete my data and never ask me again", "never", "forget"],
    ["my data", "data"],
    ["show me my data please", "data"],
    ["What do you know about me?", "data"],
    ["what data have you stored about me", "data"],
    ["send me everything you have about me", "data"],
    ["Can I get a copy of my data?", "data"],
    ["send me my data and then delete it", "data", "forget"],
    ["resume", "resume"],
    ["You may ask me again", "resume"],
    ["unpause please", "resume"],
  ],
  ru: [
    ["забудьте обо мне", "forget"],
    ["Забудь меня!", "forget"],
    ["Удалите мои данные", "forget"],
    ["Здравствуйте, удалите, пожалуйста, все мои персональные данные. Спасибо!", "forget"],
    ["сотрите всё, что знаете обо мне", "forget"],
    ["Прошу удалить мои ответы", "forget"],
    ["Как удалить свои данные?", "forget"],
    ["запрос на удаление персональных данных", "forget"],
    ["перестаньте спрашивать и удалите всё", "never", "forget"],
    ["мои данные", "data"],
    ["Покажите мои данные", "data"],
    ["Что вы обо мне знаете?", "data"],
    ["что вы храните обо мне", "data"],
    ["Какие данные обо мне у вас есть?", "data"],
    ["пришлите копию моих данных", "data"],
    ["возобновить", "resume"],
    ["можете снова спрашивать", "resume"],
  ],
  "zh-Hans": [
    ["忘记我", "forget"],
    ["请忘记我吧", "forget"],
    ["删除我的数据", "forget"],
    ["请帮我删除我的所有个人信息，谢谢", "forget"],
    ["把我的资料全部删掉", "forget"],
    ["清除所有关于我的数据", "forget"],
    ["怎么删除我的数据？", "forget"],
    ["别再问我，删除我的所有数据", "never", "forget"],
    ["我的数据", "data"],
    ["查看我的数据", "data"],
    ["你知道我什么？", "data"],
    ["你们保存了我的哪些数据？", "data"],
    ["给我看我的资料", "data"],
    ["恢复", "resume"],
    ["可以再问我了", "resume"],
  ],
  "zh-Hant": [
    ["忘記我", "forget"],
    ["刪除我的資料", "forget"],
    ["請把我的所有資料刪除", "forget"],
    ["麻煩幫我刪掉我的個人資訊", "forget"],
    ["我的資料", "data"],
    ["你們保存了我的哪些資料？", "data"],
    ["匯出我的資料", "data"],
    ["恢復", "resume"],
  ],
};

/** The same words, and others like them, said of something else. */
const comments: readonly string[] = [
  "forget it",
  "Forget about it",
  "just forget that",
  "delete it",
  "delete that",
  "don't forget me",
  "Do not delete my data",
  "please don't delete my data!",
  "forget me not",
  "never mind",
  "my data is wrong",
  "My data was lost. Delete everything",
  "you deleted my data",
  "I forgot my password",
  "They forgot me",
  "delete my account",
  "it took weeks until somebody told me how to delete my data, and then it was still there",
  "I asked the agent to forget me and all I got was a form",
  "what do you know about shipping?",
  "Nobody knows anything about me there",
  "start",
  "stop",
  "9",
  "great support, my data is safe",
  "забудьте об этом",
  "забудь",
  "не удаляйте мои данные",
  "удалите меня",
  "мои данные пропали",
  "Вы удалили мои данные, и это ужасно",
  "что вы знаете о доставке?",
  "忘了吧",
  "忘了它",
  "不要删除我的数据",
  "别删除我的数据",
  "我的数据丢了",
  "你们删除了我的数据，太糟糕了",
  "算了",
  "刪除我",
  "不要刪除我的資料",
];

const wantedIn = (text: string, language: Language) =>
  rightsIn(text, language).filter((right) => right === "forget" || right === "data");

describe.each(languages)("in %s", (language) => {
  test.each(asked[language])("%s", (text, ...wanted) => {
    expect(rightsIn(text, language)).toEqual(wanted);
  });

  test("the words that our own texts tell people to write are understood", () => {
    const word = textsFor(language).text("talk.word.resume");
    expect(rightsIn(word, language)).toEqual(["resume"]);
    expect(rightTyped(word, language)).toEqual(["resume"]);
  });

  test("what is read does not depend on the language that we take somebody to speak", () => {
    for (const [text, ...wanted] of Object.values(asked).flat()) {
      expect(rightsIn(text, language), text).toEqual(wanted);
    }
  });
});

describe("words that are something else", () => {
  test.each(comments)("%s", (text) => {
    for (const language of languages) expect(wantedIn(text, language)).toEqual([]);
  });

  const sentence = fc
    .array(
      fc.constantFrom("the", "invoice", "was", "wrong", "счёт", "неверный", "发票", "support"),
      {
        minLength: 2,
        maxLength: 20,
      },
    )
    .map((words) => words.join(" "));
  const wish = fc.constantFrom(
    ...Object.values(asked)
      .flat()
      .filter(([, ...wanted]) => wanted.includes("forget"))
      .map(([text]) => text),
  );

  test("a sentence that merely contains such words stays a comment", () => {
    fc.assert(
      fc.property(sentence, wish, fc.constantFrom(...languages), (about, words, language) => {
        expect(rightsIn(`${about} ${words}`, language)).toEqual([]);
        expect(rightsIn(`${about}, ${words}. ${about}`, language)).toEqual([]);
      }),
    );
  });

  test("nothing longer than a few sentences is read as one", () => {
    fc.assert(
      fc.property(wish, fc.constantFrom(...languages), (words, language) => {
        expect(rightsIn(`${words}. `.repeat(120), language)).toEqual([]);
      }),
    );
  });

  test("any text at all is read without an error, and case and space do not matter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(rightsIn(text, "en").length).toBeLessThan(4);
      }),
    );
    fc.assert(
      fc.property(wish, (text) => {
        const loud = `  ${text.toUpperCase()}  !! `;
        expect(rightsIn(loud, "en")).toEqual(rightsIn(text, "en"));
      }),
    );
  });
});

describe("typed behind a command", () => {
  test.each<Row>([
    ["pause", "pause"],
    ["pause 30d", "pause"],
    ["Pause for 2 weeks", "pause"],
    ["never", "never"],
    ["NEVER", "never"],
    ["stop", "never"],
    ["resume", "resume"],
    ["my data", "data"],
    ["forget me", "forget"],
    ["пауза", "pause"],
    ["пауза на 2 недели", "pause"],
    ["никогда", "never"],
    ["мои данные", "data"],
    ["забудьте обо мне", "forget"],
    ["暂停两周", "pause"],
    ["暫停 30 天", "pause"],
    ["永不", "never"],
    ["我的資料", "data"],
  ])("%s", (text, ...wanted) => {
    for (const language of languages) expect(rightTyped(text, language)).toEqual(wanted);
  });

  test.each(["", "week", "last week", "30d", "2026-10", "all", "weeek", "team:Never"])(
    "%s is a period or a mistake, and no right",
    (text) => {
      for (const language of languages) expect(rightTyped(text, language)).toEqual([]);
    },
  );
});
