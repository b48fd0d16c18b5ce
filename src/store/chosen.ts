/** What people chose who may leave, or left: how often each option in a period. */
import { sql } from "kysely";
import type { Period } from "../metrics/period.ts";
import { type ChosenWords, chosenWords, readDefinition } from "../surveys/survey.ts";
import type { Db } from "./schema.ts";
import { isNoTest, testPeople } from "./scored-questions.ts";

/** One option of one question; the newest wording of it. */
export interface ChosenOption extends ChosenWords {
  readonly kind: "churn" | "exit";
  readonly question: string;
  readonly n: number;
}

interface Row {
  readonly kind: "churn" | "exit";
  readonly question: string;
  readonly choice: string;
  readonly definition: unknown;
  readonly n: number;
}

/**
 * The options that were chosen, the most frequent first. Answers of those who were promised that only
 * totals are seen are left out: so few leave that a total would tell who.
 */
export async function readChosen(
  db: Db,
  { workspaceId, period }: { readonly workspaceId: number; readonly period: Period },
): Promise<ChosenOption[]> {
  const { rows } = await sql<Row>`
    with ${testPeople(workspaceId)}
    select i.kind, a.question, a.choice, v.definition, count(*)::int as n
    from answers a
    join invitations i on i.workspace_id = a.workspace_id and i.id = a.invitation_id
    join survey_versions v on v.workspace_id = a.workspace_id and v.survey_id = a.survey_id
      and v.version = a.survey_version
    where a.workspace_id = ${workspaceId} and a.choice is not null
      and a.answered_at >= ${period.start} and a.answered_at < ${period.end}
      and i.kind in ('churn', 'exit') and i.promise = 'named' and ${isNoTest("i")}
    group by i.kind, a.question, a.choice, a.survey_id, v.version, v.definition
    order by v.version desc`.execute(db);
  const options = new Map<string, ChosenOption>();
  for (const { kind, question, choice, definition: kept, n } of rows) {
    const definition = readDefinition(kept);
    const words = definition && chosenWords(definition, question, choice);
    if (words === undefined) continue;
    const key = `${kind} ${question} ${choice}`;
    const before = options.get(key);
    options.set(key, before ? { ...before, n: before.n + n } : { kind, question, ...words, n });
  }
  return [...options.values()].sort((a, b) => b.n - a.n);
}
