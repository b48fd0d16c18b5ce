/** Who handled what was answered: people alone, bots alone, or both, by the handlers of the closing. */
import { type RawBuilder, sql } from "kysely";
import type { CutRow } from "../metrics/cut.ts";
import { histogramFromCounts } from "../metrics/histogram.ts";
import type { Period } from "../metrics/period.ts";
import type { Asking } from "../metrics/summary.ts";
import { breaksOf, epochOfAnswer, epochOfBucket } from "./epochs.ts";
import { handledOf } from "./handled.ts";
import { bucketsOf } from "./live-scores.ts";
import { type Fence, inOnePass } from "./one-pass.ts";
import { humanOf, partsOf } from "./same-human.ts";
import type { Db } from "./schema.ts";
import {
  isKept,
  isNoTest,
  isScoreOf,
  type Question,
  questionsOf,
  testPeople,
} from "./scored-questions.ts";

/** Both: a bot began and a human went on, or the other way round. */
export const handlings = ["people", "bots", "both"] as const;
export type Handling = (typeof handlings)[number];

interface Counted {
  readonly handling: Handling;
  readonly bucket: number;
  readonly epoch: number;
  readonly score: number;
  readonly n: number;
}

const nobody: Asking = {
  ...{ asked: 0, reached: 0, answered: 0, closedReached: 0, closedAnswered: 0, open: 0 },
};

/**
 * A row for each of {@link handlings}, in that order, with its name as value and nobody asked. Answers
 * without a chat, or of one that nobody handled, are in none. Under "only totals" nothing is cut: no
 * row has answers.
 */
export async function readHandlingFacts(
  db: Db,
  question: Question & { readonly periods: readonly Period[]; readonly now: Date },
): Promise<CutRow[]> {
  const { metric, periods, now } = question;
  const rows = question.promise === "totals" ? [] : await readCounted(db, question, now);
  return handlings.map((handling): CutRow => {
    const own = rows.filter((row) => row.handling === handling);
    const facts = periods.map((period, bucket) => {
      const counted = own.filter((row) => row.bucket === bucket);
      const histogram = histogramFromCounts(
        metric.scale,
        counted.map(({ score, n }) => [score, n] as const),
      );
      return { period, histogram, asking: nobody, epoch: counted[0]?.epoch ?? 0, otherWording: 0 };
    });
    const answers = facts.map(({ histogram }) => histogram.reduce((sum, n) => sum + n, 0));
    return { value: handling, label: handling, facts, answers };
  });
}

async function readCounted(
  db: Db,
  question: Question & { readonly periods: readonly Period[] },
  now: Date,
): Promise<readonly Counted[]> {
  return inOnePass(db, question.periods, async (trx, fence) => {
    const { rows } = await counted(question, now, fence).execute(trx);
    return rows;
  });
}

function counted(
  question: Question & { readonly periods: readonly Period[] },
  now: Date,
  fence: Fence,
): RawBuilder<Counted> {
  const { workspaceId, metric, periods } = question;
  const who = sql`coalesce(${humanOf(workspaceId, "a")}, a.invitation_id)`;
  const only = metric.onePerPerson ? sql`distinct on (a.bucket, h.handling, a.who)` : sql``;
  const latest = metric.onePerPerson
    ? sql`order by a.bucket, h.handling, a.who, a.answered_at desc, a.invitation_id desc,
        a.question desc`
    : sql``;
  return sql<Counted>`
    with recursive ${bucketsOf(periods)}, ${questionsOf({ workspaceId })},
      ${testPeople(workspaceId)}, ${partsOf(workspaceId)}, ${breaksOf(workspaceId, metric.name)},
    given_answers as materialized (
      select b.bucket, a.*
      from buckets b
      cross join questions q
      cross join lateral (
        select a.score, a.person_id, a.invitation_id, a.question, a.answered_at, a.chat_id,
          a.closing, ${who} as who, ${epochOfAnswer(workspaceId)} as epoch
        from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= b.starts and a.answered_at < b.ends
          and ${isScoreOf(metric, "a")} and ${isKept(question)}
        offset 0
      ) a
      where q.metric = ${metric.name} and ${isNoTest("a")} and a.epoch = ${epochOfBucket(now)}
    ), handling as (
      select chat_id, closing, case when bool_and(bot) then 'bots' when bool_or(bot) then 'both'
        else 'people' end as handling
      from (${handledOf(workspaceId, sql`given_answers`, fence)}) handled
      group by chat_id, closing
    )
    select handling, bucket, epoch, score, count(*)::int as n from (
      select ${only} a.bucket, h.handling, a.epoch, a.score
      from given_answers a
      join handling h on h.chat_id = a.chat_id and h.closing = a.closing
      ${latest}
    ) counted
    group by 1, 2, 3, 4`;
}
