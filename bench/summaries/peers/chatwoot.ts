/**
 * Chatwoot's CSAT report on the shape of its table: an index on each column that is looked up, none
 * with a time; a count, and a count by rating, of an account in a period.
 */
import type pg from "pg";
import { LARGEST } from "../data.ts";
import { figures } from "../figures.ts";
import type { Asked } from "../periods.ts";
import { counted, eachSpan, type Peer } from "./peer.ts";

const TABLE = "csat_survey_responses";

const table = `create table ${TABLE} (
  id bigserial primary key,
  account_id bigint not null,
  conversation_id bigint not null,
  message_id bigint not null,
  rating integer not null,
  feedback_message text,
  contact_id bigint not null,
  assigned_agent_id bigint,
  created_at timestamp(6) not null,
  updated_at timestamp(6) not null
)`;

const indexed = ["account_id", "assigned_agent_id", "contact_id", "conversation_id"] as const;

async function report(client: pg.ClientBase, { now }: Asked): Promise<string> {
  const values = [LARGEST, now.start.toISOString(), now.end.toISOString()];
  const where = "where account_id = $1 and created_at >= $2 and created_at < $3";
  const total = await client.query<{ n: number }>({
    name: "chatwoot-total",
    text: `select count(*)::int as n from ${TABLE} ${where}`,
    values,
  });
  const { rows } = await client.query<{ rating: number; n: number }>({
    name: "chatwoot-ratings",
    text: `select rating, count(*)::int as n from ${TABLE} ${where} group by rating`,
    values,
  });
  const n = total.rows[0]?.n ?? 0;
  const sum = rows.reduce((all, row) => all + row.rating * row.n, 0);
  return figures(n, n === 0 ? null : sum / n);
}

export const chatwoot: Peer = {
  name: "Chatwoot",
  tables: [TABLE],
  async build(client) {
    await client.query(table);
    await client.query(`insert into ${TABLE} (account_id, conversation_id, message_id, rating,
        contact_id, assigned_agent_id, created_at, updated_at)
      select workspace, n, n, score, workspace * 10000000::bigint + person,
        workspace * 1000 + n % 200, at at time zone 'UTC', at at time zone 'UTC' from made`);
    for (const column of indexed) await client.query(`create index on ${TABLE} (${column})`);
    await client.query(`create unique index on ${TABLE} (message_id)`);
    await client.query(`vacuum analyze ${TABLE}`);
  },
  insert: `insert into ${TABLE} (account_id, conversation_id, message_id, rating, contact_id,
      assigned_agent_id, created_at, updated_at)
    values (r.workspace_id, r.n + 100000000, r.n + 100000000, r.score,
      r.workspace_id * 10000000::bigint + r.n % 1000, r.workspace_id * 1000 + r.n % 200,
      clock_timestamp() at time zone 'UTC', clock_timestamp() at time zone 'UTC')`,
  designs: ({ client, periods }) => [
    {
      name: "Chatwoot's report: all answers of the account",
      counts: counted.pooled,
      runs: eachSpan(periods, (asked) => report(client, asked)),
    },
  ],
};
