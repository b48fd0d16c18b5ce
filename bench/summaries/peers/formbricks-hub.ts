/**
 * Formbricks Hub: one wide table of feedback records with an index for each way to look at it, and
 * counts of CASE over the numbers of a tenant's source, made live.
 */
import type pg from "pg";
import { metricNames } from "../../../src/metrics/metric.ts";
import { LARGEST } from "../data.ts";
import { figures } from "../figures.ts";
import type { Asked } from "../periods.ts";
import { counted, eachSpan, type Peer } from "./peer.ts";

const TABLE = "feedback_records";
const NPS = metricNames.indexOf("nps") + 1;

const table = `create table ${TABLE} (
  id uuid not null default gen_random_uuid(),
  collected_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  source_type text not null,
  source_id text,
  source_name text,
  field_id text not null,
  field_label text,
  field_type text not null,
  field_group_id text,
  field_group_label text,
  value_text text,
  value_number double precision,
  value_boolean boolean,
  value_date timestamptz,
  metadata jsonb,
  language text,
  user_id text,
  tenant_id text,
  submission_id text
)`;

const indexes = [
  "(tenant_id)",
  "(tenant_id, collected_at)",
  "(tenant_id, source_type, source_id)",
  "(tenant_id, field_type, collected_at)",
  "(tenant_id, field_id)",
  "(tenant_id, submission_id)",
  "(tenant_id, user_id)",
  "(source_type)",
  "(source_id)",
  "(collected_at)",
  "(field_type)",
  "(field_id)",
  "(field_group_id)",
  "(value_number)",
  "(user_id)",
];

async function nps(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const { rows } = await client.query<{ n: number; promoters: number; detractors: number }>({
    name: "hub-nps",
    text: `select count(*)::int as n,
        count(case when value_number >= 9 then 1 end)::int as promoters,
        count(case when value_number <= 6 then 1 end)::int as detractors
      from ${TABLE}
      where tenant_id = $1 and source_id = $2 and field_type = 'nps'
        and collected_at >= $3 and collected_at < $4`,
    values: [`tenant-${LARGEST}`, `survey-${LARGEST}-${NPS}`, now.start, now.end],
  });
  const { n = 0, promoters = 0, detractors = 0 } = rows[0] ?? {};
  return figures(n, n === 0 ? null : (100 * (promoters - detractors)) / n);
}

export const formbricksHub: Peer = {
  name: "Formbricks Hub",
  tables: [TABLE],
  async build(client) {
    await client.query(table);
    await client.query(
      `insert into ${TABLE} (id, collected_at, created_at, updated_at, source_type, source_id,
        source_name, field_id, field_label, field_type, value_number, metadata, language, user_id,
        tenant_id, submission_id)
      select invitation_of(at, n), at, at, at, 'survey', 'survey-' || workspace || '-' || metric,
        'After the chat', 'field-' || metric, 'How was it?', names[metric], score,
        jsonb_build_object('channel', channel), language, 'person-' || workspace || '-' || person,
        'tenant-' || workspace, 'submission-' || n
      from made, (select $1::text[] as names) known`,
      [metricNames],
    );
    await client.query(`alter table ${TABLE} add primary key (id)`);
    for (const columns of indexes) await client.query(`create index on ${TABLE} ${columns}`);
    await client.query(`vacuum analyze ${TABLE}`);
  },
  insert: `insert into ${TABLE} (id, collected_at, source_type, source_id, source_name, field_id,
      field_label, field_type, value_number, metadata, language, user_id, tenant_id, submission_id)
    values (gen_random_uuid(), clock_timestamp(), 'survey', 'survey-' || r.workspace_id || '-1',
      'After the chat', 'field-1', 'How was it?', 'nps', r.score,
      jsonb_build_object('channel', r.channel), r.language, r.person_id::text,
      'tenant-' || r.workspace_id, 'submission-' || r.n)`,
  designs: ({ client, periods }) => [
    {
      name: "Formbricks Hub's query: NPS, every answer",
      counts: counted.npsEvery,
      runs: eachSpan(periods, (asked) => nps(client, asked)),
    },
  ],
};
