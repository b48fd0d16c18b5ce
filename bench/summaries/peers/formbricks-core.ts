/**
 * Formbricks core: a response is JSON under the ids of its questions. Its summary pages through them,
 * newest first, 5 000 at a time, and counts in JavaScript.
 */
import type pg from "pg";
import { metricNames } from "../../../src/metrics/metric.ts";
import { metrics } from "../../../src/metrics/registry.ts";
import { LARGEST } from "../data.ts";
import { figuresOf, histogramOf } from "../figures.ts";
import type { Asked } from "../periods.ts";
import { counted, eachSpan, type Peer } from "./peer.ts";

const PAGE = 5000;
const CSAT = metricNames.indexOf("csat") + 1;

const table = `create table "Response" (
  id text not null,
  created_at timestamp(3) not null,
  updated_at timestamp(3) not null,
  finished boolean not null default false,
  "surveyId" text not null,
  "contactId" text,
  "endingId" text,
  data jsonb not null default '{}',
  variables jsonb not null default '{}',
  ttc jsonb not null default '{}',
  meta jsonb not null default '{}',
  "contactAttributes" jsonb,
  "singleUseId" text,
  language text,
  "displayId" text
)`;

const indexes = [
  `index on "Response" ("surveyId", created_at)`,
  `index on "Response" ("contactId", created_at)`,
  `index on "Response" ("surveyId", finished)`,
  `index on "Response" (created_at)`,
  `unique index on "Response" ("surveyId", "singleUseId")`,
  `unique index on "Response" ("displayId")`,
];

const json = `jsonb_build_object('question' || METRIC, SCORE), '{}',
  jsonb_build_object('question' || METRIC, 4200, '_total', 5100),
  jsonb_build_object('source', 'link', 'url', 'https://example.com/feedback', 'country', 'FR',
    'userAgent', jsonb_build_object('os', 'Linux', 'device', 'desktop', 'browser', 'Firefox')),
  jsonb_build_object('userId', PERSON, 'plan', 'business', 'team', TEAM)`;

const jsonOf = (metric: string, score: string, person: string, team: string) =>
  json
    .replaceAll("METRIC", metric)
    .replace("SCORE", score)
    .replace("PERSON", person)
    .replace("TEAM", team);

const columns = `id, created_at, updated_at, finished, "surveyId", "contactId", data, variables, ttc,
  meta, "contactAttributes", "singleUseId", language, "displayId"`;

interface Response {
  readonly id: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function summary(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const counts = new Map<number, number>();
  let after: Response | undefined;
  for (;;) {
    const cursor = after ? "and (created_at, id) < ($4, $5)" : "";
    const page: Response[] = (
      await client.query<Response>({
        name: after ? "core-next" : "core-first",
        text: `select id, created_at::text as at, data, updated_at, "contactAttributes", language, ttc, finished
          from "Response"
          where "surveyId" = $1 and created_at >= $2 and created_at < $3 ${cursor}
          order by created_at desc, id desc limit ${PAGE}`,
        values: [
          `survey-${LARGEST}-${CSAT}`,
          ...[now.start.toISOString(), now.end.toISOString()],
          ...(after ? [after.at, after.id] : []),
        ],
      })
    ).rows;
    for (const { data } of page) {
      const score = data[`question${CSAT}`];
      if (typeof score === "number") counts.set(score, (counts.get(score) ?? 0) + 1);
    }
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  const rows = [...counts].map(([score, n]) => ({ score, n }));
  return figuresOf(metrics.csat, histogramOf(metrics.csat, rows));
}

export const formbricksCore: Peer = {
  name: "Formbricks core",
  tables: [`"Response"`],
  async build(client) {
    await client.query(table);
    await client.query(`insert into "Response" (${columns})
      select 'c' || md5(n::text), at at time zone 'UTC', at at time zone 'UTC', true,
        'survey-' || workspace || '-' || metric, 'c' || md5('p' || workspace || '-' || person),
        ${jsonOf("metric", "score", "workspace || '-' || person", "team")}, null, language,
        'c' || md5('d' || n)
      from made`);
    await client.query(`alter table "Response" add primary key (id)`);
    for (const index of indexes) await client.query(`create ${index}`);
    await client.query(`vacuum analyze "Response"`);
  },
  insert: `insert into "Response" (${columns})
    values ('c' || md5('new' || r.n), clock_timestamp() at time zone 'UTC',
      clock_timestamp() at time zone 'UTC', true, 'survey-' || r.workspace_id || '-1',
      'c' || md5(r.person_id::text), ${jsonOf("'1'", "r.score", "r.person_id", "r.team")}, null,
      r.language, 'c' || md5('new-d' || r.n))`,
  designs: ({ client, periods }) => [
    {
      name: "Formbricks core's pages: CSAT",
      counts: counted.csat,
      runs: eachSpan(periods, (asked) => summary(client, asked)),
    },
  ],
};
