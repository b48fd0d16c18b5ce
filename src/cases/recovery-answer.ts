/** What a customer says to the recovery check: the case is told, and opens again when it is not right. */
import type { Engine, Work } from "../engine.ts";
import { recoveredBy } from "../metrics/recovered.ts";
import { metrics } from "../metrics/registry.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { lockCase } from "../store/cases.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { readCheck } from "../store/recovery.ts";
import type { Conversation, Effect } from "../surveys/conversation-state.ts";
import { SCORE } from "../surveys/parts.ts";
import { RIGHT } from "../surveys/recovery.ts";
import { questionOf, type SurveyDefinition } from "../surveys/survey.ts";
import { reopenCase } from "./reopen.ts";
import { noteTo, postCard, tell } from "./thread.ts";

/** A step of a conversation that was kept. */
export interface RecoveryStep {
  readonly workspaceId: number;
  readonly invitation: Pick<Invitation, "id" | "kind">;
  readonly person: Pick<Person, "id" | "name">;
  readonly survey: SurveyDefinition;
  readonly state: Conversation;
  readonly effects: readonly Effect[];
}

/** Keeps what the step says about its case; nothing for every other survey. */
export async function keepRecovery(engine: Engine, work: Work, step: RecoveryStep): Promise<void> {
  const { workspaceId, invitation, person } = step;
  if (invitation.kind !== "recovery") return;
  const { transaction, now } = work;
  const check = await readCheck(transaction, workspaceId, invitation.id);
  const kept = check && (await lockCase(transaction, workspaceId, check.caseId));
  if (check === undefined || kept === undefined) return;
  const recovered = outcomeOf(step);
  const words = step.effects.find((effect) => effect.kind === "comment")?.text;
  const news = recovered !== null && recovered !== check.recovered;
  if (!news && words === undefined) return;
  if (news) {
    await addCaseEvent(transaction, workspaceId, kept.id, now, {
      kind: recovered ? "recovered" : "not-recovered",
      actorId: person.id,
      invitationId: invitation.id,
    });
  }
  const told = news && !recovered ? await reopenCase(work, workspaceId, kept) : kept;
  await postCard(engine, work, workspaceId, told);
  if (news && !recovered && told.ownerId !== null)
    await noteTo(engine, work, workspaceId, told, told.ownerId, "case.note.not-recovered");
  await tell(engine, work, workspaceId, told, {
    key: news ? outcomeKey(step, recovered) : "case.recovery.words",
    params: { person: person.name },
    ...(words === undefined ? {} : { quote: { text: words, by: person.name } }),
  });
}

function outcomeOf({ survey, state }: RecoveryStep): boolean | null {
  const asked = questionOf(survey, SCORE);
  if (asked?.kind !== "score") return null;
  const { right, score } = givenIn(state);
  return recoveredBy({ right, metric: asked.metric, score });
}

function givenIn({ answers }: Conversation) {
  const given = (key: string) => {
    const value = answers[key];
    return typeof value === "number" ? value : null;
  };
  return { right: given(RIGHT), score: given(SCORE) };
}

/** Said as the customer did: partly is no plain no, and a yes with a low score beside it is a yes. */
function outcomeKey({ state }: RecoveryStep, recovered: boolean) {
  if (recovered) return "case.recovery.recovered";
  switch (metrics.resolution.levelOf(givenIn(state).right ?? 0)) {
    case "low":
      return "case.recovery.not-recovered";
    case "middle":
      return "case.recovery.partly";
    case "high":
      return "case.recovery.low";
  }
}
