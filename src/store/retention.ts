/**
 * What is kept for a time only. Each function does one batch, in the transaction that it is given,
 * and gives how many rows that was: fewer than `limit` when nothing more is due. Rows that somebody
 * else holds are left for the next time. Due is what is older than `before`, to the millisecond.
 */
import { type RawBuilder, sql } from "kysely";
import { foldAnswers } from "./anonymous-counts.ts";
import type { Db } from "./schema.ts";

/** One kind of thing whose time can be over. */
export type Batch = (trx: Db, workspaceId: number, before: Date, limit: number) => Promise<number>;

async function count(trx: Db, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows = 0n } = await statement.execute(trx);
  return Number(numAffectedRows);
}

/** The rows of a table for which `due` holds, by their physical place: found and changed at once. */
function some(table: string, workspaceId: number, due: RawBuilder<unknown>, limit: number) {
  return sql`ctid = any(array(select t.ctid from ${sql.table(table)} t
    where t.workspace_id = ${workspaceId} and ${due} limit ${limit} for update skip locked))`;
}

/** Comments, by when they were last written. */
export const dropComments: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.text is not null and coalesce(t.changed_at, t.answered_at) < ${before}`;
  return count(trx, sql`delete from answers where ${some("answers", workspaceId, due, limit)}`);
};

/** What comments were before they were changed. */
export const dropEarlierComments: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.text is not null and t.answered_at < ${before}`;
  return count(
    trx,
    sql`update answer_history set text = null
      where ${some("answer_history", workspaceId, due, limit)}`,
  );
};

/** The words of customers and of the team in cases; what happened, and when, stays. */
export const dropCaseWords: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.text is not null and t.at < ${before}`;
  return count(
    trx,
    sql`update case_events set text = null where ${some("case_events", workspaceId, due, limit)}`,
  );
};

/** Words that nobody may quote; those that somebody may stay as long as the answer they are from. */
export const dropUnusedQuotes: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.text <> '' and t.state <> 'allowed' and t.asked_at < ${before}`;
  return count(
    trx,
    sql`update quotes set text = '' where ${some("quotes", workspaceId, due, limit)}`,
  );
};

/** When an invitation was over: the last answer, else what is known. */
const invitationAge = sql`coalesce(
  (select max(a.answered_at) from answers a
    where a.workspace_id = i.workspace_id and a.invitation_id = i.id),
  i.answered_at, i.asked_at, i.finished_at, i.created_at)`;

/** Invitations with their answers: the scores become counts, and everything about them goes. */
export const foldOldAnswers: Batch = async (trx, workspaceId, before, limit) => {
  const { rows } = await sql<{ id: string }>`
    select i.id from invitations i
    where i.workspace_id = ${workspaceId} and i.state not in ('planned', 'asked')
      and (i.created_at < ${before} or i.kind = 'import') and ${invitationAge} < ${before}
    limit ${limit} for update skip locked`.execute(trx);
  if (rows.length === 0) return 0;
  const due = sql`any(${rows.map(({ id }) => id)}::uuid[])`;
  await foldAnswers(trx, workspaceId, sql`i.id = ${due}`);
  const own = sql`workspace_id = ${workspaceId} and invitation_id = ${due}`;
  const steps = [
    sql`update cases set invitation_id = null where ${own}`,
    sql`update cases set recovery_invitation_id = null
      where workspace_id = ${workspaceId} and recovery_invitation_id = ${due}`,
    sql`update case_events set invitation_id = null where ${own}`,
    // Of a programme that does not go on (paused, or left): when it does, its step is due at once.
    sql`update enrolments set invitation_id = null,
      next_at = case when state = 'active' then ${before}::timestamptz end where ${own}`,
    sql`delete from quotes where ${own}`,
    sql`delete from answer_history where ${own}`,
    sql`delete from answers where ${own}`,
    sql`delete from decisions where ${own}`,
    sql`delete from deliveries where ${own}`,
    sql`delete from invitations where workspace_id = ${workspaceId} and id = ${due}`,
  ];
  for (const step of steps) await step.execute(trx);
  return rows.length;
};

/** Chats lose whose they were and the link to them; that there was one stays, and is counted. */
export const loosenChats: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`(t.customer_id is not null or t.url is not null)
    and coalesce(t.closed_at, t.last_message_at, t.opened_at) < ${before}`;
  return count(
    trx,
    sql`update chats set customer_id = null, url = null
      where ${some("chats", workspaceId, due, limit)}`,
  );
};

/** Closed cases lose whose they were; times and reasons stay, and are counted. */
export const loosenCases: Batch = async (trx, workspaceId, before, limit) => {
  const due = sql`t.state = 'closed' and t.closed_at < ${before}
    and num_nonnulls(t.person_id, t.human_id, t.account_id, t.chat_id) > 0`;
  return count(
    trx,
    sql`update cases set person_id = null, human_id = null, account_id = null, chat_id = null,
        recovery_at = null
      where ${some("cases", workspaceId, due, limit)}`,
  );
};

/** On which days they did what. */
export const dropActivities: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.day < ${before}::timestamptz::date`;
  return count(
    trx,
    sql`delete from activities where ${some("activities", workspaceId, due, limit)}`,
  );
};

/** How signals once stood. */
export const dropSignalEvents: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.at < ${before}`;
  return count(
    trx,
    sql`delete from signal_events where ${some("signal_events", workspaceId, due, limit)}`,
  );
};

/**
 * Customers of whom nothing else is left: their name, address and accounts. Whoever said something
 * about being asked, was heard of since, or is one of several rows of a human, stays.
 */
export const dropStrangers: Batch = async (trx, workspaceId, before, limit) => {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.created_at < ${before} and p.role = 'customer'
      and p.consent = 'open' and p.source = 'platform' and p.human_id is null
      and coalesce(p.active_at, p.created_at) < ${before}
      and not exists (select from people o
        where o.workspace_id = p.workspace_id and o.human_id = p.id)
      and not exists (select from merges m
        where m.workspace_id = p.workspace_id and p.id in (m.kept, m.absorbed))
      and ${sql.join(
        references.map(
          ([table, column]) => sql`not exists (select from ${sql.table(table)} r
            where r.workspace_id = p.workspace_id and r.${sql.ref(column)} = p.id)`,
        ),
        sql` and `,
      )}
    limit ${limit} for update skip locked`.execute(trx);
  const due = sql`workspace_id = ${workspaceId} and`;
  const ids = sql`any(${rows.map(({ id }) => id)}::uuid[])`;
  await sql`delete from identities where ${due} person_id = ${ids}`.execute(trx);
  for (const [table, column] of worked) {
    await sql`delete from ${sql.table(table)} where ${due} ${sql.ref(column)} = ${ids}`.execute(
      trx,
    );
  }
  await sql`delete from dates where ${due} owner = 'person' and owner_id = ${ids}`.execute(trx);
  await sql`delete from people where ${due} id = ${ids}`.execute(trx);
  return rows.length;
};

/** Where somebody may be named, besides their identities. */
const references = [
  ["chats", "customer_id"],
  ["chats", "first_replier_id"],
  ["handlers", "person_id"],
  ["invitations", "person_id"],
  ["answers", "person_id"],
  ["deliveries", "person_id"],
  ["cases", "person_id"],
  ["cases", "human_id"],
  ["cases", "owner_id"],
  ["cases", "closed_by"],
  ["case_events", "actor_id"],
  ["quotes", "person_id"],
  ["drafts", "person_id"],
  ["role_grants", "person_id"],
] as const;

/** What was counted or worked out about somebody, and says nothing without them. */
const worked = [
  ["enrolments", "human_id"],
  ["signals", "human_id"],
  ["signal_events", "human_id"],
  ["activities", "person_id"],
] as const;

/** Cards of cases closed less long ago may be drawn anew: a customer answers, and it opens again. */
const CARD_DAYS = 30;

/** What buttons that nobody presses any more stood for. */
export const dropViews: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.kept_at < ${before}`;
  return count(trx, sql`delete from views where ${some("views", workspaceId, due, limit)}`);
};

/** Settled deliveries, but for those whose message may still be edited. */
export const dropDeliveries: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.state not in ('planned', 'sending') and coalesce(t.sent_at, t.created_at) < ${before}
    and not exists (select from cases c
      where c.workspace_id = t.workspace_id and c.id = t.case_id
        and (c.state <> 'closed' or c.closed_at > ${before}::timestamptz - ${CARD_DAYS} * interval '24 hours'))
    and not exists (select from invitations i
      where i.workspace_id = t.workspace_id and i.id = t.invitation_id
        and i.state in ('planned', 'asked'))`;
  return count(
    trx,
    sql`delete from deliveries where ${some("deliveries", workspaceId, due, limit)}`,
  );
};

/** Ids of events. */
export const dropEvents: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`t.received_at < ${before}`;
  return count(trx, sql`delete from inbox where ${some("inbox", workspaceId, due, limit)}`);
};

/** What admins left lying in the middle: nobody has touched it for so long. */
export const dropOpenDrafts: Batch = (trx, workspaceId, before, limit) =>
  dropDrafts(trx, workspaceId, sql`t.state = 'open' and t.updated_at < ${before}`, limit);

/**
 * Drafts that were saved or dropped, and surveys that somebody tried. One whose changes wait for a second
 * admin may be opened again; that a setup was done is asked for as long as there is a workspace.
 */
export const dropClosedDrafts: Batch = (trx, workspaceId, before, limit) => {
  const due = sql`(t.state <> 'open' or t.kind = 'trial') and t.updated_at < ${before}
    and not (t.kind = 'setup' and t.state = 'done')
    and not exists (select from change_sets s
      where s.workspace_id = t.workspace_id and s.draft_id = t.id and s.state = 'proposed')`;
  return dropDrafts(trx, workspaceId, due, limit);
};

function dropDrafts(trx: Db, workspaceId: number, due: RawBuilder<unknown>, limit: number) {
  return count(trx, sql`delete from drafts where ${some("drafts", workspaceId, due, limit)}`);
}

/**
 * Changes that were made, or never came about: what was there before and after is in the audit log, and
 * in versions. Those that wait for somebody wait on.
 */
export const dropChangeSets: Batch = (trx, workspaceId, before, limit) => {
  // Nothing is decided before it is wanted: the first time finds them, by its index.
  const due = sql`t.state <> 'proposed' and t.at < ${before}
    and coalesce(t.decided_at, t.at) < ${before}`;
  return count(
    trx,
    sql`delete from change_sets where ${some("change_sets", workspaceId, due, limit)}`,
  );
};
