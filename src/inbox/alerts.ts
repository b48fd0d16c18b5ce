/** Answers that are a case: a low score, a wish to be called back, a complaint; and what follows. */
import { causeOf } from "../cases/case.ts";
import { isComplaint } from "../cases/complaint.ts";
import { followCase } from "../cases/follow.ts";
import { openCase } from "../cases/open.ts";
import type { Engine, Work } from "../engine.ts";
import type { Chat } from "../store/chats.ts";
import type { Conversation, Effect } from "../surveys/conversation-state.ts";
import { firstLevel } from "../surveys/next-step.ts";
import { CONTACT } from "../surveys/parts.ts";
import type { Survey } from "../surveys/survey.ts";
import type { Step } from "./conversation-step.ts";

/** What a step told us. */
interface Told {
  readonly step: Step;
  readonly survey: Survey;
  readonly chat: Chat | undefined;
  readonly state: Conversation;
  readonly effects: readonly Effect[];
}

/** Opens a case or brings its card up to date when this step concerns one; gives the state to keep. */
export async function alertLeads(engine: Engine, work: Work, told: Told): Promise<Conversation> {
  const { step, survey, chat, state, effects } = told;
  const { connection, person, invitation } = step;
  const news = effects.filter(({ kind }) => ["answer", "comment", "withdraw"].includes(kind));
  if (news.length === 0 || !makesCases(invitation, survey)) return state;
  const words = wordsIn(effects);
  const totals = invitation.promise === "totals";
  const callBack = state.answers[CONTACT];
  const contact = callBack === "yes";
  const cause = causeOf({
    // A choice is no score, whatever it says.
    low:
      survey.definition.metric !== undefined &&
      firstLevel(survey.definition, state.answers) === "low",
    contact,
    complaint: words !== undefined && isComplaint(words),
    totals,
    churn: invitation.kind === "churn",
  });
  const opening = { connection, person, invitation, ...(chat && { chat }) };
  if (state.alerted) {
    const changed = news.some(({ kind }) => kind !== "comment");
    await followCase(engine, work, {
      ...{ opening, cause, changed },
      contact: callBack === "yes" || callBack === "no" ? callBack : undefined,
      // Under this promise nobody reads them who was not asked to.
      words: totals && !contact ? undefined : words,
    });
    return state;
  }
  if (cause === undefined) return state;
  await openCase(engine, work, { ...opening, cause });
  return { ...state, alerted: true };
}

/** Whether this step is a complaint that the team is told of, whatever the score is. */
export function complains({ step, survey, effects }: Omit<Told, "chat" | "state">): boolean {
  const { invitation } = step;
  const words = wordsIn(effects);
  const named = invitation.promise === "named";
  return named && makesCases(invitation, survey) && words !== undefined && isComplaint(words);
}

/** The check whether it is right now tells its own case. */
function makesCases({ kind }: Step["invitation"], { definition }: Survey): boolean {
  return kind !== "recovery" && definition.cases !== false;
}

function wordsIn(effects: readonly Effect[]): string | undefined {
  const said = effects.flatMap((effect) => (effect.kind === "comment" ? [effect.text] : []));
  return said.length === 0 ? undefined : said.join("\n");
}
