/**
 * The shape of a summary as the outside reads it (`aftertalk summary … --json`): a promise. The JSON
 * Schema in docs/ is written from here, and docs/summary.md says it in words.
 */
import { z } from "zod";
import { verdicts } from "./change.ts";
import { metricNames } from "./metric.ts";

const count = z.int().min(0);

const range = z
  .tuple([z.number(), z.number()])
  .describe("Lower and upper end of a 95 % range, in the unit of the score. Unrounded.");

const period = z
  .strictObject({
    start: z.iso.datetime({ offset: true }).describe("First instant of the period."),
    end: z.iso.datetime({ offset: true }).describe("First instant after the period."),
    timeZone: z.string().describe("IANA time zone of the workspace, in which days begin."),
    running: z.boolean().describe("True while the period goes on: its figures are so far."),
  })
  .describe("Half-open: the start is in it, the end is not.");

const periodSummary = z.strictObject({
  metric: z.enum(metricNames),
  period,
  n: count.describe(
    "Answers that count, by the time answered. NPS: the latest answer of each person.",
  ),
  score: z
    .number()
    .nullable()
    .describe("Points from -100 to 100, or percent from 0 to 100. Null when n is 0. Unrounded."),
  range: range.nullable().describe("95 % range of the score. Null when n is 0. Unrounded."),
  mean: z
    .number()
    .nullable()
    .describe("Mean on the metric's own scale. Null when n is 0, and for resolution. Unrounded."),
  distribution: z
    .record(z.string(), count)
    .describe("Answers by score; every step of the scale is there."),
  groups: z.record(z.string(), count).describe("Answers by the metric's own groups."),
  asked: count.describe("People (NPS) or invitations asked in the period, by the time asked."),
  reached: count.describe("Those of them that the question was delivered to."),
  answered: count.describe("Those of them that answered the first question, whenever they did."),
  responseRate: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .describe(
      "Percent of the reached ones that answered, over those whose time to answer is over. Null when there are none.",
    ),
  shown: z
    .boolean()
    .describe("False below 5 answers: the score must not be shown in any group view."),
  early: z.boolean().describe("True from 5 to 29 answers: an early signal, not to be compared."),
});

const change = z.strictObject({
  difference: z.number().describe("Score minus the previous score. Unrounded."),
  range: range.describe("95 % range of the difference, from its test. Unrounded."),
  p: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("Two-sided p of the test. Null for percentages, whose test has none."),
  verdict: z
    .enum(verdicts)
    .describe("Up or down only when the range leaves 0 out; too-few below 30 answers in either."),
});

/** A summary of one period and the one before it. */
export const summarySchema = periodSummary.extend({
  promise: z
    .enum(["named", "totals"])
    .describe("What people were told: read with their names, or only totals of five and more."),
  underOtherPromise: count.describe(
    "Answers of the period that were given under the other promise: they are in no figure here.",
  ),
  previous: periodSummary
    .nullable()
    .describe("The period before, in the same words. Null for all time."),
  change: change
    .nullable()
    .describe("How the two differ. Null when either has no answers, or there is no period before."),
});

/** The figures of one period. */
export type PeriodSummary = z.infer<typeof periodSummary>;
export type Summary = z.infer<typeof summarySchema>;
