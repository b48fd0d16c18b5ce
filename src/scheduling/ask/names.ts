/** The names that a survey leaves open in its wordings, looked up only where it has any. */
import { readChat } from "../../store/chats.ts";
import { handlerNames } from "../../store/handlers.ts";
import type { Invitation } from "../../store/invitations.ts";
import type { Db } from "../../store/schema.ts";
import { surveyTexts } from "../../surveys/check/survey-texts.ts";
import { placeholdersIn } from "../../surveys/placeholders.ts";
import type { SurveyDefinition } from "../../surveys/survey.ts";
import type { Talk } from "../../surveys/talk.ts";

/** What goes into the talk: `names`, or nothing where none is wanted. */
export async function namesFor(
  db: Db,
  workspaceId: number,
  {
    survey,
    person,
    invitation: { chatId, closing },
  }: {
    readonly survey: SurveyDefinition;
    readonly person: { readonly name: string };
    readonly invitation: Pick<Invitation, "chatId" | "closing">;
  },
): Promise<Pick<Talk, "names">> {
  const wanted = wantedBy(survey);
  if (wanted.size === 0) return {};
  const team = wanted.has("team") || wanted.has("agent");
  const chat = chatId === null || !team ? undefined : await readChat(db, workspaceId, chatId);
  const [agent] =
    chatId === null || closing === null || !wanted.has("agent")
      ? []
      : await handlerNames(db, workspaceId, chatId, closing);
  return { names: { customer: person.name, agent, team: chat?.team ?? undefined } };
}

function wantedBy(survey: SurveyDefinition): ReadonlySet<string> {
  const words = surveyTexts(survey).flatMap((text) => Object.values(text.words));
  const wanted = new Set(words.flatMap((each) => placeholdersIn(each)));
  wanted.delete("company"); // known in every talk
  return wanted;
}
