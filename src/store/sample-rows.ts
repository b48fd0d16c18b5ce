/** The sample's plain values → rows. Pure. */
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { SampleInvitation } from "../sampling/answers.ts";
import type { SampleChat } from "../sampling/chats.ts";
import type { SampleStay } from "../sampling/stays.ts";
import { SCORE, WHY } from "../surveys/parts.ts";
import { newId } from "./ids.ts";
import type { SampleData } from "./sample.ts";
import type { NewRow } from "./schema.ts";

/** The platform that sample chats seem to come from. */
export const SAMPLE_PLATFORM = "sample";
const EXPIRES_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

interface SampleRefs {
  readonly workspaceId: number;
  readonly connectionId: string;
  readonly surveys: ReadonlyMap<MetricName, string>;
}

/** Rows by table, in the order in which they can be inserted. */
export interface SampleRows {
  readonly accounts: readonly NewRow<"accounts">[];
  readonly people: readonly NewRow<"people">[];
  readonly chats: readonly NewRow<"chats">[];
  readonly handlers: readonly NewRow<"handlers">[];
  readonly invitations: readonly NewRow<"invitations">[];
  readonly decisions: readonly NewRow<"decisions">[];
  readonly answers: readonly NewRow<"answers">[];
}

export function sampleRows(refs: SampleRefs, data: SampleData): SampleRows {
  const { workspaceId: workspace_id } = refs;
  return {
    accounts: data.accounts.map(({ id, externalId, name, stay }) => ({
      ...{ workspace_id, id, external_id: externalId, name, ...toStay(stay) },
      created_at: data.startedAt,
    })),
    people: [...toCustomers(workspace_id, data), ...toAgents(workspace_id, data)],
    chats: data.chats.map((chat) => toChat(refs, chat)),
    handlers: data.chats.flatMap((chat) => toHandlers(workspace_id, chat)),
    invitations: data.invitations.map((invitation) => toInvitation(refs, invitation)),
    decisions: data.invitations.map((invitation) => toDecision(workspace_id, invitation)),
    answers: data.invitations.flatMap((invitation) => toAnswers(refs, invitation)),
  };
}

function toCustomers(workspace_id: number, data: SampleData): NewRow<"people">[] {
  return data.customers.map(({ id, name, language, accountId, accountRole, stay }) => ({
    workspace_id,
    ...toStay(stay),
    id,
    account_id: accountId,
    account_role: accountRole,
    name,
    locale: language,
    role: "customer" as const,
    source: "sample" as const,
    created_at: data.startedAt,
  }));
}

function toStay({ joinedAt, leftAt, leftRule }: SampleStay) {
  return { joined_at: joinedAt, left_at: leftAt, left_rule: leftRule };
}

function toAgents(workspace_id: number, data: SampleData): NewRow<"people">[] {
  return data.agents.map(({ id, name }) => ({
    workspace_id,
    id,
    account_id: null,
    account_role: null,
    name,
    locale: "en",
    role: "agent" as const,
    source: "sample" as const,
    created_at: data.startedAt,
  }));
}

function toChat({ workspaceId, connectionId }: SampleRefs, chat: SampleChat): NewRow<"chats"> {
  return {
    workspace_id: workspaceId,
    id: chat.id,
    connection_id: connectionId,
    external_id: chat.id,
    customer_id: chat.customer.id,
    channel: channelOf(chat),
    team: chat.team,
    touchpoint: chat.touchpoint,
    tags: [...chat.tags],
    state: "closed",
    close_reason: chat.closeReason,
    closings: 1,
    customer_messages: chat.customerMessages,
    customer_characters: chat.customerCharacters,
    opened_at: chat.openedAt,
    first_customer_at: chat.openedAt,
    first_replied_at: chat.firstRepliedAt,
    first_replier_id: chat.agents[0]?.id ?? null,
    first_team_at: chat.firstRepliedAt,
    closed_at: chat.closedAt,
    source: "sample",
  };
}

function channelOf(chat: SampleChat): string {
  return chat.team === "Billing" ? "billing-help" : "support";
}

/** Both the running tally and the handlers frozen at the closing; the first one did most. */
function toHandlers(workspace_id: number, chat: SampleChat): NewRow<"handlers">[] {
  return chat.agents.flatMap((agent, i) =>
    [0, 1].map((closing) => ({
      workspace_id,
      chat_id: chat.id,
      closing,
      person_id: agent.id,
      messages: i === 0 ? chat.customerMessages : Math.ceil(chat.customerMessages / 3),
    })),
  );
}

function surveyOf({ surveys }: SampleRefs, { metric }: SampleInvitation): string {
  const id = surveys.get(metric);
  if (id === undefined) throw new RangeError(`no sample survey for ${metric}`);
  return id;
}

function toInvitation(refs: SampleRefs, invitation: SampleInvitation): NewRow<"invitations"> {
  const { chat, askedAt, answer, decidedAt } = invitation;
  return {
    workspace_id: refs.workspaceId,
    id: invitation.id,
    survey_id: surveyOf(refs, invitation),
    survey_version: 1,
    person_id: chat.customer.id,
    connection_id: refs.connectionId,
    chat_id: chat.id,
    closing: 1,
    reason_key: `chat:${chat.id}:1`,
    state: invitation.state,
    state_reason: invitation.stateReason,
    kind: "sample",
    language: chat.customer.language,
    due_at: decidedAt,
    asked_at: askedAt,
    reached_at: askedAt,
    answered_at: answer?.at ?? null,
    finished_at: answer?.at ?? null,
    expires_at: askedAt && new Date(askedAt.getTime() + EXPIRES_AFTER_MS),
    created_at: chat.closedAt,
  };
}

function toDecision(workspace_id: number, invitation: SampleInvitation): NewRow<"decisions"> {
  const { decision } = invitation;
  return {
    workspace_id,
    id: newId(),
    invitation_id: invitation.id,
    verdict: decision.verdict === "ask" ? "ask" : "suppress",
    gate: decision.verdict === "ask" ? null : decision.gate,
    reason: decision.verdict === "ask" ? "all-gates-passed" : decision.reason,
    until: null,
    decided_at: invitation.decidedAt,
  };
}

function toAnswers(refs: SampleRefs, invitation: SampleInvitation): NewRow<"answers">[] {
  const { chat, answer, metric } = invitation;
  if (answer === undefined) return [];
  const shared = {
    workspace_id: refs.workspaceId,
    invitation_id: invitation.id,
    survey_id: surveyOf(refs, invitation),
    survey_version: 1,
    person_id: chat.customer.id,
    chat_id: chat.id,
    closing: 1,
    platform: SAMPLE_PLATFORM,
    channel: channelOf(chat),
    team: chat.team,
    touchpoint: chat.touchpoint,
    tags: [...chat.tags],
    language: chat.customer.language,
    asked_at: invitation.askedAt,
    answered_at: answer.at,
  };
  const scored = (question: string, of: MetricName, score: number): NewRow<"answers"> => ({
    ...shared,
    question,
    metric: of,
    score,
    scale_min: metrics[of].scale.min,
    scale_max: metrics[of].scale.max,
    text: null,
  });
  const none = { metric: null, score: null, scale_min: null, scale_max: null };
  const { score, comment, resolution } = answer;
  return [
    scored(SCORE, metric, score),
    ...(comment === undefined ? [] : [{ ...shared, ...none, question: WHY, text: comment }]),
    ...(resolution === undefined ? [] : [scored("resolution", "resolution", resolution)]),
  ];
}
