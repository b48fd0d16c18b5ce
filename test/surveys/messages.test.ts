import { expect, test } from "vitest";
import { languages } from "../../src/locales/index.ts";
import type { Address } from "../../src/platform.ts";
import { newConversation } from "../../src/surveys/conversation-state.ts";
import { sayMessage } from "../../src/surveys/messages.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import { wordsOf } from "../support/messenger.ts";

const [survey] = standardSurveys("Acme");

function asked(place: Address, language: (typeof languages)[number]): string {
  if (survey === undefined) throw new Error("there is no survey");
  const { definition } = survey;
  const talk = {
    survey: definition,
    language,
    company: "Acme",
    workspaceId: 1,
    invitationId: "00000000-0000-4000-8000-000000000001",
    tokens: createTokens("x".repeat(32)),
    place,
  };
  const first = definition.questions[0]?.key ?? "";
  const message = sayMessage(talk, newConversation(), [{ kind: "question", question: first }]);
  return message === undefined ? "" : wordsOf(message);
}

test.each(languages)(
  "a question says in %s who reads the answer, and how it is given there",
  (language) => {
    const [direct, whisper, thread] = (
      [
        { kind: "direct", userId: "U1" },
        { kind: "whisper", chatId: "C1", userId: "U1" },
        { kind: "chat", chatId: "C1" },
      ] as const
    ).map((place) => asked(place, language).split("\n").at(-1));
    expect(new Set([direct, whisper, thread]).size).toBe(3);
    for (const hint of [direct, whisper, thread]) expect(hint).toContain("Acme");
  },
);

test("whoever is asked where others read along is told so", () => {
  expect(asked({ kind: "chat", chatId: "C1" }, "en")).toContain("Everybody here can see it");
});
