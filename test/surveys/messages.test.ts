import { expect, test } from "vitest";
import { languages, textsFor } from "../../src/locales/index.ts";
import type { Address } from "../../src/platform.ts";
import { newConversation, type Say } from "../../src/surveys/conversation-state.ts";
import { sayMessage } from "../../src/surveys/messages.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import { wordsOf } from "../support/messenger.ts";

const [survey] = standardSurveys("Acme");

function asked(
  place: Address,
  language: (typeof languages)[number],
  how: { readonly before?: Say; readonly again?: "unclear" | "kept" } = {},
): string {
  if (survey === undefined) throw new Error("there is no survey");
  const { definition } = survey;
  const talk = {
    survey: definition,
    language,
    company: "Acme",
    workspaceId: 1,
    invitationId: "00000000-0000-4000-8000-000000000001",
    tokens: createTokens("x".repeat(32)),
    promise: "named" as const,
    place,
  };
  const first = definition.questions[0]?.key ?? "";
  const { before, ...again } = how;
  const message = sayMessage(talk, newConversation(), [
    ...(before === undefined ? [] : [before]),
    { kind: "question", question: first, ...again },
  ]);
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

test.each(languages)(
  "words that were kept are not said in %s to be unreadable, too",
  (language) => {
    const before = { kind: "notice", notice: "score-please" } as const;
    const direct = { kind: "direct", userId: "U1" } as const;
    const sorry = textsFor(language).text("ask.again.score");
    expect(asked(direct, language, { again: "unclear" })).toContain(sorry);
    const kept = asked(direct, language, { before, again: "kept" });
    expect(kept).toContain(textsFor(language).text("talk.notice.score-please"));
    expect(kept).not.toContain(sorry);
  },
);
