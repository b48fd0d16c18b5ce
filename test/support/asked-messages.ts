/** What people are sent in the course of a survey, by the real functions. */
import type { Language } from "../../src/locales/index.ts";
import type { Message } from "../../src/platform.ts";
import { type Conversation, newConversation } from "../../src/surveys/conversation-state.ts";
import { sayMessage } from "../../src/surveys/messages.ts";
import type { SurveyDefinition } from "../../src/surveys/survey.ts";
import { createTokens, NO_INVITATION } from "../../src/surveys/tokens.ts";

/** Each question by itself, and each thanks. */
export function askedMessages(survey: SurveyDefinition, language: Language): readonly Message[] {
  const talk = {
    ...{ survey, language, company: "Acme", workspaceId: 1, invitationId: NO_INVITATION },
    tokens: createTokens("a secret of at least thirty-two characters"),
    promise: "named" as const,
    place: { kind: "direct" as const, userId: "U" },
  };
  const state: Conversation = newConversation();
  const says = [
    ...survey.questions.map(({ key }) => ({ kind: "question", question: key }) as const),
    ...(["high", "middle", "low"] as const).map(
      (level) => ({ kind: "thanks", level, contact: false }) as const,
    ),
  ];
  return says.flatMap((say) => sayMessage(talk, state, [say]) ?? []);
}
