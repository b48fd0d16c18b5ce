/** What a person answers: pressed buttons and direct messages. */
import { pressCase } from "../cases/press.ts";
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { meetPerson } from "../people/meet.ts";
import { pressQuote } from "../people/press-quote.ts";
import { pressRights } from "../people/press-rights.ts";
import type { Address, EventOf, Reply } from "../platform.ts";
import { onContact } from "../scheduling/ask/contact.ts";
import type { Connection } from "../store/connections.ts";
import { type Invitation, lockInvitation, updateInvitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { lockLatestConversation, spokeLast } from "../store/talks.ts";
import { type Input, wishes } from "../surveys/conversation-state.ts";
import { questionOf } from "../surveys/survey.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { countGraphemes, MAX_TEXT_GRAPHEMES } from "../surveys/words.ts";
import { askNow } from "./ask-now.ts";
import { wordsForCase } from "./case-words.ts";
import { pressClose } from "./close-button.ts";
import { onCommentForm } from "./comment-form.ts";
import { takeStep } from "./conversation-step.ts";
import { letOut, rightsInWords } from "./rights.ts";
import { lockOpenTrial, lockTrial } from "./trial.ts";
import { showWhispered } from "./whispered.ts";

/** A pressed button of ours. Forged, foreign and unknown tokens change nothing. */
export async function onAction(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"action">,
): Promise<Reply> {
  const workspaceId = connection.workspace.id;
  const person = await meetPerson(work, workspaceId, connection.id, event.from);
  const reply = await pressed(engine, work, connection, event, person);
  const where = event.place?.kind === "direct" ? "direct" : "elsewhere";
  const userId = event.from.externalId;
  await onContact(engine, work, connection, { person, userId, where });
  return reply;
}

async function pressed(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"action">,
  person: Person,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const language = languageOf(connection, person);
  const unsure = event.from.roleUnsure === true;
  const notice = (key: "closed" | "not-yours") =>
    lineReply(language, textsFor(language).text(`talk.notice.${key}`));
  const content = engine.tokens.verify(event.token);
  if (content === undefined || content.workspaceId !== workspaceId) return notice("closed");
  if (content.chatId !== undefined) {
    return pressClose(engine, work, connection, { person, unsure, chatId: content.chatId });
  }
  if (content.caseId !== undefined) {
    return pressCase(engine, work, connection, { person, caseId: content.caseId, content, event });
  }
  if (content.verb === "rights") {
    return pressRights(engine, work, connection, { person, content, event });
  }
  const invitation = await lockInvitation(transaction, workspaceId, content.invitationId);
  if (invitation === undefined) {
    const reply = await pressTrial(engine, work, connection, { person, content, event });
    return reply ?? notice("closed");
  }
  if (content.verb === "quote") {
    return pressQuote(engine, work, connection, { person, invitation, content });
  }
  if (content.verb === "ask-now") {
    const about = { person, unsure, invitationId: invitation.id, language };
    return askNow(engine, work, connection, about);
  }
  const opens = content.verb === "show";
  if (invitation.personId !== person.id) {
    const nothingSaid = () => lineReply(language, textsFor(language).text("ask.opener.not-yours"));
    return opens ? nothingSaid() : notice("not-yours");
  }
  if (!invitation.reached) {
    // Whoever presses has seen it, whatever the platform could tell of the delivery.
    await updateInvitation(transaction, workspaceId, invitation.id, { reachedAt: work.now });
  }
  const at = invitation.address ?? { kind: "direct", userId: event.from.externalId };
  const presser = { connection, person, at, invitation };
  if (opens) return showWhispered(engine, work, presser);
  if (content.verb === "write" || content.verb === "comment") {
    return onCommentForm(engine, work, presser, content, event.values);
  }
  const input = inputOf(content, invitation.survey?.definition);
  return input === undefined ? notice("closed") : takeStep(engine, work, { ...presser, input });
}

/**
 * The same press once more, because our reply to the first was lost: nothing is done again, but an
 * answer that stands is shown as given, so that the buttons do not stay as if nothing had happened.
 */
export async function onRepeatedAction(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"action">,
): Promise<Reply> {
  const content = engine.tokens.verify(event.token);
  if (content?.workspaceId !== connection.workspace.id) return nothing;
  // Looking changes nothing, and neither does opening a form; a yes or no that stands is shown.
  if (content.verb === "write" || content.verb === "show" || content.verb === "quote")
    return onAction(engine, work, connection, event);
  if (content.verb === "rights" && content.value !== "forget-sure")
    return onAction(engine, work, connection, event);
  if (content.verb !== "answer") return nothing;
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

/** A button of a survey that somebody tries; `undefined` for any other. */
async function pressTrial(
  engine: Engine,
  work: Work,
  connection: Connection,
  pressed: { person: Person; content: TokenContent; event: EventOf<"action"> },
): Promise<Reply | undefined> {
  const { person, content, event } = pressed;
  const trial = await lockTrial(work, connection, content.invitationId);
  if (trial === undefined || trial.invitation.personId !== person.id) return undefined;
  const { invitation } = trial;
  const at: Address = { kind: "direct", userId: event.from.externalId };
  const presser = { connection, person: trial.asked(person), at, invitation, trial };
  if (content.verb === "write" || content.verb === "comment")
    return onCommentForm(engine, work, presser, content, event.values);
  const input = inputOf(content, invitation.survey?.definition);
  return input && takeStep(engine, work, { ...presser, input });
}

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
    case "show":
    case "ask-now":
    case "write":
    case "comment":
    case "close":
    case "share":
    case "comments":
    case "consent":
    case "rights":
    case "case":
    case "quote":
    case "cases":
    case "silent":
    case "quotes":
    case "look":
    case "open-case":
    case "why":
    case "link":
    case "unlink":
    case "draft":
    case "change-set":
    case "admin":
      return undefined;
  }
}

/** Whether it waits for an answer, and asked for it after whatever else was asked. */
async function isAsking(
  { transaction, now }: Work,
  workspaceId: number,
  invitation: Invitation | undefined,
): Promise<boolean> {
  if (invitation?.conversation?.ended !== null) return false;
  if ((invitation.expiresAt ?? 0) <= now.getTime()) return false;
  return spokeLast(transaction, workspaceId, invitation);
}

/** Words in the conversation with us: they are about the question that was asked last. */
export async function onDirectMessage(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"direct-message">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const person = await meetPerson(work, workspaceId, connection.id, event.from);
  const language = languageOf(connection, person);
  const { text } = event;
  const userId = event.from.externalId;
  if (countGraphemes(text) > MAX_TEXT_GRAPHEMES) {
    const limit = MAX_TEXT_GRAPHEMES;
    return lineReply(language, textsFor(language).text("talk.notice.too-long", { limit }));
  }
  const right = await rightsInWords(engine, work, connection, { person, text });
  if (right !== undefined) return right;
  const contact = () => onContact(engine, work, connection, { person, userId, where: "direct" });
  const invitation = await lockLatestConversation(transaction, workspaceId, person.id);
  const trial = await lockOpenTrial(work, connection, person);
  if (trial !== undefined && !(await isAsking(work, workspaceId, invitation))) {
    const talk = { connection, person: trial.asked(person), invitation: trial.invitation, trial };
    const [at, input] = [
      { kind: "direct", userId },
      { kind: "words", text },
    ] as const;
    return takeStep(engine, work, { ...talk, at, input });
  }
  const inCase = await wordsForCase(engine, work, connection, { person, text, invitation });
  if (inCase !== undefined) {
    await contact();
    return inCase;
  }
  if (invitation !== undefined) {
    const at: Address = { kind: "direct", userId };
    const input: Input = { kind: "words", text };
    const reply = await takeStep(engine, work, { connection, person, at, invitation, input });
    await contact();
    return reply;
  }
  const out = await letOut(engine, work, connection, { person, text });
  const asked = await contact();
  if (out !== undefined) return out;
  if (asked) return nothing;
  return lineReply(language, textsFor(language).text("talk.notice.nothing-open"));
}
