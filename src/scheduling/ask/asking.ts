/** Asking: the question goes to a place, to the next one when nobody can be reached there, or waits. */
import type { Engine, Work } from "../../engine.ts";
import { languageOf } from "../../language-of.ts";
import { post } from "../../outbox/post.ts";
import type { Address } from "../../platform.ts";
import { type Chat, readChat } from "../../store/chats.ts";
import { readConnection } from "../../store/connections.ts";
import { keepDecision } from "../../store/decisions.ts";
import {
  type Invitation,
  lockInvitation,
  NEXT_CONTACT,
  updateInvitation,
} from "../../store/invitations.ts";
import { externalIdOf, type Person, readPerson } from "../../store/people.ts";
import { wasPromised } from "../../store/promises.ts";
import { limitsOf } from "../../store/reminders.ts";
import { readSettings } from "../../store/settings.ts";
import { begin } from "../../surveys/conversation.ts";
import { newConversation, startAgain } from "../../surveys/conversation-state.ts";
import { sayMessage } from "../../surveys/messages.ts";
import type { Survey } from "../../surveys/survey.ts";
import { opener, type Talk } from "../../surveys/talk.ts";
import { CHAT_VALID_MS } from "../gates/gates.ts";
import { aboutChat } from "./about-chat.ts";
import { namesFor } from "./names.ts";
import { placeAfter, placesFor, type Whereabouts } from "./places.ts";
import { askedUntil } from "./remind-rules.ts";

/** A locked invitation with everything that asking needs. */
export interface Asking {
  readonly workspaceId: number;
  readonly invitation: Invitation;
  readonly person: Person;
  readonly survey: Survey;
  readonly chat: Chat | undefined;
}

/** Asks: where the person is just now (`at`), else where questions are asked first. */
export async function ask(
  engine: Engine,
  work: Work,
  asking: Asking,
  at: Address | undefined,
): Promise<void> {
  const { workspaceId, invitation } = asking;
  const whereabouts = await whereaboutsOf(work, asking);
  if (whereabouts === undefined) {
    return updateInvitation(work.transaction, workspaceId, invitation.id, {
      state: "undeliverable",
      stateReason: "no-identity-on-connection",
    });
  }
  const [first] = placesFor(whereabouts);
  const place = at ?? first;
  if (place !== undefined) await askAt(engine, work, asking, place);
}

/**
 * Nobody could be reached where the question was sent: it goes to the next place, or waits for the
 * next contact. Nothing happens when it was answered or ended meanwhile.
 */
export async function askElsewhere(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitationId: string,
  failed: Address,
): Promise<void> {
  const { transaction } = work;
  const invitation = await lockInvitation(transaction, workspaceId, invitationId);
  if (invitation?.state !== "asked" || invitation.survey === undefined) return;
  const person = await readPerson(transaction, workspaceId, invitation.personId);
  if (person === undefined) return;
  const chat =
    invitation.chatId === null
      ? undefined
      : await readChat(transaction, workspaceId, invitation.chatId);
  const asking = { workspaceId, invitation, person, survey: invitation.survey, chat };
  const whereabouts = await whereaboutsOf(work, asking);
  const next = whereabouts && placeAfter(whereabouts, failed);
  if (next === undefined) await awaitContact(work, asking);
  else await askAt(engine, work, asking, next);
}

/** What was to be asked is not wanted any more: perhaps because its person wants no more questions. */
export async function askNoMore(
  work: Work,
  workspaceId: number,
  invitationId: string,
): Promise<void> {
  const invitation = await lockInvitation(work.transaction, workspaceId, invitationId);
  if (invitation?.state !== "asked") return;
  const person = await readPerson(work.transaction, workspaceId, invitation.personId);
  if (person?.consent !== "never") return;
  // Nobody was asked: it does not count as a question.
  await updateInvitation(work.transaction, workspaceId, invitationId, {
    state: "suppressed",
    stateReason: "never-again",
    address: null,
    askedAt: null,
  });
}

async function whereaboutsOf(
  work: Work,
  { workspaceId, invitation, person, chat }: Asking,
): Promise<Whereabouts | undefined> {
  const { transaction } = work;
  const { connectionId } = invitation;
  const userId = await externalIdOf(transaction, workspaceId, connectionId, person.id);
  if (userId === undefined) return undefined;
  const { settings } = await readConnection(transaction, workspaceId, connectionId);
  const here = chat?.connection_id === connectionId ? chat.external_id : undefined;
  const { promise } = await readSettings(transaction, workspaceId);
  // Whether it is right now is between us and them; so is what only its totals are seen of.
  const quietly = invitation.kind === "recovery" || promise === "totals";
  return { askIn: quietly ? "direct" : settings.askIn, userId, chatId: here };
}

/** Each place is a turn of its own: a delivery with its own key, kept as what became of it. */
async function askAt(engine: Engine, work: Work, asking: Asking, place: Address): Promise<void> {
  const { transaction, now } = work;
  const { workspaceId, person, survey } = asking;
  const settings = await readSettings(transaction, workspaceId);
  // Whoever has a case has let the team know who they are, and it is told what they say.
  const promise = asking.invitation.kind === "recovery" ? "named" : settings.promise;
  const invitation = { ...asking.invitation, promise };
  const before = invitation.conversation;
  const fresh = before === undefined ? newConversation() : startAgain(before);
  const turn = fresh.turn + 1;
  const first = survey.definition.questions[0]?.key ?? "";
  const conversation = { ...fresh, turn, places: { ...fresh.places, [first]: turn } };
  const talk = await talkAt(engine, work, { ...asking, invitation }, place);
  const message = sayMessage(talk, conversation, begin(survey.definition));
  if (message === undefined) return;
  await updateInvitation(transaction, workspaceId, invitation.id, {
    state: "asked",
    stateReason: null,
    promise,
    conversation,
    address: place.kind === "direct" ? null : place,
    askedAt: now,
    ...askedUntil(invitation.kind, await limitsOf(transaction, workspaceId, invitation.id), now),
  });
  await post(engine, work, {
    workspaceId,
    connectionId: invitation.connectionId,
    key: `talk:${invitation.id}:${turn}`,
    purpose: "ask",
    invitationId: invitation.id,
    personId: person.id,
    address: place,
    message: place.kind === "whisper" ? { ...message, opener: opener(talk, person.name) } : message,
  });
}

/** What the messages of a question have in common when it is asked at this place. */
export async function talkAt(
  engine: Engine,
  work: Work,
  asking: Asking,
  place: Address,
): Promise<Talk> {
  const { workspaceId, invitation, person, survey, chat } = asking;
  const connection = await readConnection(work.transaction, workspaceId, invitation.connectionId);
  const language = languageOf(connection, person);
  // Whoever is asked in the chat itself need not be told where it is.
  const here = "chatId" in place && place.chatId === chat?.external_id;
  const { promise } = invitation;
  const told = { personId: person.id, invitationId: invitation.id, promise };
  return {
    survey: survey.definition,
    language,
    ...(person.locale === null ? {} : { tag: person.locale }),
    company: connection.workspace.name,
    ...(await namesFor(work.transaction, workspaceId, {
      survey: survey.definition,
      person,
      invitation,
    })),
    workspaceId,
    invitationId: invitation.id,
    tokens: engine.tokens,
    promise,
    introduces: !(await wasPromised(work.transaction, workspaceId, told)),
    place,
    ...(chat === undefined ? {} : { about: await aboutChat(work, workspaceId, chat, language) }),
    ...(here || !chat?.url ? {} : { chatUrl: chat.url }),
  };
}

/** Nobody can be reached now: the question waits for a sign of life, as long as it makes sense. */
async function awaitContact(work: Work, { workspaceId, invitation, chat }: Asking): Promise<void> {
  const { transaction, now } = work;
  const since = (invitation.kind === "chat" ? chat?.closed_at : undefined) ?? now;
  const until = since.getTime() + CHAT_VALID_MS;
  if (until <= now.getTime()) {
    return updateInvitation(transaction, workspaceId, invitation.id, {
      state: "expired",
      stateReason: "no-contact",
      finishedAt: now,
    });
  }
  const decision = { verdict: "defer", gate: "place", reason: NEXT_CONTACT, until } as const;
  await keepDecision(transaction, workspaceId, invitation.id, decision, now);
  await updateInvitation(transaction, workspaceId, invitation.id, {
    state: "planned",
    stateReason: NEXT_CONTACT,
    address: null,
    dueAt: null,
    // Nobody was asked: it neither counts for the cap nor as a question about this chat.
    askedAt: null,
    remindAt: null,
    expiresAt: new Date(until),
  });
}
