/** Rows of a file that was exported, checked already, and what they add. Pure. */
import type { MetricName } from "../metrics/metric.ts";
import type { InvitationKind, InvitationState, WhoReads } from "./schema.ts";

/** Times are ISO 8601 with an offset, kept to the last digit. */
type Time = string;

/** The survey that something was asked by, and the metric of what was answered, else its own. */
export interface ExportedSurvey {
  readonly key: string;
  readonly version: number;
  readonly metric: MetricName | null;
  /** In no figures of its metric. */
  readonly apart: boolean;
}

/** A score on its scale. */
export interface ExportedScore {
  readonly score: number;
  readonly min: number;
  readonly max: number;
}

/** Who handled a chat, with their part of it. */
export interface FiledHandler {
  readonly id: string;
  readonly name: string;
  readonly messages: number;
  readonly bot: boolean;
}

/** A question that somebody was asked, and one answer, if there is one. */
export interface FiledAnswer {
  readonly kind: "answer" | "asked";
  readonly survey: ExportedSurvey;
  readonly invitation: {
    readonly id: string;
    readonly key: string;
    readonly state: InvitationState;
    readonly occasion: InvitationKind;
    readonly promise: WhoReads;
    readonly askedAt: Time | null;
    readonly reachedAt: Time | null;
    readonly repliedAt: Time | null;
    readonly finishedAt: Time | null;
    readonly expiresAt: Time | null;
  };
  /** Null for a question without an answer. */
  readonly answer: {
    readonly question: string;
    readonly score: ExportedScore | null;
    readonly choice: string | null;
    readonly text: string | null;
    readonly answeredAt: Time;
    readonly changedAt: Time | null;
  } | null;
  /** The human, as the file calls them; null where nobody knows. */
  readonly person: string | null;
  /** Another row of the human, by which they answered. */
  readonly part: string | null;
  readonly personName: string | null;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly platform: string | null;
  readonly channel: string | null;
  readonly team: string | null;
  readonly touchpoint: string | null;
  readonly tags: readonly string[];
  readonly language: string | null;
  readonly chat: {
    readonly id: string;
    readonly closing: number;
    readonly link: string | null;
  } | null;
  readonly handlers: readonly FiledHandler[];
}

/** How many of the forgotten there were on a day. */
export interface FiledCount {
  readonly kind: "count";
  readonly survey: ExportedSurvey;
  readonly what: "score" | "asked" | "reached" | "answered";
  readonly question: string;
  readonly day: string;
  readonly team: string;
  readonly promise: WhoReads;
  readonly score: ExportedScore | null;
  readonly n: number;
}

export type FiledRow = FiledAnswer | FiledCount;

/** What a row refers to, looked up. */
export interface FiledRefs {
  readonly workspaceId: number;
  /** Of everything from files. */
  readonly connectionId: string;
  /** The one that it was asked on, or another of its platform; null when nobody knows. */
  readonly askedOn: string | null;
  readonly surveyId: string;
  readonly surveyVersion: number;
  readonly personId: string | null;
}

/** A row as the database reads it from JSON. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** What nobody knows of a chat that is here only because something was answered about it. */
export function chatRow(refs: FiledRefs, row: FiledAnswer): JsonRow | undefined {
  const { chat, invitation, answer } = row;
  if (chat === null) return undefined;
  const at = invitation.askedAt ?? answer?.answeredAt ?? invitation.repliedAt;
  return {
    workspace_id: refs.workspaceId,
    id: chat.id,
    connection_id: refs.connectionId,
    external_id: chat.id,
    customer_id: refs.personId,
    channel: row.channel,
    team: row.team,
    touchpoint: row.touchpoint ?? "support chat",
    tags: row.tags,
    url: chat.link,
    state: "closed",
    closings: chat.closing,
    customer_messages: 0,
    customer_characters: 0,
    opened_at: at,
    closed_at: at,
    reopenings: [],
    source: sourceOf(row),
  };
}

/** What is made up stays known as such. */
export function sourceOf({ invitation }: FiledAnswer): "sample" | "import" {
  return invitation.occasion === "sample" ? "sample" : "import";
}

/** Nobody can answer it any more: its conversation is not in the file. */
function stateOf({ state, askedAt }: FiledAnswer["invitation"]): InvitationState {
  return state === "planned" || (state === "asked" && askedAt !== null) ? "expired" : state;
}

export function invitationRow(
  refs: FiledRefs,
  row: FiledAnswer,
): JsonRow & { readonly id: string } {
  const { id, key, occasion, promise, ...times } = row.invitation;
  return {
    workspace_id: refs.workspaceId,
    id,
    survey_id: refs.surveyId,
    survey_version: refs.surveyVersion,
    person_id: refs.personId,
    connection_id: refs.askedOn,
    chat_id: row.chat?.id ?? null,
    closing: row.chat?.closing ?? null,
    reason_key: key,
    state: stateOf(row.invitation),
    kind: occasion,
    promise,
    language: row.language,
    asked_at: times.askedAt,
    reached_at: times.reachedAt,
    answered_at: times.repliedAt,
    finished_at: times.finishedAt,
    expires_at: times.expiresAt,
    created_at: times.askedAt ?? times.repliedAt ?? row.answer?.answeredAt ?? null,
  };
}

export function answerRow(refs: FiledRefs, row: FiledAnswer): JsonRow | undefined {
  const { answer, invitation, chat } = row;
  if (answer === null) return undefined;
  const { score } = answer;
  return {
    workspace_id: refs.workspaceId,
    invitation_id: invitation.id,
    question: answer.question,
    survey_id: refs.surveyId,
    survey_version: refs.surveyVersion,
    metric: score === null ? null : row.survey.metric,
    score: score?.score ?? null,
    scale_min: score?.min ?? null,
    scale_max: score?.max ?? null,
    choice: answer.choice,
    text: answer.text,
    person_id: refs.personId,
    chat_id: chat?.id ?? null,
    closing: chat?.closing ?? null,
    platform: row.platform,
    channel: row.channel,
    team: row.team,
    touchpoint: row.touchpoint,
    tags: row.tags,
    language: row.language,
    promise: invitation.promise,
    asked_at: invitation.askedAt,
    answered_at: answer.answeredAt,
    changed_at: answer.changedAt,
    revision: answer.changedAt === null ? 1 : 2,
  };
}

export function countRow(
  refs: Pick<FiledRefs, "workspaceId" | "surveyId" | "surveyVersion">,
  row: FiledCount,
): JsonRow {
  return {
    workspace_id: refs.workspaceId,
    survey_id: refs.surveyId,
    survey_version: refs.surveyVersion,
    question: row.question,
    day: row.day,
    team: row.team,
    promise: row.promise,
    what: row.what,
    metric: row.score === null ? null : row.survey.metric,
    score: row.score?.score ?? 0,
    scale_min: row.score?.min ?? null,
    scale_max: row.score?.max ?? null,
    n: row.n,
  };
}
