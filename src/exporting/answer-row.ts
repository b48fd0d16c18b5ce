/** One exported answer, or a count of them, as cells by column. Pure. */
import { metrics } from "../metrics/registry.ts";
import type { ExportedAnswer, ExportedCount, ExportedHandler } from "../store/export-answers.ts";
import { type AnswerColumn, answerColumns, type ExportKind, nameColumns } from "./columns.ts";
import type { Cell, ExportRow } from "./format.ts";
import { listed, listedPairs } from "./lists.ts";

/** Cells that hold something, by their column. */
export type AnswerCells = { readonly [Name in AnswerColumn]?: Cell };

/** The cells of an answer, or of a question without one. */
export function answerCells(row: ExportedAnswer): AnswerCells {
  const kind: ExportKind = row.question === null ? "asked" : "answer";
  return {
    answered_at: row.answeredAt,
    ...scoreCells(row, row.score),
    comment: row.text,
    choice: row.choice,
    person: row.person,
    person_name: row.personName,
    email: row.email,
    account_name: row.accountName,
    account: row.account,
    language: row.language,
    platform: row.platform,
    channel: row.channel,
    team: row.team,
    agents: listedPairs(row.handlers.map(({ name, messages }) => [name, String(messages)])),
    touchpoint: row.touchpoint,
    tags: listed(row.tags),
    link: row.link,
    survey: row.survey,
    question: row.question,
    promise: row.promise,
    state: row.state,
    asked_at: row.askedAt,
    reached_at: row.reachedAt,
    replied_at: row.repliedAt,
    finished_at: row.finishedAt,
    expires_at: row.expiresAt,
    changed_at: row.changedAt,
    occasion: row.occasion,
    wording: row.wording,
    apart: row.apart ? "yes" : null,
    n: row.score === null ? null : 1,
    chat: row.chat,
    closing: row.closing,
    person_part: row.part,
    handlers: listedPairs(row.handlers.map((handler) => [handler.id, sortOf(handler)])),
    invitation: row.invitation,
    key: row.key,
    kind,
  };
}

/** As an import tells who is made anew, should nobody know them there. */
function sortOf({ bot }: ExportedHandler): string {
  return bot ? "bot" : "human";
}

/** The cells of a count. */
export function countCells(row: ExportedCount): AnswerCells {
  const kind: ExportKind = row.what === "score" ? "count" : `count-${row.what}`;
  return {
    ...scoreCells(row, row.what === "score" ? row.score : null),
    team: row.team,
    survey: row.survey,
    question: row.question,
    promise: row.promise,
    wording: row.wording,
    day: row.day,
    n: row.n,
    kind,
  };
}

/** A score as an import reads it: the step's name where it has one. */
function scoreCells(
  { metric, scaleMin, scaleMax }: Pick<ExportedAnswer, "metric" | "scaleMin" | "scaleMax">,
  score: number | null,
): AnswerCells {
  if (metric === null || score === null) return { metric };
  const { scale, stepName } = metrics[metric];
  const known = scale.min === scaleMin && scale.max === scaleMax;
  const name = known ? stepName(score) : String(score);
  const scaled = { scale_min: scaleMin, scale_max: scaleMax };
  return { metric, score: /^\d+$/.test(name) ? Number(name) : name, ...scaled };
}

/** The columns of a file. */
export function columnsOf({ names }: { readonly names: boolean }): readonly AnswerColumn[] {
  if (names) return answerColumns;
  const left: readonly string[] = nameColumns;
  return answerColumns.filter((name) => !left.includes(name));
}

/** A row of the file. */
export function rowOf(columns: readonly AnswerColumn[], cells: AnswerCells): ExportRow {
  return columns.map((name) => cells[name] ?? null);
}
