/** One line of an imported file: cells → a checked row, or the reason why it cannot be used. Pure. */
import { hash } from "node:crypto";
import { z } from "zod";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { AGENT_PREFIX, type ImportedAnswer } from "../store/import-rows.ts";
import { type ColumnName, type Header, readCells } from "./columns.ts";

/** Longest comment, in graphemes (what a person counts as one character). */
export const LONGEST_COMMENT = 4000;
/** Longest person, channel, team, agent, touchpoint, chat and tag, in characters. */
export const LONGEST_NAME = 200;
export const MOST_TAGS = 50;
/** Clocks differ and files are made around midnight: so far into the future a time may lie. */
const FUTURE_MS = 24 * 60 * 60 * 1000;
const EARLIEST = new Date(0);

/** A row or why not; the reason is a sentence without its full stop. */
export type RowResult<Row = ImportedAnswer> =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly reason: string };

type Cells = ReadonlyMap<ColumnName, string>;

/** Checks one record against the header. `now` bounds how far in the future a time may be. */
export function readRow(record: readonly string[], header: Header, now: Date): RowResult {
  const cells = readCells(record, header);
  if (cells === undefined) return wrongWidth(record, header);
  const reason = wrongText(cells);
  if (reason !== undefined) return no(reason);
  return toRow(cells, now);
}

function toRow(cells: Cells, now: Date): RowResult {
  const metric = metricNames.find((name) => name === cells.get("metric"));
  if (metric === undefined) return no(`metric must be one of ${metricNames.join(", ")}`);
  const score = readScore(cells.get("score"), metric);
  if (score === undefined) return no(`score must be ${allowedScores(metric)} for ${metric}`);
  const answeredAt = readTime(cells.get("answered_at"));
  if (answeredAt === undefined) return no(`answered_at must be ${TIME}`);
  const askedText = cells.get("asked_at");
  const askedAt = readTime(askedText);
  if (askedText !== undefined && askedAt === undefined) return no(`asked_at must be ${TIME}`);
  if (answeredAt.getTime() > now.getTime() + FUTURE_MS) return no("answered_at is in the future");
  if ((askedAt ?? answeredAt) < EARLIEST) return no("the time is before 1970");
  if (askedAt !== undefined && askedAt > answeredAt) return no("asked_at is after answered_at");
  const language = readLanguage(cells.get("language"));
  if (language === null) return no("language must be a language tag such as en, ru or zh-Hans");
  const tags = readTags(cells.get("tags"));

  return {
    ok: true,
    row: {
      key: keyOf(cells),
      metric,
      score,
      answeredAt,
      askedAt,
      person: cells.get("person"),
      comment: cells.get("comment"),
      language,
      channel: cells.get("channel"),
      team: cells.get("team"),
      agent: cells.get("agent"),
      touchpoint: cells.get("touchpoint"),
      tags,
      chat: cells.get("chat"),
    },
  };
}

const TIME = "a real date and time with an offset, such as 2026-10-05T14:30:00+02:00";
const time = z.iso.datetime({ offset: true });

/** ISO 8601 with an offset; days that no calendar has are refused. */
function readTime(text: string | undefined): Date | undefined {
  return text !== undefined && time.safeParse(text).success ? new Date(text) : undefined;
}

const resolutionScores: ReadonlyMap<string, number> = new Map([
  ["no", 0],
  ["partly", 1],
  ["yes", 2],
]);

/** Only the plain whole number is a score: "9", never "9.0", "+9" or "nine". */
function readScore(text: string | undefined, metric: MetricName): number | undefined {
  if (text === undefined) return undefined;
  if (metric === "resolution") return resolutionScores.get(text);
  const { min, max } = metrics[metric].scale;
  if (!/^(0|[1-9]\d?)$/.test(text)) return undefined;
  const score = Number(text);
  return score >= min && score <= max ? score : undefined;
}

function allowedScores(metric: MetricName): string {
  if (metric === "resolution") return "yes, partly or no";
  const { min, max } = metrics[metric].scale;
  return `a whole number from ${min} to ${max}`;
}

/** `null`: not a language tag. */
export function readLanguage(text: string | undefined): string | undefined | null {
  if (text === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

export function readTags(text: string | undefined): string[] {
  const tags = (text ?? "").split(";").map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

const names = ["person", "channel", "team", "agent", "touchpoint", "chat"] as const;

/** Why the texts of a row cannot be kept, if so. */
function wrongText(cells: Cells): string | undefined {
  for (const [name, value] of cells) {
    if (value.includes("\0")) return `${name} contains a NUL character`;
  }
  const long = names.find((name) => longerThan(cells.get(name), LONGEST_NAME));
  if (long !== undefined) return `${long} is longer than ${LONGEST_NAME} characters`;
  const tags = readTags(cells.get("tags"));
  if (tags.length > MOST_TAGS) return `tags has more than ${MOST_TAGS} tags`;
  if (tags.some((tag) => longerThan(tag, LONGEST_NAME))) {
    return `a tag is longer than ${LONGEST_NAME} characters`;
  }
  if (cells.get("person")?.startsWith(AGENT_PREFIX)) {
    return `person must not begin with "${AGENT_PREFIX}"`;
  }
  const comment = cells.get("comment");
  if (comment !== undefined && graphemesOver(comment, LONGEST_COMMENT)) {
    return `comment is longer than ${LONGEST_COMMENT} characters`;
  }
  return undefined;
}

/** In characters. */
export function longerThan(text: string | undefined, limit: number): boolean {
  return text !== undefined && text.length > limit && [...text].length > limit;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function graphemesOver(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let count = 0;
  for (const _ of graphemes.segment(text)) if (++count > limit) return true;
  return false;
}

/** Empty cells are left out, so that a file with one more empty column has the same keys. */
function keyOf(cells: Cells): string {
  return hash("sha256", JSON.stringify([...cells]), "base64url");
}

/** A record that has not the columns of its header. */
export function wrongWidth(record: readonly string[], { width }: Header<string>) {
  return no(`it has ${record.length} columns, the header has ${width}`);
}

export function no(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
