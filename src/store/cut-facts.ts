/** The facts of a view, cut into its parts. */
import { sql } from "kysely";
import type { CutFacts, CutRow } from "../metrics/cut.ts";
import type { Cut } from "../metrics/filter.ts";
import { answersIn } from "../metrics/histogram.ts";
import type { Period } from "../metrics/period.ts";
import type { Asking, Facts } from "../metrics/summary.ts";
import { answersFrom, epochsFrom, factsFrom } from "./facts-rows.ts";
import type { Db } from "./schema.ts";
import type { Question } from "./scored-questions.ts";
import { readFacts, readRows, readTeamTotals } from "./summaries.ts";

/**
 * The rows of a cut, those with the most answers in the last period first; whoever was asked and has
 * not answered makes one too. Answers that are seen only in totals are cut by team alone: a part of a
 * batch is never shown, so that there is one row by anything else.
 */
export async function readCutFacts(
  db: Db,
  { by, ...question }: Question & { by: Cut; periods: readonly Period[]; now: Date },
): Promise<CutFacts> {
  const { metric, periods, workspaceId } = question;
  if (by === "team" && question.promise === "totals") {
    const teams = [...(await readTeamTotals(db, question))];
    const rows = teams.map(([team, facts]) => ({ ...wholeRow(facts), value: team, label: team }));
    return { by, rows: rows.sort(byAnswers) };
  }
  if (by === "score" || question.promise === "totals") {
    const facts = await readFacts(db, question);
    return { by, rows: by === "score" ? rowsOfScores(question, facts) : [wholeRow(facts)] };
  }
  const rows = await readRows(db, question, by);
  const epochs = epochsFrom(periods, rows);
  const apart = Map.groupBy(
    rows.filter(({ what }) => what !== "epoch"),
    ({ value }) => value,
  );
  const values = [...apart.keys()];
  const labels = await readLabels(db, workspaceId, by, values);
  const parts = [...apart].map(
    ([value, own]): CutRow => ({
      value,
      label: labels.get(value) ?? value,
      facts: factsFrom(metric, periods, own, epochs),
      answers: answersFrom(periods, own, epochs),
    }),
  );
  return { by, rows: parts.sort(byAnswers) };
}

/** Most answers first, in the last period, then by name; what has no value comes last. */
function byAnswers(one: CutRow, other: CutRow): number {
  return (
    Number(one.value === "") - Number(other.value === "") ||
    (other.answers.at(-1) ?? 0) - (one.answers.at(-1) ?? 0) ||
    (one.label < other.label ? -1 : 1)
  );
}

function wholeRow(facts: readonly Facts[]): CutRow {
  return {
    value: "",
    label: "",
    facts,
    answers: facts.map(({ histogram }) => answersIn(histogram)),
  };
}

const nobody: Asking = {
  ...{ asked: 0, reached: 0, answered: 0, closedReached: 0, closedAnswered: 0, open: 0 },
};

/** A row for each score; nobody is asked for one. */
function rowsOfScores({ metric }: Question, facts: readonly Facts[]): CutRow[] {
  return metric.displayed.map((score) => {
    const step = score - metric.scale.min;
    const own = facts.map((each) => ({
      ...each,
      histogram: each.histogram.map((n, i) => (i === step ? n : 0)),
      asking: nobody,
    }));
    return { ...wholeRow(own), value: String(score), label: metric.stepName(score) };
  });
}

/** Names of people and accounts; everything else is called what it is. */
async function readLabels(
  db: Db,
  workspaceId: number,
  by: Cut,
  values: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (by !== "agent" && by !== "account") return new Map();
  const table = by === "agent" ? "people" : "accounts";
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from ${sql.table(table)} where workspace_id = ${workspaceId}
      and id = any(${values.filter((value) => value !== "")}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
