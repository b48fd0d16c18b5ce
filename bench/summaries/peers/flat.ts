/** A flat table of answers, as somebody builds it who knows indexes: covering, and plain. */
import type pg from "pg";
import { metricNames } from "../../../src/metrics/metric.ts";
import { metrics } from "../../../src/metrics/registry.ts";
import { LARGEST } from "../data.ts";
import { figures, figuresOf, histogramOf } from "../figures.ts";
import type { Asked } from "../periods.ts";
import type { Design } from "../timing.ts";
import { counted, eachSpan, type Peer, type PeerContext } from "./peer.ts";

const columns = `workspace_id int not null, survey_id uuid not null, answered_at timestamptz not null,
  score smallint not null, person_id uuid not null, team text, channel text, language text,
  id uuid not null`;

async function make(client: pg.ClientBase, table: string, index: string): Promise<void> {
  await client.query(`create table ${table} (${columns})`);
  await client.query(`insert into ${table}
    select workspace, survey_of(workspace, metric), at, score, person_of(workspace, person), team,
      channel, language, invitation_of(at, n) from made`);
  await client.query(`alter table ${table} add primary key (workspace_id, id)`);
  await client.query(`create index on ${table} (workspace_id, survey_id, answered_at) ${index}`);
  await client.query(`vacuum analyze ${table}`);
}

const insert = (
  table: string,
) => `insert into ${table} (workspace_id, survey_id, answered_at, score,
    person_id, team, channel, language, id)
  values (r.workspace_id, r.survey_id, clock_timestamp(), r.score, r.person_id, r.team, r.channel,
    r.language, uuidv7())`;

const surveyOf = (name: keyof typeof metrics) =>
  `survey_of(${LARGEST}, ${metricNames.indexOf(name) + 1})`;

/** Counts of a metric's scores in a period. */
async function histogram(
  client: pg.ClientBase,
  table: string,
  name: keyof typeof metrics,
  { now }: Asked,
): Promise<string> {
  const { rows } = await client.query<{ score: number; n: number }>({
    name: `${table}-${name}`,
    text: `select score, count(*)::int as n from ${table}
      where workspace_id = $1 and survey_id = ${surveyOf(name)}
        and answered_at >= $2 and answered_at < $3 group by score`,
    values: [LARGEST, now.start, now.end],
  });
  return figuresOf(metrics[name], histogramOf(metrics[name], rows));
}

export const flatPlain: Peer = {
  name: "flat table, plain index",
  tables: ["flat_plain"],
  build: (client) => make(client, "flat_plain", ""),
  insert: insert("flat_plain"),
  designs: ({ client, periods }) => [
    {
      name: "flat table, plain index: CSAT",
      counts: counted.csat,
      runs: eachSpan(periods, (asked) => histogram(client, "flat_plain", "csat", asked)),
    },
  ],
};

export const flatCovering: Peer = {
  name: "flat table, covering index",
  tables: ["flat_covering"],
  build: (client) =>
    make(client, "flat_covering", "include (score, person_id, id, team, channel, language)"),
  insert: insert("flat_covering"),
  designs: (context) => [
    ...coveringOne(context),
    {
      name: "flat table, covering index: NPS, one answer a person",
      counts: counted.nps,
      runs: eachSpan(context.periods, (asked) => latest(context.client, asked)),
    },
    {
      name: "flat table, covering index: CSAT by team",
      counts: counted.cut,
      runs: eachSpan(context.periods, (asked) => byTeam(context.client, asked)),
    },
    {
      name: "flat table, covering index: six metrics",
      counts: null,
      runs: eachSpan(context.periods, (asked) => six(context.client, asked)),
    },
    {
      name: "flat table, covering index: all answers pooled",
      counts: counted.pooled,
      runs: eachSpan(context.periods, (asked) => pooled(context.client, asked)),
    },
  ],
};

function coveringOne({ client, periods }: PeerContext): readonly Design[] {
  return [
    {
      name: "flat table, covering index: CSAT",
      counts: counted.csat,
      runs: eachSpan(periods, (asked) => histogram(client, "flat_covering", "csat", asked)),
    },
    {
      name: "flat table, covering index: NPS, every answer",
      counts: counted.npsEvery,
      runs: eachSpan(periods, (asked) => histogram(client, "flat_covering", "nps", asked)),
    },
  ];
}

async function latest(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const { rows } = await client.query<{ score: number; n: number }>({
    name: "flat-latest",
    text: `select score, count(*)::int as n from (
        select distinct on (person_id) score from flat_covering
        where workspace_id = $1 and survey_id = ${surveyOf("nps")}
          and answered_at >= $2 and answered_at < $3
        order by person_id, answered_at desc, id desc) latest group by score`,
    values: [LARGEST, now.start, now.end],
  });
  return figuresOf(metrics.nps, histogramOf(metrics.nps, rows));
}

async function byTeam(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const { rows } = await client.query<{ team: string; score: number; n: number }>({
    name: "flat-team",
    text: `select team, score, count(*)::int as n from flat_covering
      where workspace_id = $1 and survey_id = ${surveyOf("csat")}
        and answered_at >= $2 and answered_at < $3 group by team, score`,
    values: [LARGEST, now.start, now.end],
  });
  return [...Map.groupBy(rows, ({ team }) => team)]
    .map(([team, own]) => `${team} ${figuresOf(metrics.csat, histogramOf(metrics.csat, own))}`)
    .toSorted()
    .join(", ");
}

async function six(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const { rows } = await client.query<{ metric: number; score: number; n: number }>({
    name: "flat-six",
    text: `select metric, score, count(*)::int as n
      from generate_series(1, 6) metric
      join flat_covering on workspace_id = $1 and survey_id = survey_of($1, metric)
        and answered_at >= $2 and answered_at < $3 group by metric, score`,
    values: [LARGEST, now.start, now.end],
  });
  return metricNames
    .map((name, i) => {
      const own = rows.filter(({ metric }) => metric === i + 1);
      return figuresOf(metrics[name], histogramOf(metrics[name], own));
    })
    .join(", ");
}

async function pooled(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const { rows } = await client.query<{ n: number; mean: number | null }>({
    name: "flat-pooled",
    text: `select count(*)::int as n, avg(score)::float8 as mean from flat_covering
      where workspace_id = $1 and answered_at >= $2 and answered_at < $3`,
    values: [LARGEST, now.start, now.end],
  });
  return figures(rows[0]?.n ?? 0, rows[0]?.mean ?? null);
}
