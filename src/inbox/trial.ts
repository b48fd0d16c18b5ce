/**
 * A survey that an admin tries on themselves: the real conversation, about no invitation. What it asks is
 * frozen with it, and nothing that is answered is kept as an answer, so that no figure, case, cap or clock
 * can ever see it.
 */
import { z } from "zod";
import type { Engine, Work } from "../engine.ts";
import { languageFor, textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { post } from "../outbox/post.ts";
import type { Address } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { type Draft, lockDraft, openDrafts, updateDraft } from "../store/drafts.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import type { WhoReads } from "../store/schema.ts";
import {
  type Conversation,
  type Effect,
  newConversation,
  readConversation,
} from "../surveys/conversation-state.ts";
import { readDefinition, type SurveyDefinition } from "../surveys/survey.ts";

/** So long a trial can be answered. */
const TRIAL_MS = 24 * 60 * 60 * 1000;

const content = z.object({
  v: z.literal(1),
  key: z.string(),
  definition: z.custom<SurveyDefinition>((it) => readDefinition(it) !== undefined),
  /** In which language it is asked, and in which one its admin reads. */
  tag: z.string(),
  reads: z.string(),
  promise: z.enum(["named", "totals"]),
  startedAt: z.number(),
  conversation: z.custom<Conversation>((it) => readConversation(it) !== undefined),
});
type TrialContent = z.output<typeof content>;

/** A trial in the shape of what real conversations are about. */
export interface Trial {
  readonly content: TrialContent;
  readonly invitation: Invitation;
  /** Whoever tries it, as somebody who speaks its language. */
  asked(person: Person): Person;
}

export function newTrial(wanted: {
  readonly key: string;
  readonly definition: SurveyDefinition;
  readonly tag: string;
  readonly reads: string;
  readonly promise: WhoReads;
  readonly now: Date;
}): TrialContent {
  const { now, ...rest } = wanted;
  return { v: 1, ...rest, startedAt: now.getTime(), conversation: newConversation() };
}

/** `undefined` for a draft of another kind, and for a trial that this program does not know. */
export function trialOf(
  draft: Draft,
  { id: connectionId }: Pick<Connection, "id">,
): Trial | undefined {
  const parsed = content.safeParse(draft.content);
  if (draft.kind !== "trial" || !parsed.success) return undefined;
  const { definition, promise, startedAt, conversation, tag } = parsed.data;
  const invitation: Invitation = {
    ...{ id: draft.id, kind: "manual", state: "asked", stateReason: null, promise },
    ...{ personId: draft.personId, connectionId, chatId: null, closing: null },
    ...{ scheduleId: null, slotAt: null, reasonKey: "trial", caseId: null },
    ...{ survey: { id: draft.id, version: 0, definition }, surveyOn: true, conversation },
    ...{ address: null, reached: true, dueAt: null, askedAt: startedAt },
    expiresAt: startedAt + TRIAL_MS,
  };
  const asked = (person: Person): Person => ({ ...person, locale: tag });
  return { content: parsed.data, invitation, asked };
}

/** The trial by its id, locked. */
export async function lockTrial(
  { transaction }: Work,
  connection: Connection,
  id: string,
): Promise<Trial | undefined> {
  const draft = await lockDraft(transaction, connection.workspace.id, id);
  return draft && trialOf(draft, connection);
}

/** What somebody's words are about, when they try a survey just now; locked. */
export async function lockOpenTrial(
  work: Work,
  connection: Connection,
  { id }: Pick<Person, "id">,
): Promise<Trial | undefined> {
  const drafts = await openDrafts(work.transaction, connection.workspace.id, id);
  const found = drafts.find(({ kind }) => kind === "trial");
  const trial = found && (await lockTrial(work, connection, found.id));
  const over = work.now.getTime() >= (trial?.invitation.expiresAt ?? 0);
  return over ? undefined : trial;
}

/** Keeps how far it is, and nothing of what was said; at its end it is said that it was one. */
export async function keepTrial(
  engine: Engine,
  work: Work,
  told: {
    readonly trial: Trial;
    readonly connection: Connection;
    readonly at: Address;
    readonly state: Conversation;
    readonly effects: readonly Effect[];
  },
): Promise<void> {
  const { trial, connection, at, state, effects } = told;
  const { id, personId } = trial.invitation;
  const ended = state.ended !== null;
  const update = {
    content: { ...trial.content, conversation: state },
    state: ended ? "done" : "open",
  } as const;
  await updateDraft(work.transaction, connection.workspace.id, id, update, work.now);
  const ends = new Set<Effect["kind"]>(["finish", "decline", "snooze", "consent"]);
  if (!effects.some(({ kind }) => ends.has(kind))) return;
  const texts = textsFor(languageFor(trial.content.reads));
  await post(engine, work, {
    ...{ workspaceId: connection.workspace.id, connectionId: connection.id },
    ...{ key: `trial:${id}:${state.turn}`, purpose: "notice", invitationId: null, personId },
    address: at,
    message: lineMessage(texts.language, texts.text("trial.over", { key: trial.content.key })),
  });
}
