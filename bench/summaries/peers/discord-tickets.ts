/**
 * discord-tickets: every closed ticket of a guild with its feedback is loaded and averaged in the
 * program, whatever the period. (It has a thread for that; here there is nothing else to hold up.)
 */
import type pg from "pg";
import { LARGEST } from "../data.ts";
import { figures } from "../figures.ts";
import { counted, type Peer } from "./peer.ts";

const tables = [
  `create table tickets (
    id varchar(19) primary key,
    guild_id varchar(19) not null,
    category_id integer,
    number integer not null,
    created_by_id varchar(19) not null,
    claimed_by_id varchar(19),
    closed_by_id varchar(19),
    created_at timestamp(3) not null,
    closed_at timestamp(3),
    first_response_at timestamp(3),
    last_message_at timestamp(3),
    message_count integer,
    open boolean not null default true,
    priority text,
    topic text
  )`,
  `create table feedback (
    ticket_id varchar(19) primary key,
    guild_id varchar(19) not null,
    user_id varchar(19),
    rating integer not null,
    comment text,
    created_at timestamp(3) not null
  )`,
];

interface Ticket {
  readonly created_at: Date;
  readonly closed_at: Date;
  readonly first_response_at: Date;
  readonly rating: number | null;
}

async function averages(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<Ticket>({
    name: "tickets-averages",
    text: `select t.*, f.rating from tickets t left join feedback f on f.ticket_id = t.id
      where t.guild_id = $1 and not t.open and t.first_response_at is not null`,
    values: [`guild-${LARGEST}`],
  });
  const rated = rows.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  const sum = rated.reduce((all, rating) => all + rating, 0);
  // Its page also has these two.
  rows.reduce((all, row) => all + row.first_response_at.getTime() - row.created_at.getTime(), 0);
  rows.reduce((all, row) => all + row.closed_at.getTime() - row.created_at.getTime(), 0);
  return figures(rated.length, rated.length === 0 ? null : sum / rated.length);
}

export const discordTickets: Peer = {
  name: "discord-tickets",
  tables: ["tickets", "feedback"],
  async build(client) {
    for (const table of tables) await client.query(table);
    await client.query(`insert into tickets (id, guild_id, category_id, number, created_by_id,
        claimed_by_id, closed_by_id, created_at, closed_at, first_response_at, last_message_at,
        message_count, open, topic)
      select n::text, 'guild-' || workspace, metric, n, person::text, (n % 200)::text,
        (n % 200)::text, (at - interval '2 hours') at time zone 'UTC', at at time zone 'UTC',
        (at - interval '1 hour') at time zone 'UTC', at at time zone 'UTC', 9, false,
        'My invoice is wrong' from made`);
    await client.query(`insert into feedback (ticket_id, guild_id, user_id, rating, created_at)
      select n::text, 'guild-' || workspace, person::text, score, at at time zone 'UTC' from made`);
    await client.query("create unique index on tickets (guild_id, number)");
    await client.query("vacuum analyze tickets, feedback");
  },
  designs: ({ client }) => [
    {
      name: "discord-tickets' averages: all answers of the guild",
      counts: counted.pooled,
      runs: { all: () => averages(client) },
    },
  ],
};
