/** Answers, one per question of an invitation; what was there before a change is kept as history. */
import { type RawBuilder, sql } from "kysely";
import type { MetricName, Scale } from "../metrics/metric.ts";
import { noting } from "./activity.ts";
import type { Db, NewRow, WhoReads } from "./schema.ts";

/** Where an answer belongs and what it can be cut by, as it was when the chat was closed. */
export interface AnswerContext {
  readonly workspaceId: number;
  readonly invitationId: string;
  readonly surveyId: string;
  readonly surveyVersion: number;
  /** Who reads it, as was said when it was asked. */
  readonly promise: WhoReads;
  readonly personId: string;
  readonly chatId: string | null;
  readonly closing: number | null;
  readonly platform: string;
  readonly channel: string | null;
  readonly team: string | null;
  readonly touchpoint: string | null;
  readonly tags: readonly string[];
  readonly language: string;
  readonly askedAt: Date | null;
}

/** The value of an answer: a step of a scale, a choice, or words. */
export type AnswerValue =
  | {
      readonly kind: "score";
      readonly metric: MetricName;
      readonly scale: Scale;
      readonly score: number;
    }
  | { readonly kind: "choice"; readonly choice: string }
  /** `replaces`: instead of the words already said, which go to the history. */
  | { readonly kind: "text"; readonly text: string; readonly replaces?: boolean };

/** What is kept of all that somebody added to one answer, in characters as the database counts. */
const MAX_ANSWER_TEXT = 20_000;

/**
 * Keeps an answer. A second one to the same question replaces the first, which goes to the history;
 * the time of the first stays the time answered. Words are added to the words already said, if they
 * are not to take their place.
 */
export async function keepAnswer(
  db: Db,
  context: AnswerContext,
  question: string,
  value: AnswerValue,
  at: Date,
): Promise<void> {
  const replaces = value.kind === "text" && value.replaces === true;
  const { workspaceId, invitationId, personId } = context;
  await noting(db, { workspaceId, personId, what: ["answer"], at })
    .with("archived", () => archiving(workspaceId, invitationId, at, question))
    .insertInto("answers")
    .values(toRow(context, question, value, at))
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "invitation_id", "question"]).doUpdateSet((row) => ({
        score: row.ref("excluded.score"),
        choice: row.ref("excluded.choice"),
        text: replaces
          ? row.ref("excluded.text")
          : sql`nullif(left(concat_ws(E'\n', answers.text, excluded.text), ${MAX_ANSWER_TEXT}::int), '')`.$castTo<
              string | null
            >(),
        changed_at: at,
        revision: sql`answers.revision + 1`,
      })),
    )
    .execute();
}

/** Takes all answers of an invitation back; they stay in the history. */
export async function withdrawAnswers(
  db: Db,
  workspaceId: number,
  invitationId: string,
  at: Date,
): Promise<void> {
  await db
    .with("archived", () => archiving(workspaceId, invitationId, at))
    .deleteFrom("answers")
    .where("workspace_id", "=", workspaceId)
    .where("invitation_id", "=", invitationId)
    .execute();
}

/** A part of the statement that changes them, which sees them as they were. */
function archiving(
  workspaceId: number,
  invitationId: string,
  at: Date,
  question?: string,
): RawBuilder<Record<never, never>> {
  const which = question === undefined ? sql`` : sql`and a.question = ${question}`;
  // The number goes on after a withdrawal, when the answer itself starts again at revision 1.
  return sql`(
    insert into answer_history (workspace_id, invitation_id, question, revision, score, choice, text,
      answered_at, replaced_at)
    select a.workspace_id, a.invitation_id, a.question,
      1 + coalesce((select max(h.revision) from answer_history h
        where h.workspace_id = a.workspace_id and h.invitation_id = a.invitation_id
          and h.question = a.question), 0),
      a.score, a.choice, a.text, coalesce(a.changed_at, a.answered_at), ${at}
    from answers a
    where a.workspace_id = ${workspaceId} and a.invitation_id = ${invitationId} ${which})`;
}

function toRow(
  context: AnswerContext,
  question: string,
  value: AnswerValue,
  at: Date,
): NewRow<"answers"> {
  const score = value.kind === "score" ? value : undefined;
  return {
    workspace_id: context.workspaceId,
    invitation_id: context.invitationId,
    question,
    survey_id: context.surveyId,
    survey_version: context.surveyVersion,
    promise: context.promise,
    metric: score?.metric ?? null,
    score: score?.score ?? null,
    scale_min: score?.scale.min ?? null,
    scale_max: score?.scale.max ?? null,
    choice: value.kind === "choice" ? value.choice : null,
    text: value.kind === "text" ? value.text : null,
    person_id: context.personId,
    chat_id: context.chatId,
    closing: context.closing,
    platform: context.platform,
    channel: context.channel,
    team: context.team,
    touchpoint: context.touchpoint,
    tags: [...context.tags],
    language: context.language,
    asked_at: context.askedAt,
    answered_at: at,
  };
}

/** Texts and values of one invitation by question. */
export async function readAnswers(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<Map<string, { score: number | null; choice: string | null; text: string | null }>> {
  const rows = await db
    .selectFrom("answers")
    .select(["question", "score", "choice", "text"])
    .where("workspace_id", "=", workspaceId)
    .where("invitation_id", "=", invitationId)
    .execute();
  return new Map(rows.map(({ question, ...value }) => [question, value]));
}
