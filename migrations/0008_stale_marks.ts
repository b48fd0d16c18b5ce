import { sql } from "kysely";

/**
 * Marks on days whose counts are no longer true, written by whatever changes them, in its own
 * transaction (src/store/counting.ts says why nothing is missed). What was given less than half an
 * hour ago marks nothing: its day is not counted before every transaction of then has ended, so that
 * an answer on its way in pays for none of this.
 */
export const staleMarks = [
  // When a day begins in a zone: its first midnight where the clock goes back over it.
  sql`create function day_start(day date, zone text) returns timestamptz language sql stable as $$
    select least(day::timestamp at time zone zone,
      ((day::timestamp - interval '1 hour') at time zone zone) + interval '1 hour')
  $$`,

  // A survey whose answers are no part of its metric's figures (src/store/scored-questions.ts).
  sql`create function stands_apart(ws integer, survey uuid) returns boolean language sql stable as $$
    select exists (select from surveys s where s.workspace_id = ws and s.id = survey
      and (s.trigger = 'recovery' or exists (select from survey_versions v
        where v.workspace_id = ws and v.survey_id = survey and v.version = s.version
          and v.definition @> '{"apart": true}'::jsonb)))
  $$`,

  // The series of an answer (src/store/epochs.ts).
  sql`create function epoch_of(ws integer, name text, at timestamptz, survey uuid, version integer)
    returns integer language sql stable as $$
    select count(*)::int from metric_epochs e
    where e.workspace_id = ws and e.metric = name and e.starts_at <= at and not exists (
      select from metric_epochs l where l.workspace_id = ws and l.metric = name
        and l.survey_id = survey and l.survey_version > version and l.starts_at <= e.starts_at)
  $$`,

  sql`create function mark_day(ws integer, what text, on_day date) returns void language sql as $$
    insert into stale_days (workspace_id, metric, day, transaction)
    values (ws, what, on_day, pg_current_xact_id()::text::bigint) on conflict do nothing
  $$`,

  sql`create function mark_at(ws integer, what text, at timestamptz) returns void language sql as $$
    select mark_day(ws, what, (at at time zone w.time_zone)::date) from workspaces w
    where w.id = ws and at is not null
  $$`,

  // The day of an answer; and where one answer a person counts, that of the same human's next one,
  // beside which this one is kept as the earlier of the two.
  // An import fills tables that still look empty to the planner: nothing here leaves it a choice
  // between indexes, or it would read a whole one for every row.
  sql`create function mark_answer(a answers) returns void language plpgsql
    set enable_seqscan = off as $$
  declare
    human uuid;
    next timestamptz;
    several_series boolean;
  begin
    if a.score is null then return; end if;
    perform mark_at(a.workspace_id, a.metric, a.answered_at);
    if a.metric <> 'nps' or a.person_id is null then return; end if;
    select coalesce(p.human_id, p.id) into human from people p
    where p.workspace_id = a.workspace_id and p.id = a.person_id;
    several_series := exists (select from metric_epochs e
      where e.workspace_id = a.workspace_id and e.metric = a.metric);
    select n.answered_at into next
    from (
      select human as id
      union all
      select p.id from people p where p.workspace_id = a.workspace_id and p.human_id = human
    ) p
    cross join lateral (
      select n.answered_at from answers n
      where n.workspace_id = a.workspace_id and n.person_id = p.id
        and n.answered_at >= a.answered_at and coalesce(n.metric, '') = a.metric
        and n.promise = a.promise and n.scale_min = a.scale_min and n.scale_max = a.scale_max
        and (n.answered_at, n.invitation_id, n.question)
          > (a.answered_at, a.invitation_id, a.question)
        and not stands_apart(n.workspace_id, n.survey_id)
        and (not several_series
          or epoch_of(n.workspace_id, n.metric, n.answered_at, n.survey_id, n.survey_version)
            = epoch_of(a.workspace_id, a.metric, a.answered_at, a.survey_id, a.survey_version))
        and not (select t.test from people t
          where t.workspace_id = a.workspace_id and t.id = n.person_id)
      order by n.answered_at, n.invitation_id, n.question limit 1
    ) n
    order by n.answered_at limit 1;
    if next is not null then perform mark_at(a.workspace_id, a.metric, next); end if;
  end $$`,

  sql`create function answers_stale() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then perform mark_answer(old); end if;
    if tg_op <> 'DELETE' then perform mark_answer(new); end if;
    return null;
  end $$`,
  sql`create trigger answers_stale_insert after insert on answers for each row
    when (new.score is not null and new.answered_at < now() - interval '30 minutes')
    execute function answers_stale()`,
  sql`create trigger answers_stale_delete after delete on answers for each row
    when (old.score is not null and old.answered_at < now() - interval '30 minutes')
    execute function answers_stale()`,
  sql`create trigger answers_stale_update after update on answers for each row
    when (num_nonnulls(old.score, new.score) > 0 and old.* is distinct from new.*
      and least(old.answered_at, new.answered_at) < now() - interval '30 minutes')
    execute function answers_stale()`,

  // Whom was asked: what is as young as a question can be waited for is not counted yet.
  sql`create function invitations_stale() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then perform mark_at(old.workspace_id, 'asked', old.asked_at); end if;
    if tg_op <> 'DELETE' then perform mark_at(new.workspace_id, 'asked', new.asked_at); end if;
    return null;
  end $$`,
  sql`create trigger invitations_stale_insert after insert on invitations for each row
    when (new.asked_at < now() - interval '8 days') execute function invitations_stale()`,
  sql`create trigger invitations_stale_delete after delete on invitations for each row
    when (old.asked_at < now() - interval '8 days') execute function invitations_stale()`,
  sql`create trigger invitations_stale_update after update on invitations for each row
    when ((old.asked_at < now() - interval '8 days' or new.asked_at < now() - interval '8 days')
      and (old.asked_at, old.reached_at, old.answered_at, old.expires_at, old.promise,
          old.person_id, old.survey_id, old.chat_id)
        is distinct from (new.asked_at, new.reached_at, new.answered_at, new.expires_at,
          new.promise, new.person_id, new.survey_id, new.chat_id))
    execute function invitations_stale()`,

  // Everything of both humans: what was one person's latest answer may be no more.
  sql`create function people_stale() returns trigger language plpgsql as $$
  begin
    perform mark_day(old.workspace_id, each.metric, each.day) from (
      select distinct g.metric, (g.at at time zone w.time_zone)::date as day
      from workspaces w
      join people p on p.workspace_id = w.id
        and coalesce(p.human_id, p.id) in (old.id, old.human_id, new.human_id)
      cross join lateral (
        select a.metric, a.answered_at as at from answers a
        where a.workspace_id = w.id and a.person_id = p.id and a.score is not null
        union all
        select 'asked', i.asked_at from invitations i
        where i.workspace_id = w.id and i.person_id = p.id and i.asked_at is not null
      ) g
      where w.id = old.workspace_id
    ) each;
    return null;
  end $$`,
  sql`create trigger people_stale_update after update on people for each row
    when (old.test is distinct from new.test or old.human_id is distinct from new.human_id)
    execute function people_stale()`,

  // Answers without a team of their own are of their chat's.
  sql`create function chats_stale() returns trigger language plpgsql as $$
  begin
    perform mark_at(old.workspace_id, a.metric, a.answered_at) from answers a
    where a.workspace_id = old.workspace_id and a.chat_id = old.id and a.score is not null;
    perform mark_at(old.workspace_id, 'asked', i.asked_at) from invitations i
    where i.workspace_id = old.workspace_id and i.chat_id = old.id and i.asked_at is not null;
    return null;
  end $$`,
  sql`create trigger chats_stale_update after update on chats for each row
    when (old.team is distinct from new.team) execute function chats_stale()`,

  sql`create function anonymous_stale() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then
      perform mark_day(old.workspace_id, coalesce(old.metric, 'asked'), old.day);
    end if;
    if tg_op <> 'DELETE' then
      perform mark_day(new.workspace_id, coalesce(new.metric, 'asked'), new.day);
    end if;
    return null;
  end $$`,
  sql`create trigger anonymous_stale after insert or update or delete on anonymous_counts
    for each row execute function anonymous_stale()`,

  // Other days: everything is counted anew.
  sql`create function workspaces_stale() returns trigger language plpgsql as $$
  begin
    delete from counting where workspace_id = old.id;
    return null;
  end $$`,
  sql`create trigger workspaces_stale after update on workspaces for each row
    when (old.time_zone is distinct from new.time_zone) execute function workspaces_stale()`,
];
