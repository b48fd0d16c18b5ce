/** What commands look at beside answers: a chat for each answer of the largest workspace, and orders. */
import type pg from "pg";
import { LARGEST } from "./data.ts";

const AGENTS = 60;
/** Each of so many agents is a program. */
const BOT_EACH = 20;
const ACCOUNTS = 400;
/** For each so many answers there is a chat that nobody was asked about. */
const UNASKED_EACH = 4;

const people = `insert into people (workspace_id, id, name, role, bot, created_at)
  select $1::int, agent_of(n), 'Agent ' || n, 'agent', n % ${BOT_EACH} = 0, now() - interval '4 years'
  from generate_series(0, ${AGENTS - 1}) n`;

const accounts = `insert into accounts (workspace_id, id, external_id, name)
  select $1::int, account_of(n), 'account-' || n, 'Account ' || n
  from generate_series(0, ${ACCOUNTS - 1}) n`;

const members = `update people set account_id = account_of(abs(hashtext(id::text)) % ${ACCOUNTS})
  where workspace_id = $1::int and role <> 'agent'`;

const chatColumns = `workspace_id, id, connection_id, external_id, customer_id, channel, team,
  touchpoint, tags, state, close_reason, closings, customer_messages, customer_characters, opened_at,
  first_customer_at, first_replied_at, first_replier_id, first_team_at, closed_at, last_message_at`;

/** Of `each`: id, name, person and the columns of `made`. */
const chats = (from: string) => `insert into chats (${chatColumns})
  select $1::int, each.id, k.id, name, person_of($1::int, person), channel, team,
    (array['support chat', 'order', 'delivery', 'invoice'])[1 + (n % 4)::int],
    case when n % 3 = 0 then array['refund'] when n % 7 = 0 then array['refund', 'late'] else '{}' end,
    'closed', case when n % 11 = 0 then 'inactivity' else 'solved' end, 1, 3, 300,
    at - interval '3 hours', at - interval '3 hours', at - interval '2 hours', agent_of(n % ${AGENTS}),
    at - interval '2 hours', at - interval '1 hour', at - interval '1 hour'
  from (${from}) each, (select id from connections where workspace_id = $1::int
    order by platform <> 'slack', id limit 1) k (id)`;

const asked = `select invitation_of(at, n) as id, 'asked:' || n as name, n, at, person, channel, team
  from made where workspace = $1::int`;
const unasked = `select invitation_of(at, n + (1::bigint << 41)) as id, 'unasked:' || n as name, n, at,
  person, channel, team from made where workspace = $1::int and n % ${UNASKED_EACH} = 0`;

/** One or two of the team in each chat, counted while it ran and frozen when it was closed. */
const handlers = `insert into handlers (workspace_id, chat_id, closing, person_id, messages)
  select c.workspace_id, c.id, closing, agent_of((h.n + i * 7) % ${AGENTS}), 1 + (h.n + i) % 5
  from chats c
  cross join lateral (select abs(hashtext(c.external_id))::bigint as n) h
  cross join lateral generate_series(0, case when h.n % 3 = 0 then 1 else 0 end) i
  cross join generate_series(0, 1) closing
  where c.workspace_id = $1::int`;

/** Answers and invitations are about their chats. */
const linked = [
  `update answers a set chat_id = a.invitation_id, closing = 1, touchpoint = c.touchpoint,
    tags = c.tags from chats c
  where a.workspace_id = $1::int and c.workspace_id = a.workspace_id and c.id = a.invitation_id`,
  `update invitations i set chat_id = i.id, closing = 1, connection_id = c.connection_id from chats c
  where i.workspace_id = $1::int and c.workspace_id = i.workspace_id and c.id = i.id`,
];

const orders = `insert into orders (workspace_id, day, n)
  select $1::int, day, 500 from generate_series(current_date - 1094, current_date, interval '1 day') day`;

/** Fills the largest workspace; triggers and references are by-passed, as everywhere in the bench. */
export async function fillChats(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create function agent_of(n bigint) returns uuid immutable parallel safe
      return ('00000000-0002-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
    create function account_of(n bigint) returns uuid immutable parallel safe
      return ('00000000-0003-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`);
  await client.query("set session_replication_role = replica");
  const steps = [
    people,
    accounts,
    members,
    chats(asked),
    chats(unasked),
    handlers,
    ...linked,
    orders,
  ];
  for (const step of steps) await client.query(step, [LARGEST]);
  await client.query("set session_replication_role = origin");
}
