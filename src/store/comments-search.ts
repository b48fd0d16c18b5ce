/** What customers wrote, newest first and piece by piece, for whoever looks for something in it. */
import { type RawBuilder, sql } from "kysely";
import type { Filter } from "../metrics/filter.ts";
import type { Level, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { Db, InvitationKind } from "./schema.ts";
import type { CaseState } from "./schema-cases.ts";
import { isKept, isNoTest, testPeople } from "./scored-questions.ts";

/** Where words stand in the order of all: by time, then by a digest of what they are an answer to. */
export interface Place {
  /** To the millisecond. */
  readonly at: Date;
  /** Four hexadecimal digits: two of one millisecond are the same once in 65 000 times. */
  readonly tie: string;
}

/** Somebody's words, and what they answered beside them. */
export interface Said extends Place {
  readonly invitationId: string;
  readonly question: string;
  readonly text: string;
  readonly metric: MetricName | null;
  readonly score: number | null;
  /** Of what was chosen first where nothing is scored first. */
  readonly level: Level | null;
}

export interface SaidAbout {
  readonly workspaceId: number;
  readonly period: Pick<Period, "start" | "end">;
  readonly filter: Filter;
}

/**
 * Words in any survey that were said under "with your name": the next `limit` older ones than a
 * place, or newer ones, nearest first.
 */
export async function readSaid(
  db: Db,
  about: SaidAbout,
  { from, towards, limit }: { from: Place | null; towards: "older" | "newer"; limit: number },
): Promise<Said[]> {
  const { workspaceId, period } = about;
  const turned = towards === "older" ? sql`desc` : sql`asc`;
  const { rows } = await sql<Said>`
    with ${testPeople(workspaceId)}
    select c.invitation_id as "invitationId", c.question, c.text, c.at, c.tie, s.metric, s.score,
      case when s.score is null then (
        select o->>'level' from answers y
        join survey_versions v on v.workspace_id = y.workspace_id and v.survey_id = y.survey_id
          and v.version = y.survey_version
        cross join lateral jsonb_array_elements(v.definition->'questions'->0->'options') o
        where y.workspace_id = ${workspaceId} and y.invitation_id = c.invitation_id
          and y.question = v.definition->'questions'->0->>'key' and o->>'key' = y.choice
      ) end as level
    from surveys k
    cross join lateral (
      select a.invitation_id, a.question, a.text, ${tie} as tie, ${toMillisecond} as at
      from answers a
      where a.workspace_id = ${workspaceId} and a.survey_id = k.id and a.text is not null
        and a.answered_at >= ${period.start} and a.answered_at < ${period.end}
        and ${isKept(about)} and ${isNoTest("a")} and ${isBehind(from, towards)}
      order by a.answered_at ${turned}, ${tie} ${turned}
      limit ${limit}
    ) c
    left join lateral (
      select metric, score from answers where workspace_id = ${workspaceId}
        and invitation_id = c.invitation_id and score is not null
      order by answered_at, question limit 1
    ) s on true
    where k.workspace_id = ${workspaceId}
    order by c.at ${turned}, c.tie ${turned}
    limit ${limit}`.execute(db);
  return rows;
}

const tie = sql`left(md5(a.invitation_id::text || a.question), 4)`;
const toMillisecond = sql`date_trunc('milliseconds', a.answered_at)`;

/** The plain comparison of times is the one that an index answers. */
function isBehind(from: Place | null, towards: "older" | "newer"): RawBuilder<boolean> {
  if (from === null) return sql`true`;
  return towards === "older"
    ? sql`a.answered_at < ${from.at}::timestamptz + interval '1 millisecond'
        and (${toMillisecond}, ${tie}) < (${from.at}::timestamptz, ${from.tie}::text)`
    : sql`a.answered_at >= ${from.at}
        and (${toMillisecond}, ${tie}) > (${from.at}::timestamptz, ${from.tie}::text)`;
}

/** Who said something about what, and what is done about it. */
export interface SaidBeside {
  readonly person: string | null;
  readonly chatUrl: string | null;
  readonly channel: string | null;
  readonly team: string | null;
  readonly kind: InvitationKind;
  readonly case: {
    readonly number: number;
    readonly state: CaseState;
    readonly owner: string | null;
  } | null;
}

/** The same for each of these, in their order. */
export async function readBeside(
  db: Db,
  workspaceId: number,
  said: readonly Pick<Said, "invitationId" | "question">[],
): Promise<(SaidBeside | undefined)[]> {
  const { rows } = await sql<SaidBeside & { n: number }>`
    select wanted.n::int as n, p.name as person, ch.url as "chatUrl",
      coalesce(a.channel, ch.channel) as channel, coalesce(a.team, ch.team) as team, i.kind,
      (select json_build_object('number', k.number, 'state', k.state, 'owner', o.name)
        from cases k
        left join people o on o.workspace_id = k.workspace_id and o.id = k.owner_id
        where k.workspace_id = ${workspaceId} and (k.invitation_id = i.id or k.id in (
          select e.case_id from case_events e
          where e.workspace_id = ${workspaceId} and e.invitation_id = i.id))
        order by k.number desc limit 1) as case
    from unnest(${said.map((each) => each.invitationId)}::uuid[],
      ${said.map((each) => each.question)}::text[])
      with ordinality as wanted (invitation_id, question, n)
    join invitations i on i.workspace_id = ${workspaceId} and i.id = wanted.invitation_id
    join answers a on a.workspace_id = i.workspace_id and a.invitation_id = i.id
      and a.question = wanted.question
    left join people p on p.workspace_id = i.workspace_id and p.id = i.person_id
    left join chats ch on ch.workspace_id = i.workspace_id and ch.id = a.chat_id`.execute(db);
  const found = new Map(rows.map((row) => [row.n, row]));
  return said.map((_, i) => found.get(i + 1));
}
