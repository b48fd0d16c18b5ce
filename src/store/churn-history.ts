/** All that is kept of humans and may be a sign that they leave, many humans at once. No words. */
import { type RawBuilder, sql } from "kysely";
import type { ChurnHistory, FollowUp } from "../metrics/churn-facts.ts";
import type { MetricName } from "../metrics/metric.ts";
import { SCORE } from "../surveys/parts.ts";
import { isCustomer } from "./customers.ts";
import type { Db } from "./schema.ts";

/** A human's history, and whether anything of it is counted: the team, bots, tests and sample data are not. */
export interface HumanHistory extends ChurnHistory {
  readonly customer: boolean;
  /** The account they belong to: people of one often leave together. */
  readonly accountId: string | null;
}

const ms = (time: RawBuilder<unknown>) => sql<number>`extract(epoch from ${time})::float8 * 1000`;

/** Histories by human. Ids that stand for no human are left out. */
export async function readChurnHistories(
  db: Db,
  workspaceId: number,
  humans: readonly string[],
): Promise<Map<string, HumanHistory>> {
  if (humans.length === 0) return new Map();
  const about = { db, workspaceId, humans };
  const who = await readWho(about);
  const days = await byHuman<readonly number[]>(about, activeDays(workspaceId));
  const contacts = await byHuman<ChurnHistory["contacts"]>(about, contactsOf(workspaceId));
  const scores = await byHuman<ChurnHistory["scores"]>(about, scoresOf(workspaceId));
  const followUps = await byHuman<readonly FollowUp[]>(about, followUpsOf(workspaceId));
  const asked = await byHuman<readonly Asked[]>(about, askedOf(workspaceId));
  return new Map(
    who.map(({ id, ...each }) => {
      const invitations = asked.get(id) ?? [];
      return [
        id,
        {
          ...each,
          activeDays: days.get(id) ?? [],
          contacts: contacts.get(id) ?? [],
          scores: scores.get(id) ?? [],
          followUps: followUps.get(id) ?? [],
          answered: inOrder(invitations.flatMap(({ answered }) => answered ?? [])),
          unanswered: inOrder(invitations.flatMap(({ passed }) => passed ?? [])),
        },
      ];
    }),
  );
}

interface Asked {
  readonly answered: number | null;
  readonly passed: number | null;
}

function inOrder(times: readonly number[]): number[] {
  return times.toSorted((a, b) => a - b);
}

interface About {
  readonly db: Db;
  readonly workspaceId: number;
  readonly humans: readonly string[];
}

/**
 * Rows of people (`id`) and the humans (`human`) that are meant. Here and below each is looked up,
 * by "offset 0": what the database guesses of tables that were filled a minute ago must not decide
 * what is joined with what.
 */
function met({ workspaceId, humans }: About) {
  return sql`met as materialized (
    select r.id, m.human from unnest(${[...humans]}::uuid[]) m (human)
    cross join lateral (select p.id from people p where p.workspace_id = ${workspaceId}::int
      and coalesce(p.human_id, p.id) = m.human offset 0) r)`;
}

/** What rows of people (`met`) have of a table, each looked up. */
function theirs(
  workspaceId: number,
  table: "activities" | "answers" | "chats" | "invitations",
): RawBuilder<unknown> {
  const person = sql.ref(table === "chats" ? "customer_id" : "person_id");
  return sql`met cross join lateral (select t.* from ${sql.table(table)} t
    where t.workspace_id = ${workspaceId}::int and t.${person} = met.id offset 0)`;
}

/** `facts` selects `human`, `fact` and what they are ordered `by`, from `met`. */
async function byHuman<Facts>(
  about: About,
  facts: RawBuilder<unknown>,
): Promise<Map<string, Facts>> {
  const { rows } = await sql<{ human: string; facts: Facts }>`
    with ${met(about)}, facts as (${facts})
    select human, json_agg(fact order by by) as facts from facts group by human`.execute(about.db);
  return new Map(rows.map((row) => [row.human, row.facts]));
}

interface Known extends Pick<HumanHistory, "customer" | "accountId"> {
  readonly id: string;
  readonly joinedAt: number | null;
  readonly metAt: number;
  readonly leftAt: number | null;
  readonly leftNotedAt: number | null;
}

/** Of several rows that say when somebody left, and their account, the earliest counts. */
async function readWho(about: About): Promise<Known[]> {
  const { rows } = await sql<Known>`
    with ${met(about)}
    select h.id, h.account_id as "accountId",
      bool_and(${isCustomer("p")}) as customer,
      ${ms(sql`least(min(p.created_at), min(p.joined_at))`)} as "metAt",
      ${ms(sql`coalesce(min(p.joined_at), min(a.joined_at))`)} as "joinedAt",
      ${ms(sql`least(min(p.left_at), min(a.left_at))`)} as "leftAt",
      ${ms(sql`coalesce(least(min(p.left_noted_at), min(a.left_noted_at)),
        least(min(p.left_at), min(a.left_at)))`)} as "leftNotedAt"
    from met
    cross join lateral (select p.* from people p
      where p.workspace_id = ${about.workspaceId}::int and p.id = met.id offset 0) p
    cross join lateral (select h.id, h.account_id from people h
      where h.workspace_id = ${about.workspaceId}::int and h.id = met.human offset 0) h
    left join lateral (select a.* from accounts a
      where a.workspace_id = ${about.workspaceId}::int and a.id = h.account_id offset 0) a on true
    group by h.id, h.account_id`.execute(about.db);
  return rows;
}

/** Days noted, and those of chats and answers that came in another way. */
function activeDays(workspaceId: number) {
  const day = (at: RawBuilder<unknown>) => sql`(${at} at time zone
    (select time_zone from workspaces where id = ${workspaceId}::int))::date`;
  return sql`
    select human, day - date '1970-01-01' as fact, day as by from (
      select met.human, a.day from ${theirs(workspaceId, "activities")} a
      union
      select met.human, ${day(sql`c.opened_at`)} from ${theirs(workspaceId, "chats")} c
      union
      select met.human, ${day(sql`a.answered_at`)} from ${theirs(workspaceId, "answers")} a
    ) heard`;
}

/** A chat, and each time that its customer came back to it: the chat is the issue. */
function contactsOf(workspaceId: number) {
  return sql`
    select met.human, json_build_object('at', ${ms(sql`contact.at`)}, 'issue', c.id, 'spamAt',
      ${ms(sql`case when c.close_reason = 'spam' then c.closed_at end`)}) as fact,
      contact.at as by
    from ${theirs(workspaceId, "chats")} c
    cross join lateral unnest(array_prepend(c.opened_at, c.reopenings)) contact (at)`;
}

const counted: readonly MetricName[] = ["nps", "csat", "ces"];

/** What was promised to be read only in totals is nobody's signal. */
function scoresOf(workspaceId: number) {
  return sql`
    select human, json_build_object('metric', metric, 'score', score, 'at', ${ms(sql`at`)},
      'until', ${ms(sql`until`)}) as fact, at as by
    from (
      select met.human, a.metric, a.score, coalesce(a.changed_at, a.answered_at) as at,
        null::timestamptz as until
      from ${theirs(workspaceId, "answers")} a
      where a.score is not null and a.promise = 'named'
      union all
      select met.human, coalesce(a.metric, s.metric), h.score, h.answered_at, h.replaced_at
      from ${theirs(workspaceId, "invitations")} i
      cross join lateral (select h.* from answer_history h
        where h.workspace_id = i.workspace_id and h.invitation_id = i.id offset 0) h
      join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
      left join lateral (select a.metric from answers a
        where a.workspace_id = i.workspace_id and a.invitation_id = i.id
          and a.question = h.question offset 0) a on true
      where i.promise = 'named' and h.score is not null
        and (a.metric is not null or h.question = ${SCORE})
    ) given
    where metric = any(${[...counted]}::text[])`;
}

/** What an event of a case means for its follow-up; the others mean nothing. */
const meaning = sql`case
  when e.kind = 'escalated' and e.actor_id is null then 'late'
  when e.kind = 'closed' and e.details->>'reason' in ('solved', 'explained', 'nothing-we-can-do')
    then 'done'
  when e.kind in ('closed', 'corrected') then 'dropped'
  when e.kind in ('opened', 'joined', 'answered', 'claimed', 'snoozed', 'woken', 'not-recovered')
    then 'open'
end`;

function followUpsOf(workspaceId: number) {
  return sql`
    select c.human_id as human, json_build_object(
      'dueAt', ${ms(sql`case when c.state = 'open' and c.waiting_since is not null
        then c.due_at end`)},
      'events', coalesce((
        select json_agg(json_build_object('at', ${ms(sql`e.at`)}, 'what', ${meaning})
          order by e.at, e.id)
        from case_events e
        where e.workspace_id = c.workspace_id and e.case_id = c.id and ${meaning} is not null
      ), '[]'::json)) as fact, c.opened_at as by
    from (select distinct human from met) m
    cross join lateral (select c.* from cases c
      where c.workspace_id = ${workspaceId}::int and c.human_id = m.human offset 0) c
    where c.cause in ('low-score', 'complaint')`;
}

function askedOf(workspaceId: number) {
  return sql`
    select met.human, json_build_object('answered', ${ms(sql`i.answered_at`)},
      'passed', ${ms(sql`case when i.state = 'expired' and i.reminded_at is not null
        then i.expires_at end`)}) as fact, i.created_at as by
    from ${theirs(workspaceId, "invitations")} i
    where i.answered_at is not null or i.state = 'expired' and i.reminded_at is not null`;
}
