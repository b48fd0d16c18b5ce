/** One step of a conversation with everything that it causes, inside the event's transaction. */

import { sayMoment } from "../commands/moment.ts";
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage, lineReply } from "../messages.ts";
import type { Address, Reply } from "../platform.ts";
import { namesFor } from "../scheduling/ask/names.ts";
import type { Connection } from "../store/connections.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { advance } from "../surveys/conversation.ts";
import type { Conversation, Input, Say } from "../surveys/conversation-state.ts";
import { sayMessage, skippedMessage } from "../surveys/messages.ts";
import { pauseEnd } from "../surveys/pause.ts";
import { resolveWhen } from "../surveys/reply.ts";
import type { Survey } from "../surveys/survey.ts";
import type { Talk } from "../surveys/talk.ts";
import { sayWhen } from "../surveys/when.ts";
import { complains } from "./alerts.ts";
import { keepStep } from "./effects.ts";
import { editQuestion, speak } from "./speaking.ts";
import { keepTrial, type Trial } from "./trial.ts";
import { isWhispered, whisperedReply } from "./whispered.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** "Later" that is further away is no "later" any more. */
const LATER_MS = 30 * DAY_MS;

/** Who says what about which invitation. */
export interface Step {
  readonly connection: Connection;
  readonly person: Person;
  /** Where the talk goes on. */
  readonly at: Address;
  /** Locked. */
  readonly invitation: Invitation;
  readonly input: Input;
  /** Somebody tries a survey: nothing that they say is kept. */
  readonly trial?: Trial;
}

/** Takes the step; the reply replaces the message whose button was pressed, or answers the presser. */
export async function takeStep(engine: Engine, work: Work, step: Step): Promise<Reply> {
  const { connection, person, invitation, input } = step;
  const language = languageOf(connection, person);
  const { survey, conversation } = invitation;
  if (survey === undefined || conversation === undefined)
    return lineReply(language, textsFor(language).text("talk.notice.unknown-version"));
  const outcome = heard(
    { step, survey },
    advance(survey.definition, conversation, input, {
      now: work.now.getTime(),
      expiresAt: invitation.expiresAt ?? 0,
      language,
      seed: invitation.id,
    }),
  );
  const snooze = outcome.effects.find((effect) => effect.kind === "snooze");
  const laterAt = snooze && laterDate(snooze.when, work.now, person, connection, language);
  const pauses = outcome.effects.some(({ kind }) => kind === "consent");
  const timeZone = zoneOf(person, connection);
  const until = pauses
    ? pauseEnd(input.kind === "words" ? input.text : "", { now: work.now, timeZone, language })
    : undefined;
  const talk: Talk = {
    ...(await talkOf(engine, work, step, survey.definition)),
    ...(laterAt && { laterAt: sayWhen(laterAt, work.now, language, timeZone) }),
    ...(until && { pausedUntil: sayMoment(until, "day", language, timeZone) }),
  };
  if (isWhispered(step)) {
    const { state, effects, say: says } = outcome;
    await keepStep(engine, work, { step, survey, effects, state, laterAt, until });
    return whisperedReply(work, { step, talk, state, says });
  }
  const { inPlace, fresh } = placeSayings(input, outcome.say);
  const state = await speak(engine, work, step, talk, outcome.state, fresh);
  const { effects } = outcome;
  if (step.trial === undefined)
    await keepStep(engine, work, { step, survey, effects, state, laterAt, until });
  else await keepTrial(engine, work, { ...step, trial: step.trial, state, effects });
  return replyFor(engine, work, { step, talk, before: conversation, state, inPlace });
}

/** Nobody is thanked for a complaint as if it were praise. */
function heard(
  about: { readonly step: Step; readonly survey: Survey },
  outcome: ReturnType<typeof advance>,
): ReturnType<typeof advance> {
  if (!complains({ ...about, effects: outcome.effects })) return outcome;
  const say = outcome.say.map((each) =>
    each.kind === "thanks" ? { ...each, complaint: true } : each,
  );
  return { ...outcome, say };
}

/** What the messages to this person have in common. */
export async function talkOf(
  engine: Engine,
  { transaction }: Work,
  { connection, person, invitation, at }: Omit<Step, "input">,
  survey: Talk["survey"],
): Promise<Talk> {
  const { workspace } = connection;
  return {
    survey,
    language: languageOf(connection, person),
    ...(person.locale === null ? {} : { tag: person.locale }),
    company: workspace.name,
    ...(await namesFor(transaction, workspace.id, { survey, person, invitation })),
    workspaceId: workspace.id,
    invitationId: invitation.id,
    tokens: engine.tokens,
    promise: invitation.promise,
    place: at,
    ...(invitation.chatId === null ? { general: true } : {}),
  };
}

/** Which sayings take the place of the pressed message, and which are new messages. */
function placeSayings(input: Input, says: readonly Say[]): { inPlace: Say[]; fresh: Say[] } {
  switch (input.kind) {
    case "answer":
      return {
        inPlace: says.filter((each) => each.kind === "answered" || each.kind === "notice"),
        fresh: says.filter((each) => each.kind !== "answered" && each.kind !== "notice"),
      };
    case "change":
      return { inPlace: [...says], fresh: [] };
    case "wish":
      return {
        inPlace: says.filter((each) => each.kind === "notice"),
        fresh: says.filter((each) => each.kind !== "notice"),
      };
    case "undo":
      return { inPlace: says.filter((each) => each.kind === "notice"), fresh: [] };
    case "words": {
      const here = input.form === undefined ? ["answered", "wrote"] : ["wrote", "notice"];
      return {
        inPlace: says.filter((each) => here.includes(each.kind)),
        fresh: says.filter((each) => !here.includes(each.kind)),
      };
    }
  }
}

/** What the presser gets back at once; questions answered in words are updated by a delivery. */
async function replyFor(
  engine: Engine,
  work: Work,
  about: {
    step: Step;
    talk: Talk;
    before: Conversation;
    state: Conversation;
    inPlace: readonly Say[];
  },
): Promise<Reply> {
  const { step, talk, before, state, inPlace } = about;
  const { input } = step;
  if (input.kind === "words" && input.form === undefined) {
    await editQuestions(engine, work, about);
    return { kind: "nothing" };
  }
  if (input.kind === "undo" && inPlace.length === 0) {
    const first = talk.survey.questions[0]?.key ?? "";
    await editQuestion(engine, work, about, first, { kind: "question", question: first });
    const text = textsFor(talk.language).text("ask.undone");
    return { kind: "update", message: lineMessage(talk.language, text) };
  }
  if (input.kind === "wish" && input.wish === "skip" && inPlace.length === 0) {
    const message = skippedMessage(talk, before, input.question ?? "");
    return message === undefined ? { kind: "nothing" } : { kind: "update", message };
  }
  const message = sayMessage(talk, state, inPlace);
  if (message === undefined) return { kind: "nothing" };
  const notice = inPlace.find((each) => each.kind === "notice")?.notice;
  // "Too late" must not wipe out what stands there; an ended question loses its buttons.
  const beside = notice === "closed" || notice === "too-late-to-change";
  return { kind: beside ? "message" : "update", message };
}

/** What was answered in words is shown where it was asked. */
async function editQuestions(
  engine: Engine,
  work: Work,
  about: { step: Step; talk: Talk; state: Conversation; inPlace: readonly Say[] },
): Promise<void> {
  for (const each of about.inPlace) {
    if (each.kind !== "answered" && each.kind !== "wrote") continue;
    await editQuestion(engine, work, about, each.question, each);
  }
}

function zoneOf(person: Person, connection: Connection): string {
  return person.timeZone ?? connection.workspace.timeZone;
}

function laterDate(
  when: string | undefined,
  now: Date,
  person: Person,
  connection: Connection,
  language: Language,
): Date {
  const timeZone = zoneOf(person, connection);
  const said = when === undefined ? undefined : resolveWhen(when, { now, timeZone, language });
  const nextDay = new Date(now.getTime() + DAY_MS);
  const tooFar = now.getTime() + LATER_MS;
  return said !== undefined && said > now && said.getTime() < tooFar ? said : nextDay;
}
