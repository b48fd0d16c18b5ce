/** The facts of a view, cut into its parts. */
import type { CutFacts } from "../metrics/cut.ts";
import type { Cut } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import type { Db } from "./schema.ts";
import type { Question } from "./scored-questions.ts";
import { readFacts } from "./summaries.ts";

/** The rows of a cut, those with the most answers in the last period first. */
export async function readCutFacts(
  db: Db,
  { by, ...question }: Question & { by: Cut; periods: readonly Period[]; now: Date },
): Promise<CutFacts> {
  const facts = await readFacts(db, question);
  const answers = facts.map(({ histogram }) => histogram.reduce((sum, n) => sum + n, 0));
  return { by, rows: [{ value: "", label: "", facts, answers }] };
}
