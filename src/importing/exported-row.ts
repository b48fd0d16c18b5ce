/** One line of a file that aftertalk exported: cells → a checked row, or why it cannot be used. Pure. */
import { z } from "zod";
import { type ExportKind, exportKinds } from "../exporting/columns.ts";
import { unguarded } from "../exporting/guard.ts";
import { unlisted, unlistedPairs } from "../exporting/lists.ts";
import { metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { ExportedScore, FiledAnswer, FiledCount, FiledRow } from "../store/exported-rows.ts";
import { type Header, readCells } from "./columns.ts";
import { no, type RowResult, wrongWidth } from "./row.ts";

/** In characters; what the database keeps of one answer is less. */
const LONGEST_TEXT = 40_000;
const LONGEST_NAME = 1000;
const EARLIEST = "1970";

const name = z.string().max(LONGEST_NAME);
const time = z.iso.datetime({ offset: true }).refine((text) => text >= EARLIEST);
const whole = z
  .string()
  .regex(/^-?\d{1,9}$/)
  .transform(Number);
const promise = z.enum(["named", "totals"]);

/** What every row has, sealed ones when they are opened. */
const shared = z.object({
  survey: name,
  wording: whole.default(1),
  apart: z.literal("yes").optional(),
  metric: z.enum(metricNames).optional(),
  score: name.optional(),
  scale_min: whole.optional(),
  scale_max: whole.optional(),
  promise,
  team: name.optional(),
});

const answerRow = shared.extend({
  invitation: z.guid(),
  key: name,
  question: name.optional(),
  comment: z.string().max(LONGEST_TEXT).optional(),
  choice: name.optional(),
  answered_at: time.optional(),
  changed_at: time.optional(),
  asked_at: time.optional(),
  reached_at: time.optional(),
  replied_at: time.optional(),
  finished_at: time.optional(),
  expires_at: time.optional(),
  state: z.enum([
    ...(["planned", "asked", "answered", "declined", "expired"] as const),
    ...(["suppressed", "cancelled", "undeliverable"] as const),
  ]),
  occasion: z.enum([
    ...(["chat", "manual", "import", "sample", "recovery", "still-solved", "churn"] as const),
    ...(["onboarding", "relationship", "exit", "other"] as const),
  ]),
  person: name.optional(),
  person_part: name.optional(),
  person_name: name.optional(),
  account: name.optional(),
  account_name: name.optional(),
  platform: name.optional(),
  channel: name.optional(),
  touchpoint: name.optional(),
  tags: z.string().max(LONGEST_TEXT).default(""),
  language: name.optional(),
  chat: z.guid().optional(),
  closing: whole.default(1),
  link: z.string().max(LONGEST_TEXT).optional(),
  agents: z.string().max(LONGEST_TEXT).default(""),
  handlers: z.string().max(LONGEST_TEXT).default(""),
});

const countRow = shared.extend({
  question: name.default(""),
  day: z.iso.date().refine((text) => text >= EARLIEST),
  n: whole.refine((n) => n > 0),
});

/** Opens what is sealed; undefined when it was sealed elsewhere. */
export type OpenSealed = (sealed: string) => string | undefined;

/** Checks one record against the header. */
export function readExportedRow(
  record: readonly string[],
  header: Header<string>,
  open: OpenSealed,
): RowResult<FiledRow> {
  const cells = readCells(record, header, unguarded);
  if (cells === undefined) return wrongWidth(record, header);
  const row = Object.fromEntries(cells);
  if (row.kind !== "sealed") return toRow(row);
  const opened = open(row.sealed ?? "");
  if (opened === undefined)
    return no("it is sealed for another installation, or by a secret that is not here");
  return toRow(z.record(z.string(), z.string()).parse(JSON.parse(opened)));
}

function toRow(cells: Readonly<Record<string, string>>): RowResult<FiledRow> {
  const kind = exportKinds.find((each) => each === cells.kind);
  if (kind === undefined || kind === "sealed")
    return no(`kind must be one of ${exportKinds.join(", ")}`);
  if (Object.values(cells).some((cell) => cell.includes("\0")))
    return no("it contains a NUL character");
  return kind === "answer" || kind === "asked" ? toAnswer(kind, cells) : toCount(kind, cells);
}

function toAnswer(kind: FiledAnswer["kind"], cells: unknown): RowResult<FiledAnswer> {
  const parsed = answerRow.safeParse(cells);
  if (!parsed.success) return wrong(parsed.error);
  const row = parsed.data;
  const score = readScore(row);
  if (score === undefined) return no("score is no step of the metric's scale");
  const answer = kind === "asked" ? null : answerIn(row, score);
  if (answer === undefined)
    return no("an answer has a question, a time, and one of score, choice and comment");
  if (answer === null && row.asked_at === undefined) return no("asked_at is missing");
  return {
    ok: true,
    row: {
      kind,
      survey: surveyOf(row),
      invitation: {
        ...{ id: row.invitation, key: row.key, state: row.state, occasion: row.occasion },
        promise: row.promise,
        askedAt: row.asked_at ?? null,
        reachedAt: row.reached_at ?? null,
        repliedAt: row.replied_at ?? null,
        finishedAt: row.finished_at ?? null,
        expiresAt: row.expires_at ?? null,
      },
      answer,
      ...aboutOf(row),
    },
  };
}

type AnswerRow = z.infer<typeof answerRow>;

/** Undefined when it is none. */
function answerIn(row: AnswerRow, score: ExportedScore | null): FiledAnswer["answer"] | undefined {
  const { question, answered_at: answeredAt, comment, choice } = row;
  const said = [score ?? undefined, comment, choice].filter((each) => each !== undefined);
  if (question === undefined || answeredAt === undefined || said.length !== 1) return undefined;
  const value = { score, text: comment ?? null, choice: choice ?? null };
  return { question, ...value, answeredAt, changedAt: row.changed_at ?? null };
}

function aboutOf(row: AnswerRow) {
  const { chat, closing, link } = row;
  return {
    person: row.person ?? null,
    part: row.person_part ?? null,
    personName: row.person_name ?? null,
    account: row.account ?? null,
    accountName: row.account_name ?? null,
    platform: row.platform ?? null,
    channel: row.channel ?? null,
    team: row.team ?? null,
    touchpoint: row.touchpoint ?? null,
    tags: unlisted(row.tags),
    language: row.language ?? null,
    chat: chat === undefined ? null : { id: chat, closing, link: link ?? null },
    handlers: handlersIn(row),
  };
}

/** Both columns name the same people in the same order. */
function handlersIn({ agents, handlers }: AnswerRow): FiledAnswer["handlers"] {
  const ids = unlistedPairs(handlers);
  return unlistedPairs(agents).map(([called, part], i) => {
    const [id = "", sort] = ids[i] ?? [];
    const messages = /^\d{1,9}$/.test(part) ? Number(part) : 1;
    return { id, name: called, messages, bot: sort === "bot" };
  });
}

function toCount(
  kind: Exclude<ExportKind, "answer" | "asked" | "sealed">,
  cells: unknown,
): RowResult<FiledCount> {
  const parsed = countRow.safeParse(cells);
  if (!parsed.success) return wrong(parsed.error);
  const row = parsed.data;
  const score = readScore(row);
  const what = whatOf[kind];
  if (score === undefined || (what === "score") !== (score !== null))
    return no("score is no step of the metric's scale");
  const { question, day, team = "", promise: promised, n } = row;
  const survey = surveyOf(row);
  return {
    ok: true,
    row: { kind: "count", survey, what, question, day, team, promise: promised, score, n },
  };
}

const whatOf = {
  count: "score",
  "count-asked": "asked",
  "count-reached": "reached",
  "count-answered": "answered",
} as const;

function surveyOf(row: z.infer<typeof shared>): FiledRow["survey"] {
  return {
    ...{ key: row.survey, version: row.wording },
    ...{ metric: row.metric ?? null, apart: row.apart !== undefined },
  };
}

/** Null when there is none, undefined when it cannot be one. */
function readScore(row: z.infer<typeof shared>): ExportedScore | null | undefined {
  const { metric, score: called, scale_min, scale_max } = row;
  if (called === undefined) return null;
  if (metric === undefined) return undefined;
  const { scale, stepName } = metrics[metric];
  const { min = scale.min, max = scale.max } = { min: scale_min, max: scale_max };
  const steps = Array.from({ length: Math.min(max - min + 1, 101) }, (_, i) => min + i);
  const ours = min === scale.min && max === scale.max;
  const score = steps.find((step) => (ours ? stepName(step) : String(step)) === called);
  return score === undefined ? undefined : { score, min, max };
}

/** Names what is wrong, and never what stands there. */
function wrong(error: z.ZodError) {
  const columns = new Set(error.issues.map(({ path }) => path.join(".")));
  return no(`${[...columns].join(", ")} cannot be used as an export writes it`);
}
