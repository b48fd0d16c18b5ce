/**
 * Answers taken in at the SQL: procedures that insert and commit one answer after another, as fast as
 * the database can, so that no program in front of it is measured.
 */
import pg from "pg";
import { metricNames } from "../../src/metrics/metric.ts";
import { LARGEST } from "./data.ts";
import { quantile } from "./timing.ts";

/** Which answers many writers write at once. */
export const modes = ["spread", "hot workspace", "hot row"] as const;
export type Mode = (typeof modes)[number];

/** One way to keep an answer. */
export interface Way {
  readonly name: string;
  /** The statement, over a row `r` of `to_take` whose `n` nobody else has. */
  readonly insert: string;
  /** Takes away what was written. */
  readonly undo: string;
}

/** Who writes what for how long; `nth` is another number each time, for which new ids are made. */
export interface Writing {
  readonly nth: number;
  readonly mode: Mode;
  readonly writers: number;
  readonly seconds: number;
}

/** Answers a second: of each round. */
export type Rates = ReadonlyMap<string, readonly number[]>;

/** Rows for so many seconds of the quickest. */
const ROWS = 200_000;
const ROUNDS = 3;
const METRIC = metricNames.indexOf("csat") + 1;

/** Makes the answers that are going to be written: of people who were asked and have said nothing. */
export async function makeRows(client: pg.ClientBase): Promise<void> {
  await client.query(`create unlogged table to_take as
    select mode, row_number() over (partition by mode order by i.id) as n, i.workspace_id,
      i.id as invitation_id, i.survey_id, s.metric, i.person_id,
      1 + (hashtext(i.id::text) & 1)::smallint as score, 'Team 1' as team, '#channel-1' as channel,
      i.language
    from (
      select 'spread' as mode, i.* from invitations i where answered_at is null
      union all
      select mode, i.* from invitations i, unnest(array['hot workspace', 'hot row']) mode
        where answered_at is null and workspace_id = ${LARGEST}
    ) i join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id`);
  // One count for all of them: the same survey, score and day.
  await client.query(`update to_take set score = 2, metric = 'csat',
    survey_id = survey_of(workspace_id, ${METRIC}) where mode = 'hot row'`);
  await client.query("create unique index on to_take (mode, n)");
  await client.query("create table bare_answers (like answers)");
  await client.query("vacuum analyze to_take");
}

const insertAnswer = (
  table: string,
) => `insert into ${table} (workspace_id, invitation_id, question,
    survey_id, survey_version, promise, metric, score, scale_min, scale_max, person_id, platform,
    channel, team, touchpoint, tags, language, asked_at, answered_at, revision)
  values (r.workspace_id, r.invitation_id, 'score', r.survey_id, 1, 'named', r.metric, r.score, 0, 10,
    r.person_id, 'slack', r.channel, r.team, 'support chat', '{}', r.language, clock_timestamp(),
    clock_timestamp(), 1)`;

/** The same row into a table without a key, an index, a reference or a trigger. */
export const bare: Way = {
  name: "a table without any index",
  insert: insertAnswer("bare_answers"),
  undo: "truncate bare_answers",
};

export const ours: Way = {
  name: "aftertalk: answers",
  insert: insertAnswer("answers"),
  undo: `delete from answers a using to_take t where a.workspace_id = t.workspace_id
    and a.invitation_id = t.invitation_id and t.mode = 'MODE'`,
};

async function makeProcedure(client: pg.ClientBase, at: number, way: Way): Promise<void> {
  await client.query(`create or replace procedure take_${at}(
      wanted text, writer int, writers int, skip bigint, seconds float8, inout taken int)
    language plpgsql as $$
    declare
      r record;
      until timestamptz := clock_timestamp() + seconds * interval '1 second';
    begin
      taken := 0;
      for r in select t.n + skip as n, t.workspace_id, t.invitation_id, t.survey_id, t.metric,
          t.person_id, t.score, t.team, t.channel, t.language from to_take t
        where t.mode = wanted and t.n <= ${ROWS} and t.n % writers = writer
      loop
        ${way.insert};
        commit;
        taken := taken + 1;
        exit when clock_timestamp() > until;
      end loop;
    end $$`);
}

/** Each way in turns, three times; sorted into their rates by name. */
export async function writeInTurns(
  url: string,
  ways: readonly Way[],
  about: Writing,
): Promise<Rates> {
  const { nth, mode, writers, seconds } = about;
  const clients = Array.from({ length: writers }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  if (first === undefined) throw new RangeError("nobody writes");
  const rates = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
  try {
    for (const [at, way] of ways.entries()) await makeProcedure(first, at, way);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [at, way] of ways.entries()) {
        const began = performance.now();
        const done = await Promise.all(
          clients.map((client, writer) =>
            client.query<{ taken: number }>(
              `call take_${at}('${mode}', ${writer}, ${writers}, ${(nth * ROUNDS + round) * ROWS}, ${seconds}, null)`,
            ),
          ),
        );
        const took = (performance.now() - began) / 1000;
        const taken = done.reduce((sum, { rows }) => sum + (rows[0]?.taken ?? 0), 0);
        rates.get(way.name)?.push(taken / took);
        await undo(first, way, mode);
      }
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return rates;
}

async function undo(client: pg.ClientBase, { undo }: Way, mode: Mode): Promise<void> {
  await client.query("set session_replication_role = replica");
  await client.query(undo.replace("MODE", mode));
  await client.query("set session_replication_role = origin");
}

/** The middle one of the rounds. */
export function medianRate(rates: Rates, name: string): number {
  return quantile(rates.get(name) ?? [], 0.5);
}
