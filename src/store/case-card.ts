/** What the card of a case tells beside the case itself. */
import { sql } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import { type ChosenWords, chosenWords, readDefinition } from "../surveys/survey.ts";
import type { Case } from "./cases.ts";
import type { Db, InvitationKind, WhoReads } from "./schema.ts";

/** Everybody on the card by name, and what was before. */
export interface CaseNames {
  readonly person: string | null;
  readonly account: string | null;
  readonly owner: string | null;
  readonly closedBy: string | null;
  /** Earlier cases of the same human. */
  readonly earlierCases: number;
  /** Scores that they gave before, the newest first, as far as they were not totals only. */
  readonly earlierScores: readonly { readonly metric: MetricName; readonly score: number }[];
}

/** How many earlier scores are told. */
const EARLIER_SCORES = 3;

/** The names, and what the human was to us before. */
export async function readCaseNames(
  db: Db,
  workspaceId: number,
  { id, humanId, openedAt }: Case,
): Promise<CaseNames> {
  const { rows } = await sql<Omit<CaseNames, "earlierScores">>`
    select p.name as person, a.name as account, o.name as owner, b.name as "closedBy",
      (select count(*)::int from cases e
        where e.workspace_id = c.workspace_id and e.human_id = c.human_id
          and e.number < c.number) as "earlierCases"
    from cases c
    left join people p on p.workspace_id = c.workspace_id and p.id = c.person_id
    left join accounts a on a.workspace_id = c.workspace_id and a.id = c.account_id
    left join people o on o.workspace_id = c.workspace_id and o.id = c.owner_id
    left join people b on b.workspace_id = c.workspace_id and b.id = c.closed_by
    where c.workspace_id = ${workspaceId} and c.id = ${id}
  `.execute(db);
  const [names] = rows;
  if (names === undefined) throw new RangeError("there is no such case");
  const earlier = await sql<{ metric: MetricName; score: number }>`
    select a.metric, a.score
    from people p
    join answers a on a.workspace_id = p.workspace_id and a.person_id = p.id
    where p.workspace_id = ${workspaceId} and coalesce(p.human_id, p.id) = ${humanId}
      and a.score is not null and a.metric is not null and a.promise = 'named'
      and a.answered_at < ${new Date(openedAt)}
      and not exists (select from case_events e
        where e.workspace_id = a.workspace_id and e.case_id = ${id}
          and e.invitation_id = a.invitation_id)
    order by a.answered_at desc
    limit ${EARLIER_SCORES}
  `.execute(db);
  return { ...names, earlierScores: earlier.rows };
}

/** What somebody answered to one invitation, as a case tells it. */
export interface ToldAnswer {
  readonly invitationId: string;
  readonly kind: InvitationKind;
  /** Null where nothing is scored first. */
  readonly metric: MetricName | null;
  readonly promise: WhoReads;
  /** The first score; null when it was taken back. */
  readonly score: number | null;
  /** Options that were chosen, in the order of their questions. */
  readonly chosen: readonly ChosenWords[];
  readonly text: string | null;
  readonly contact: string | null;
}

/** The answers that a case is about, in the order in which they joined it. */
export async function readToldAnswers(
  db: Db,
  workspaceId: number,
  caseId: string,
  contactKey: string,
): Promise<ToldAnswer[]> {
  const { rows } = await sql<
    Omit<ToldAnswer, "chosen"> & { choices: Readonly<Record<string, string>>; definition: unknown }
  >`
    select i.id as "invitationId", i.kind, s.metric, i.promise, v.definition,
      (select coalesce(jsonb_object_agg(a.question, a.choice), '{}') from answers a
        where a.workspace_id = i.workspace_id and a.invitation_id = i.id
          and a.choice is not null) as choices,
      (select a.score from answers a
        where a.workspace_id = i.workspace_id and a.invitation_id = i.id
          and a.question = v.definition->'questions'->0->>'key') as score,
      (select string_agg(a.text, E'\n' order by a.question) from answers a
        where a.workspace_id = i.workspace_id and a.invitation_id = i.id
          and a.text is not null) as text,
      (select a.choice from answers a
        where a.workspace_id = i.workspace_id and a.invitation_id = i.id
          and a.question = ${contactKey}) as contact
    from (
      select invitation_id, min(at) as at from case_events
      where workspace_id = ${workspaceId} and case_id = ${caseId}
        and kind in ('opened', 'joined') and invitation_id is not null
      group by invitation_id
    ) e
    join invitations i on i.workspace_id = ${workspaceId} and i.id = e.invitation_id
    join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
    join survey_versions v on v.workspace_id = i.workspace_id and v.survey_id = i.survey_id
      and v.version = i.survey_version
    order by e.at, i.id
  `.execute(db);
  return rows.map(({ definition, choices, ...row }) => {
    const survey = readDefinition(definition);
    const chosen = survey?.questions.flatMap(
      ({ key }) => chosenWords(survey, key, choices[key]) ?? [],
    );
    return { ...row, chosen: chosen ?? [] };
  });
}

/** Words that stand in no answer, with who said them, oldest first. */
export async function readToldWords(
  db: Db,
  workspaceId: number,
  caseId: string,
): Promise<{ readonly text: string; readonly by: string | null }[]> {
  const rows = await db
    .selectFrom("case_events as e")
    .leftJoin("people as p", (join) =>
      join.onRef("p.workspace_id", "=", "e.workspace_id").onRef("p.id", "=", "e.actor_id"),
    )
    .select(["e.text", "p.name as by"])
    .where("e.workspace_id", "=", workspaceId)
    .where("e.case_id", "=", caseId)
    .where("e.kind", "in", ["opened", "joined"])
    .where("e.text", "is not", null)
    .orderBy("e.at")
    .execute();
  return rows.flatMap(({ text, by }) => (text === null ? [] : [{ text, by }]));
}
