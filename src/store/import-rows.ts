/** One imported answer → the rows that it adds. Pure. */
import { v5 } from "uuid";
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { SCORE, WHY } from "../surveys/parts.ts";
import { newId } from "./ids.ts";
import type { NewRow } from "./schema.ts";

/** The platform of everything that came from files. */
export const IMPORT_PLATFORM = "import";
/** Identities of agents begin with this, no customer's does: two namespaces in one connection. */
export const AGENT_PREFIX = "agent:";
/** An invitation can be answered for so long after it was asked. */
const EXPIRES_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** One answer from a file, checked already. */
export interface ImportedAnswer {
  /** Equal answers have equal keys. */
  readonly key: string;
  readonly metric: MetricName;
  readonly score: number;
  readonly answeredAt: Date;
  readonly askedAt: Date | undefined;
  /** The customer's id where the file comes from; also the name, as there is no other. */
  readonly person: string | undefined;
  readonly comment: string | undefined;
  /** Canonical BCP 47 tag. */
  readonly language: string | undefined;
  readonly channel: string | undefined;
  readonly team: string | undefined;
  /** Name of who handled the chat. */
  readonly agent: string | undefined;
  readonly touchpoint: string | undefined;
  readonly tags: readonly string[];
  /** The chat's id where the file comes from. */
  readonly chat: string | undefined;
}

/** What an answer refers to, looked up. */
export interface ImportRefs {
  readonly workspaceId: number;
  readonly connectionId: string;
  readonly surveyId: string;
  readonly personId: string | null;
  readonly agentId: string | undefined;
  /** The answer's key with its occurrence number: unique in the workspace. */
  readonly rowKey: string;
}

/** Everything that one answer adds. */
export interface ImportRows {
  readonly chat: NewRow<"chats"> | undefined;
  readonly handler: NewRow<"handlers"> | undefined;
  readonly invitation: NewRow<"invitations"> & { readonly id: string };
  readonly answers: readonly NewRow<"answers">[];
}

interface ChatKey {
  readonly id: string;
  readonly externalId: string;
}

/** The rows of one answer. A chat is kept when the file names it or somebody who handled it. */
export function toImportRows(refs: ImportRefs, answer: ImportedAnswer): ImportRows {
  const chat = chatKeyOf(refs, answer);
  const invitation = toInvitation(refs, answer, chat);
  return {
    chat: chat && toChat(refs, answer, chat),
    handler:
      chat && refs.agentId !== undefined
        ? {
            workspace_id: refs.workspaceId,
            chat_id: chat.id,
            closing: 1,
            person_id: refs.agentId,
            messages: 1,
          }
        : undefined,
    invitation,
    answers: toAnswers(refs, answer, invitation.id, chat),
  };
}

/** The chat's id is made from its key there, so that it need not be looked up. */
function chatKeyOf(refs: ImportRefs, answer: ImportedAnswer): ChatKey | undefined {
  const externalId = answer.chat ?? (refs.agentId === undefined ? undefined : refs.rowKey);
  return externalId === undefined
    ? undefined
    : { id: v5(externalId, refs.connectionId), externalId };
}

function toChat(refs: ImportRefs, answer: ImportedAnswer, chat: ChatKey): NewRow<"chats"> {
  const at = answer.askedAt ?? answer.answeredAt;
  return {
    workspace_id: refs.workspaceId,
    id: chat.id,
    connection_id: refs.connectionId,
    external_id: chat.externalId,
    customer_id: refs.personId,
    channel: answer.channel ?? null,
    team: answer.team ?? null,
    touchpoint: answer.touchpoint ?? "support chat",
    tags: [...answer.tags],
    state: "closed",
    closings: 1,
    opened_at: at,
    closed_at: at,
    source: "import",
  };
}

function toInvitation(
  refs: ImportRefs,
  answer: ImportedAnswer,
  chat: ChatKey | undefined,
): ImportRows["invitation"] {
  const askedAt = answer.askedAt ?? null;
  return {
    workspace_id: refs.workspaceId,
    id: newId(),
    survey_id: refs.surveyId,
    survey_version: 1,
    person_id: refs.personId,
    connection_id: refs.connectionId,
    chat_id: chat?.id ?? null,
    closing: chat ? 1 : null,
    reason_key: `import:${refs.rowKey}`,
    state: "answered",
    kind: "import",
    language: answer.language ?? null,
    asked_at: askedAt,
    reached_at: askedAt,
    answered_at: answer.answeredAt,
    finished_at: answer.answeredAt,
    expires_at: askedAt && new Date(askedAt.getTime() + EXPIRES_AFTER_MS),
  };
}

function toAnswers(
  refs: ImportRefs,
  answer: ImportedAnswer,
  invitationId: string,
  chat: ChatKey | undefined,
): NewRow<"answers">[] {
  const shared = {
    workspace_id: refs.workspaceId,
    invitation_id: invitationId,
    survey_id: refs.surveyId,
    survey_version: 1,
    person_id: refs.personId,
    chat_id: chat?.id ?? null,
    closing: chat ? 1 : null,
    platform: IMPORT_PLATFORM,
    channel: answer.channel ?? null,
    team: answer.team ?? null,
    touchpoint: answer.touchpoint ?? null,
    tags: [...answer.tags],
    language: answer.language ?? null,
    asked_at: answer.askedAt ?? null,
    answered_at: answer.answeredAt,
  };
  const { min, max } = metrics[answer.metric].scale;
  const score = {
    ...shared,
    question: SCORE,
    metric: answer.metric,
    score: answer.score,
    scale_min: min,
    scale_max: max,
    text: null,
  };
  if (answer.comment === undefined) return [score];
  const words = {
    metric: null,
    score: null,
    scale_min: null,
    scale_max: null,
    text: answer.comment,
  };
  return [score, { ...shared, ...words, question: WHY }];
}
