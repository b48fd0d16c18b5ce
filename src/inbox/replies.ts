/** What a person answers: pressed buttons and direct messages. */
import type { Engine, Work } from "../engine.ts";
import { type Language, languageFor, languages, textsFor } from "../locales/index.ts";
import { lineMessage, lineReply } from "../messages.ts";
import type { PlatformEvent, Reply } from "../platform.ts";
import { askOrWait } from "../scheduling/ask.ts";
import { audit } from "../store/audit.ts";
import type { Connection } from "../store/connections.ts";
import { lockInvitation, lockLatestConversation } from "../store/invitations.ts";
import { ensurePerson, type Person, readPerson } from "../store/people.ts";
import { type Input, wishes } from "../surveys/conversation-state.ts";
import { meaningOf } from "../surveys/meaning.ts";
import { questionOf } from "../surveys/survey.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { countGraphemes, MAX_TEXT_GRAPHEMES } from "../surveys/words.ts";
import { reasonText } from "./chat-events.ts";
import { takeStep } from "./conversation-step.ts";
import { changeConsent } from "./effects.ts";

type Event<K extends PlatformEvent["kind"]> = Extract<PlatformEvent, { kind: K }>;

/** A pressed button of ours. Forged, foreign and unknown tokens change nothing. */
export async function onAction(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: Event<"action">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const person = await ensurePerson(transaction, workspaceId, connection.id, event.from);
  const language = languageFor(person.locale ?? connection.workspace.locale);
  const content = engine.tokens.verify(event.token);
  if (content === undefined || content.workspaceId !== workspaceId)
    return lineReply(language, textsFor(language).text("talk.notice.closed"));
  const invitation = await lockInvitation(transaction, workspaceId, content.invitationId);
  if (invitation === undefined)
    return lineReply(language, textsFor(language).text("talk.notice.closed"));
  if (content.verb === "ask-now") {
    return askNow(engine, work, connection, { person, invitationId: invitation.id, language });
  }
  if (invitation.personId !== person.id)
    return lineReply(language, textsFor(language).text("talk.notice.not-yours"));
  const input = inputOf(content, invitation.survey?.definition);
  if (input === undefined)
    return lineReply(language, textsFor(language).text("talk.notice.closed"));
  const userId = event.from.externalId;
  return takeStep(engine, work, { connection, person, userId, invitation, input });
}

/**
 * The same press once more, because our reply to the first was lost: nothing is done again, but an
 * answer that stands is shown as given, so that the buttons do not stay as if nothing had happened.
 */
export async function onRepeatedAction(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: Event<"action">,
): Promise<Reply> {
  const content = engine.tokens.verify(event.token);
  if (content?.verb !== "answer" || content.workspaceId !== connection.workspace.id) return nothing;
  const invitation = await lockInvitation(
    work.transaction,
    content.workspaceId,
    content.invitationId,
  );
  const { survey, conversation } = invitation ?? {};
  const input = inputOf(content, survey?.definition);
  const stands = input?.kind === "answer" && conversation?.answers[input.question] === input.value;
  return stands ? onAction(engine, work, connection, event) : nothing;
}

const nothing: Reply = { kind: "nothing" };

type Definition = Parameters<typeof questionOf>[0];

function inputOf(content: TokenContent, survey: Definition | undefined): Input | undefined {
  const { verb, question = "", value = "" } = content;
  switch (verb) {
    case "answer": {
      const asked = survey && questionOf(survey, question);
      return { kind: "answer", question, value: asked?.kind === "score" ? Number(value) : value };
    }
    case "wish": {
      const wish = wishes.find((each) => each === value);
      return wish && { kind: "wish", wish, ...(question === "" ? {} : { question }) };
    }
    case "change":
      return { kind: "change", question };
    case "undo":
      return { kind: "undo" };
    case "ask-now":
    case "share":
    case "comments":
    case "consent":
      return undefined;
  }
}

/** A lead (in a rehearsal anybody) wants a planned question asked now. */
async function askNow(
  engine: Engine,
  work: Work,
  connection: Connection,
  about: { person: Person; invitationId: string; language: Language },
): Promise<Reply> {
  const { person, invitationId, language } = about;
  const workspaceId = connection.workspace.id;
  const allowed =
    person.role === "lead" || person.role === "admin" || connection.settings.rehearsal;
  if (!allowed) return lineReply(language, textsFor(language).text("plan.not-allowed"));
  const invitation = await lockInvitation(work.transaction, workspaceId, invitationId);
  if (invitation?.state !== "planned") {
    return {
      kind: "update",
      message: lineMessage(language, textsFor(language).text("plan.not-planned")),
    };
  }
  await audit(work.transaction, workspaceId, work.now, {
    actor: person.id,
    action: "invitation.ask-now",
    target: invitationId,
  });
  const decision = await askOrWait(engine, work, workspaceId, invitation, { impatient: true });
  const customer = await readPerson(work.transaction, workspaceId, invitation.personId);
  const name = customer?.name ?? "";
  const text =
    decision.verdict === "ask"
      ? textsFor(language).text("plan.asked-now", { person: name })
      : textsFor(language).text("plan.will-not-ask", {
          person: name,
          reason: reasonText(language, decision),
        });
  return { kind: "update", message: lineMessage(language, text) };
}

/** Words in the conversation with us: they are about the question that was asked last. */
export async function onDirectMessage(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: Event<"direct-message">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const person = await ensurePerson(transaction, workspaceId, connection.id, event.from);
  const language = languageFor(person.locale ?? connection.workspace.locale);
  const { text } = event;
  if (countGraphemes(text) > MAX_TEXT_GRAPHEMES) {
    const limit = MAX_TEXT_GRAPHEMES;
    return lineReply(language, textsFor(language).text("talk.notice.too-long", { limit }));
  }
  if (person.consent !== "open" && isResume(text)) {
    await changeConsent(work, workspaceId, person, "open");
    return lineReply(language, textsFor(language).text("talk.notice.resumed"));
  }
  const invitation = await lockLatestConversation(transaction, workspaceId, person.id);
  if (invitation === undefined) return withoutQuestion(work, connection, person, text, language);
  const userId = event.from.externalId;
  const input: Input = { kind: "words", text };
  return takeStep(engine, work, { connection, person, userId, invitation, input });
}

/** Nothing was ever asked: still, whoever wants out is out at once. */
async function withoutQuestion(
  work: Work,
  connection: Connection,
  person: Person,
  text: string,
  language: Language,
): Promise<Reply> {
  const meaning = meaningOf(
    { kind: "score", key: "any", metric: "nps", wording: {} },
    text,
    language,
  );
  if (meaning.kind === "wish" && (meaning.wish === "pause" || meaning.wish === "stop")) {
    const consent = meaning.wish === "pause" ? "paused" : "never";
    await changeConsent(work, connection.workspace.id, person, consent);
    const key = consent === "paused" ? "talk.notice.paused" : "talk.notice.stopped";
    return lineReply(language, textsFor(language).text(key));
  }
  return lineReply(language, textsFor(language).text("talk.notice.nothing-open"));
}

function isResume(text: string): boolean {
  const word = text.toLowerCase().replace(/[\s.!。！]/g, "");
  return languages.some((language) => textsFor(language).text("talk.word.resume") === word);
}
