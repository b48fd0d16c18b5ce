/** "May we quote you?": asked of a promoter who wrote something, at most once a year, never twice. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { post } from "../outbox/post.ts";
import type { Address, Message, Option } from "../platform.ts";
import { readAnswers } from "../store/answers.ts";
import { audit } from "../store/audit.ts";
import { humanOf } from "../store/case-people.ts";
import { lockOpenCase } from "../store/cases.ts";
import type { Connection } from "../store/connections.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { askedToQuote, lastAskedToQuote, withdrawQuote } from "../store/quotes.ts";
import type { Conversation, Effect } from "../surveys/conversation-state.ts";
import { firstLevel } from "../surveys/next-step.ts";
import { WHY } from "../surveys/parts.ts";
import type { SurveyDefinition } from "../surveys/survey.ts";
import type { Tokens } from "../surveys/tokens.ts";
import { countGraphemes } from "../surveys/words.ts";

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Longer words are no quote, and not everywhere could all of them be shown. */
const LONGEST_QUOTE = 500;

/** A step of a conversation that was kept. */
export interface QuoteStep {
  readonly workspaceId: number;
  readonly connection: Connection;
  readonly invitation: Pick<Invitation, "id" | "kind" | "promise">;
  readonly person: Person;
  readonly survey: SurveyDefinition;
  readonly state: Conversation;
  readonly effects: readonly Effect[];
  /** Where the talk is. */
  readonly at: Address;
}

/** Asks when this step ends a talk with a promoter; takes back what does not stand any more. */
export async function inviteToQuote(engine: Engine, work: Work, step: QuoteStep): Promise<void> {
  const { transaction, now } = work;
  const { workspaceId, connection, invitation, person } = step;
  if (step.survey.metric !== "nps") return;
  if (firstLevel(step.survey, step.state.answers) !== "high") {
    if (changesScore(step.effects))
      await withdrawQuote(transaction, workspaceId, invitation.id, now);
    return;
  }
  if (!mayAsk(step)) return;
  const text = (await readAnswers(transaction, workspaceId, invitation.id)).get(WHY)?.text ?? "";
  if (text === "" || countGraphemes(text) > LONGEST_QUOTE) return;
  const last = await lastAskedToQuote(transaction, workspaceId, person.id);
  if (last !== null && now.getTime() - last.getTime() < YEAR_MS) return;
  // Whoever waits for us to put something right is no promoter yet, whatever the score is.
  const human = await humanOf(transaction, workspaceId, person.id);
  if (human !== undefined && (await lockOpenCase(transaction, workspaceId, human))) return;
  const language = languageOf(connection, person);
  const { message, wording } = question(engine.tokens, step, language, text);
  const about = { personId: person.id, invitationId: invitation.id };
  const fresh = { ...about, text, wording, language, at: now };
  if (!(await askedToQuote(transaction, workspaceId, fresh))) return;
  await post(engine, work, {
    ...about,
    workspaceId,
    connectionId: connection.id,
    key: `quote:${invitation.id}`,
    purpose: "talk",
    address: step.at,
    message,
  });
  await audit(transaction, workspaceId, now, {
    actor: "aftertalk",
    action: "quote.asked",
    target: person.id,
  });
}

function changesScore(effects: readonly Effect[]): boolean {
  return effects.some(({ kind }) => kind === "answer" || kind === "withdraw");
}

/** Only in the conversation with us, at its end, and of whoever is asked by name. */
function mayAsk({ invitation, person, effects, at }: QuoteStep): boolean {
  return (
    effects.some(({ kind }) => kind === "finish") &&
    at.kind === "direct" &&
    (invitation.kind === "chat" || invitation.kind === "manual") &&
    invitation.promise === "named" &&
    person.consent === "open" &&
    person.role === "customer" &&
    !person.test
  );
}

function question(
  tokens: Tokens,
  { workspaceId, connection, invitation, person }: QuoteStep,
  language: Language,
  text: string,
): { readonly message: Message; readonly wording: string } {
  const texts = textsFor(language);
  const asks = texts.text("quote.ask", { company: connection.workspace.name });
  const note = texts.text("quote.note");
  const options = (["yes.named", "yes.unnamed", "no"] as const).map((key): Option => {
    const value = key.replace("yes.", "");
    const content = { workspaceId, invitationId: invitation.id, value } as const;
    return { label: texts.text(`quote.${key}`), token: tokens.sign({ ...content, verb: "quote" }) };
  });
  const message: Message = {
    summary: asks,
    parts: [
      { kind: "text", text: asks },
      { kind: "quote", text, by: person.name },
      { kind: "note", text: note },
      { kind: "choices", options },
    ],
    locale: language,
  };
  return { message, wording: `${asks}\n${note}` };
}
