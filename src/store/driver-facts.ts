/** What was recorded beside each answer of a period: what it may go together with. */
import { sql } from "kysely";
import type { Beside } from "../metrics/drivers.ts";
import type { Period } from "../metrics/period.ts";
import { handlerOf } from "./cut-values.ts";
import { breaksOf, epochOfAnswer, epochOfBucket } from "./epochs.ts";
import { bucketsOf } from "./live-scores.ts";
import { humanOf, partsOf } from "./same-human.ts";
import type { Db } from "./schema.ts";
import {
  isKept,
  isNoTest,
  isScoreOf,
  type Question,
  questionsOf,
  testPeople,
} from "./scored-questions.ts";

/** Of more answers than this so many are looked at, the same ones each time. */
const MOST_ANSWERS = 5000;

/** Contacts are counted in so many days before an answer. */
const CONTACT_DAYS = 30;

/** What is looked at besides tags, in this order; each with whether it is there or not. */
const recorded = [
  ["first-reply", false],
  ["contacts", false],
  ["messages", false],
  ["reopenings", false],
  ["handed-over", true],
] as const satisfies readonly (readonly [string, boolean])[];

type Recorded = (typeof recorded)[number][0];

/** What a score may go together with; a tag by its name. */
export type DriverName =
  | { readonly kind: Recorded }
  | { readonly kind: "tag"; readonly tag: string };

export interface DriverFacts {
  readonly scores: readonly number[];
  readonly besides: readonly Beside<DriverName>[];
  /** Answers that there are; more than `scores` when only some were looked at. */
  readonly total: number;
}

type FactRow = { readonly [Name in Recorded]: number | null } & {
  readonly score: number;
  readonly tags: readonly string[];
  readonly total: number;
};

/** Of answers with names; nobody's answer under "only totals" is looked at by itself. */
export async function readDriverFacts(
  db: Db,
  question: Question & { readonly period: Period; readonly now: Date },
): Promise<DriverFacts> {
  const { workspaceId, metric, period, now } = question;
  const who = sql`coalesce(${humanOf(workspaceId, "a")}, a.invitation_id)`;
  const latest = sql`order by a.who, a.answered_at desc, a.invitation_id desc, a.question desc`;
  // "+ 0" keeps the planner from going through everybody's activities of those days, for each answer.
  const { rows } = await sql<FactRow>`
    with recursive ${bucketsOf([period])}, ${questionsOf({ workspaceId })},
      ${testPeople(workspaceId)}, ${partsOf(workspaceId)}, ${breaksOf(workspaceId, metric.name)},
    scored as (
      select ${metric.onePerPerson ? sql`distinct on (a.who)` : sql``} a.*
      from buckets b
      cross join questions q
      cross join lateral (
        select a.invitation_id, a.question, a.score, a.person_id, a.chat_id, a.closing, a.tags,
          a.answered_at, ${who} as who, ${epochOfAnswer(workspaceId)} as epoch
        from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= b.starts and a.answered_at < b.ends
          and ${isScoreOf(metric, "a")} and ${isKept({ ...question, promise: "named" })}
        offset 0
      ) a
      where q.metric = ${metric.name} and ${isNoTest("a")} and a.epoch = ${epochOfBucket(now)}
      ${metric.onePerPerson ? latest : sql``}
    ), drawn as (
      select scored.*, (count(*) over ())::int as total from scored
      order by md5(invitation_id::text || question) limit ${MOST_ANSWERS}
    )
    select a.score, a.tags, a.total, extract(epoch from c.first_replied_at - c.first_customer_at)::float8
        as "first-reply",
      case when a.person_id is not null then (
        select coalesce(sum(t.n), 0)::int from people r
        cross join lateral (
          select t.n from activities t
          where t.workspace_id = ${workspaceId} and t.person_id = r.id and t.what = 'chat'
            and t.day + 0 <= (a.answered_at at time zone w.time_zone)::date
            and t.day + 0 > (a.answered_at at time zone w.time_zone)::date - ${CONTACT_DAYS}::int
          offset 0
        ) t
        where r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = a.who
      ) end as contacts,
      c.customer_messages + h.messages as messages,
      case when c.id is null then null else
        (select count(*)::int from unnest(c.reopenings) at where at <= a.answered_at)
      end as reopenings,
      case when h.people = 0 then null else (h.people > 1)::int end as "handed-over"
    from drawn a
    join workspaces w on w.id = ${workspaceId}
    left join chats c on c.workspace_id = ${workspaceId} and c.id = a.chat_id
    left join lateral (
      select sum(n.messages)::int as messages, (count(distinct coalesce(p.human_id, p.id)))::int as people
      from handlers n cross join lateral (${handlerOf(workspaceId)}) p
      where n.workspace_id = ${workspaceId} and n.chat_id = a.chat_id and n.closing = a.closing
    ) h on true
    order by md5(a.invitation_id::text || a.question)`.execute(db);
  const tags = [...new Set(rows.flatMap((row) => row.tags))].sort();
  return {
    scores: rows.map(({ score }) => score),
    total: rows[0]?.total ?? 0,
    besides: [
      ...recorded.map(([kind, either]) => ({
        name: { kind },
        either,
        values: rows.map((row) => row[kind]),
      })),
      ...tags.map((tag) => ({
        name: { kind: "tag", tag } as const,
        either: true,
        values: rows.map((row) => Number(row.tags.includes(tag))),
      })),
    ],
  };
}
