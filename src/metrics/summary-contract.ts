/**
 * The shape of a summary as the outside reads it (`aftertalk summary … --json`): a promise. The JSON
 * Schema in docs/ is written from here, and docs/summary.md says it in words.
 */
import { z } from "zod";
import { verdicts } from "./change.ts";
import { cuts } from "./filter.ts";
import { metricNames } from "./metric.ts";
import { targetVerdicts } from "./target.ts";

const count = z.int().min(0);

const range = z
  .tuple([z.number(), z.number()])
  .describe("Lower and upper end of a 95 % range, in the unit of the score. Unrounded.");

const period = z
  .strictObject({
    start: z.iso.datetime({ offset: true }).describe("First instant of the period."),
    end: z.iso.datetime({ offset: true }).describe("First instant after the period."),
    timeZone: z.string().describe("IANA time zone of the workspace, in which days begin."),
    running: z
      .boolean()
      .describe("True while the period goes on: its figures are so far. See open, too."),
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
  asked: count.describe("Invitations asked in the period, by the time asked."),
  reached: count.describe("Those of them that the question was delivered to."),
  answered: count.describe("Those of them that answered the first question, whenever they did."),
  open: count.describe(
    "Asked ones who may still answer: as long as there are any, the figures are so far.",
  ),
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
  epoch: count.describe("Which wording or scale the answers belong to: 0 is the first."),
  otherWording: count.describe(
    "Answers of the period that belong to another wording or scale: they are in no figure here.",
  ),
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

const target = z
  .strictObject({
    value: z.number().describe("Where the score should be, in its unit."),
    verdict: z
      .enum(targetVerdicts)
      .describe("Reached or not only when the whole range says so; unknown below 30 answers."),
    more: count
      .nullable()
      .describe("Answers until it can be told, if the shares stay. Null: no number would do."),
  })
  .describe("The workspace's target for the metric.");

const coverage = z
  .strictObject({ asked: count, eligible: count })
  .describe("Chats of the period worth asking about, and those of them that were asked about.");

const needed = z
  .strictObject({
    more: count.nullable().describe("More answers in this period. Null: no number would do."),
    each: count.nullable().describe("Answers in each of the two. Null: they are too close."),
  })
  .describe("About how many answers would make the difference clear, if the shares stay.");

const paired = z
  .strictObject({
    n: count.describe("People who answered in both periods: at least 30."),
    difference: z.number(),
    range,
    verdict: z.enum(["up", "down", "no-clear-change"]),
  })
  .describe("The change among the people who answered in both periods, by a paired t.");

const row = z.strictObject({
  value: z.string().describe("As a filter takes it; empty: the answers that have none."),
  label: z.string().describe("How people call it."),
  hidden: z
    .boolean()
    .describe("True below 5 answers, or where such a row could be told from this one."),
  n: count.nullable().describe("Answers, each counted whole. Null when hidden."),
  weight: z
    .number()
    .nullable()
    .describe("The same by shares: agents share an answer. Null when hidden."),
  score: z.number().nullable().describe("Null when hidden."),
  range: range.nullable().describe("Null when hidden."),
  early: z.boolean().describe("True from 5 to 29 answers: not to be ranked."),
  responseRate: z.number().nullable().describe("Percent, as that of the whole."),
  coverage: coverage.nullable().describe("Where it is known."),
  others: change.nullable().describe("Against all other answers together."),
  change: change.nullable().describe("Against the period compared with."),
});

const step = z.strictObject({
  score: z.string().describe("The step, as in distribution."),
  n: count,
  share: z.number().describe("Percent of n."),
  range: range.describe("95 % range of the share, in percent. Unrounded."),
  change: z
    .strictObject({
      before: z.number().describe("Its share in the period compared with."),
      difference: z.number(),
      range,
      verdict: z.enum(verdicts),
    })
    .nullable(),
});

const cut = z.strictObject({
  by: z.enum(cuts),
  rows: z
    .array(row)
    .describe("Ranked ones first, then early ones, then hidden ones. Empty for score."),
  steps: z.array(step).describe("By score: each step of the scale. Else empty."),
  overlaps: z.boolean().describe("True where an answer can be in several rows."),
});

/** A summary of one period and the one that it is compared with. */
export const summarySchema = periodSummary.extend({
  promise: z
    .enum(["named", "totals"])
    .describe("What people were told: read with their names, or only totals of five and more."),
  underOtherPromise: count.describe(
    "Answers of the period that were given under the other promise: they are in no figure here.",
  ),
  versus: z
    .enum(["before", "same-last-year", "period"])
    .describe("What it is compared with: the period before, a year earlier, or a named one."),
  previous: periodSummary
    .nullable()
    .describe("The period compared with, in the same words. Null when there is none."),
  change: change
    .nullable()
    .describe("How the two differ. Null when either has no answers, or they are not compared."),
  notCompared: z
    .enum(["wording"])
    .nullable()
    .describe("Why the two are not compared although both have answers."),
  needed: needed.nullable().describe("Null when the verdict is there, or nothing is compared."),
  paired: paired.nullable(),
  target: target.nullable(),
  coverage: coverage.nullable().describe("Null where it is not known."),
  population: count
    .nullable()
    .describe("Number of customers when each of them was asked: the range counts with it."),
  cut: cut.nullable().describe("The rows of `by …`."),
});

/** The figures of one period. */
export type PeriodSummary = z.infer<typeof periodSummary>;
export type Summary = z.infer<typeof summarySchema>;
export type SummaryCut = z.infer<typeof cut>;
