/**
 * Whether figures are right while they change: readers compare the summary with all answers counted
 * one by one, in one state of the database, while writers answer, change and take back, and days are
 * counted.
 */
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { metrics } from "../../src/metrics/registry.ts";
import type { Db } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { inSnapshot, inTransaction } from "../../src/store/transaction.ts";
import { countOne } from "./counting.ts";
import { LARGEST } from "./data.ts";
import { figuresOf, figuresOfFacts, histogramOf } from "./figures.ts";
import type { BenchOptions } from "./options.ts";
import type { Asked } from "./periods.ts";
import { type Section, whole } from "./report.ts";
import type { Stage } from "./stage.ts";
import { spans } from "./timing.ts";

const WRITERS = 4;
const METRICS = ["csat", "nps"] as const;

/** What the figures are without any count. */
async function truth(db: Db, name: (typeof METRICS)[number], { now }: Asked): Promise<string> {
  const only = metrics[name].onePerPerson ? sql`distinct on (person_id)` : sql``;
  const { rows } = await sql<{ score: number; n: number }>`
    select score, count(*)::int as n from (
      select ${only} score from answers
      where workspace_id = ${LARGEST} and metric = ${name} and score is not null
        and answered_at >= ${now.start} and answered_at < ${now.end}
      order by person_id, answered_at desc, invitation_id desc
    ) each group by score`.execute(db);
  return figuresOf(metrics[name], histogramOf(metrics[name], rows));
}

/** Changes, takes back and gives again some answers of any time, in a transaction of any length. */
async function write(db: Db, nth: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    const some = sql`(select invitation_id from answers where workspace_id = ${LARGEST}
      and answered_at > now() - random() * interval '1000 days' and score is not null
      order by answered_at limit 3 for update skip locked)`;
    if (nth % 3 === 0)
      await sql`delete from answers where workspace_id = ${LARGEST} and invitation_id in ${some}`.execute(
        trx,
      );
    else if (nth % 3 === 1)
      await sql`update answers set score = scale_min, revision = revision + 1, changed_at = now()
        where workspace_id = ${LARGEST} and invitation_id in ${some}`.execute(trx);
    else
      await sql`insert into answers (workspace_id, invitation_id, question, survey_id,
          survey_version, metric, score, scale_min, scale_max, person_id, asked_at, answered_at)
        select i.workspace_id, i.id, 'score', i.survey_id, 1, s.metric, 1, l.low, l.high,
          i.person_id, i.asked_at, i.asked_at + interval '1 minute'
        from invitations i join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
        join (values ('nps', 0, 10), ('csat', 1, 5)) l (metric, low, high) on l.metric = s.metric
        where i.workspace_id = ${LARGEST} and i.answered_at is null
          and i.asked_at > now() - random() * interval '1000 days'
          and not exists (select from answers a where a.workspace_id = i.workspace_id
            and a.invitation_id = i.id)
        order by i.asked_at limit 3
        on conflict do nothing`.execute(trx);
    await pause(Math.random() * 20);
  });
}

/** What was read, and what of it was wrong. */
export async function measureReads(
  stage: Stage,
  options: BenchOptions,
): Promise<{ readonly section: Section; readonly wrong: readonly string[] }> {
  options.progress("figures while they change …");
  const { db } = stage.database;
  const until = performance.now() + 3 * options.writeSeconds * 1000;
  const going = () => performance.now() < until;
  const done = { reads: 0, writes: 0, counted: 0 };
  const wrong: string[] = [];
  const writer = async () => {
    for (let nth = 0; going(); nth += 1) {
      await write(db, nth);
      done.writes += 1;
    }
  };
  const counter = async () => {
    for (; going(); done.counted += 1) await countOne(db, LARGEST);
  };
  const reader = async () => {
    for (let nth = 0; going() || nth === 0; nth += 1) {
      const span = spans[nth % spans.length] ?? "week";
      const name = METRICS[nth % METRICS.length] ?? "csat";
      const asked = stage.periods[span];
      const { got, right } = await inSnapshot(db, async (trx) => {
        const question = { workspaceId: LARGEST, metric: metrics[name], now: stage.now };
        const facts = await readFacts(trx, { ...question, periods: [asked.now] });
        return { got: figuresOfFacts(metrics[name], facts), right: await truth(trx, name, asked) };
      });
      done.reads += 1;
      if (got !== right) wrong.push(`${name}, ${span}, read ${got} where it is ${right}`);
    }
  };
  await Promise.all([...Array.from({ length: WRITERS }, writer), counter(), reader(), reader()]);
  const section = {
    title: `Figures while ${WRITERS} writers answer, change and take back, and days are counted`,
    header: ["", ""],
    rows: [
      ["reads compared with all answers counted one by one", whole(done.reads)],
      ["wrong reads", whole(wrong.length)],
      ["transactions of writers", whole(done.writes)],
      ["times counted to the end", whole(done.counted)],
    ],
  };
  return { section, wrong };
}
