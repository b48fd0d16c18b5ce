import { beforeAll, expect, test } from "vitest";
import { saveSurvey, switchSurvey } from "../../src/store/survey-versions.ts";
import { scoreSurvey } from "../../src/surveys/parts.ts";
import type { Wording } from "../../src/surveys/survey.ts";
import { describeEitherDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, type World } from "../support/world.ts";
import { MINUTE } from "./support.ts";

const asked: Wording = {
  en: "{customer}, how did {agent} of {team} at {company} do?",
  ru: "Как справился {agent} ({team}, {company}), {customer}?",
  "zh-Hans": "｛customer｝，｛company｝的{agent}服务如何？",
};
const why: Wording = {
  en: "What should {agent} keep doing, {customer}?",
  ru: "Что {agent} делает хорошо, {customer}?",
  "zh-Hans": "{customer}，{agent}哪里做得好？",
};
const thanks: Wording = { en: "Thanks from {agent}, {customer}!" };

describeEitherDatabase("names that a survey leaves open", (open) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(await open());
    const { engine, workspaceId, clock } = world;
    const made = scoreSurvey("csat", { company: "Acme", whyMiddle: "ask.csat.why.low" });
    const [score, , contact] = made.questions;
    if (score?.kind !== "score" || contact === undefined) throw new Error("it is scored");
    const wordings = { high: why, middle: why, low: why };
    const questions = [
      { ...score, wording: asked },
      { kind: "open", key: "why", wordings } as const,
      contact,
    ];
    const definition = {
      ...made,
      questions,
      thanks: { high: thanks, middle: thanks, low: thanks },
    };
    const own = { key: "own", trigger: "chat", definition } as const;
    await saveSurvey(engine.db, workspaceId, own, "operator", clock.now());
    await switchSurvey(engine.db, workspaceId, "own", "on");
  });

  let chats = 0;
  /** What somebody reads who is asked after a chat, and answers well; `alone`: nobody handled it. */
  const reads = async (who: { name: string; locale: string }, alone = false) => {
    chats += 1;
    const customer = { ...dana, externalId: `U-${chats}`, ...who };
    const chat = chatRef(`C-${chats}`);
    if (alone) {
      await world.says(customer, chat, "Is anybody there?");
      await world.asksFor(kim, chat);
    } else {
      await world.playChat({ chat: chat.externalId, customer });
      world.clock.advance(15 * MINUTE);
    }
    await world.settle();
    await world.writes(customer, "5");
    await world.settle();
    await world.writes(customer, "👍 friendly");
    await world.settle();
    const sent = world.messenger.to(customer.externalId);
    const all = sent.map(({ message }) => `${message.summary}\n${wordsOf(message)}`);
    for (const words of all) expect(words).not.toMatch(/[{}｛｝]| {2}| [,?!，]|undefined/u);
    return all.join("\n");
  };

  test("are those of the customer, the agent, the team and the company, in the customer's language", async () => {
    const english = await reads({ name: "Dana", locale: "en" });
    expect(english).toContain("Dana, how did Kim of Billing at Acme do?");
    expect(english).toContain("What should Kim keep doing, Dana?");
    expect(english).toContain("Thanks from Kim, Dana!");
    const russian = await reads({ name: "Дана", locale: "ru" });
    expect(russian).toContain("Как справился Kim (Billing, Acme), Дана?");
    const chinese = await reads({ name: "戴娜", locale: "zh-TW" });
    expect(chinese).toContain("戴娜，Acme的Kim服务如何？");
  });

  test("leave no hole where a customer has no name, and nobody handled the chat", async () => {
    const english = await reads({ name: "", locale: "en" }, true);
    expect(english).toContain("How did Billing of Billing at Acme do?");
    expect(english).toContain("What should Billing keep doing?");
    expect(await reads({ name: " \u200B", locale: "zh-CN" })).toContain("Acme的Kim服务如何？");
    expect(await reads({ name: "", locale: "ru" }, true)).toContain(
      "Как справился Billing (Billing, Acme)?",
    );
  });
});
