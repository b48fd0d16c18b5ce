/** Options that a human chose, in the words of the survey as it was asked. */
import { type ChosenWords, chosenWords, readDefinition } from "../surveys/survey.ts";
import type { Db } from "./schema.ts";

/** One option; its answer is the one to this question at this time. */
export interface OwnChoice extends ChosenWords {
  readonly question: string;
  readonly answeredAt: Date;
}

/** Every option that these people, who are one human, chose. */
export async function readOwnChoices(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<OwnChoice[]> {
  const rows = await db
    .selectFrom("answers as a")
    .innerJoin("survey_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "a.workspace_id")
        .onRef("v.survey_id", "=", "a.survey_id")
        .onRef("v.version", "=", "a.survey_version"),
    )
    .select(["a.question", "a.choice", "a.answered_at as answeredAt", "v.definition"])
    .where("a.workspace_id", "=", workspaceId)
    .where("a.person_id", "in", [...people])
    .where("a.choice", "is not", null)
    .execute();
  return rows.flatMap(({ question, choice, answeredAt, definition: kept }) => {
    const definition = readDefinition(kept);
    const words = definition && chosenWords(definition, question, choice);
    return words === undefined ? [] : [{ question, answeredAt, ...words }];
  });
}
