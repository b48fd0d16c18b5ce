/** The line about cases beside a summary: scores say how many were unhappy, this says who is at it. */
import type { Texts } from "../../locales/index.ts";
import type { Filter } from "../../metrics/filter.ts";
import { isShown } from "../../metrics/ladder.ts";
import type { Period } from "../../metrics/period.ts";
import { readCasesNow, readChecks } from "../../store/case-figures.ts";
import type { Db } from "../../store/schema.ts";

/** What there is now, and who recovered in the period. */
export interface CasesBeside {
  readonly open: number;
  readonly overdue: number;
  readonly checked: number;
  readonly recovered: number;
}

/** Reads what {@link casesLine} says. */
export async function readCasesBeside(
  db: Db,
  about: {
    readonly workspaceId: number;
    readonly filter: Filter;
    readonly period: Period;
    readonly now: Date;
  },
): Promise<CasesBeside> {
  const [now, checks] = await Promise.all([
    readCasesNow(db, { ...about, mine: [] }),
    readChecks(db, about),
  ]);
  return { open: now.open, overdue: now.overdue, ...checks };
}

/** "Cases: 3 open, 1 overdue · recovered 4 of 6 asked again"; nothing where there is nothing. */
export function casesLine(
  texts: Texts,
  { open, overdue, checked, recovered }: CasesBeside,
): string | undefined {
  const checks = isShown(checked);
  if (open === 0 && !checks) return undefined;
  return [
    texts.text("cases.line", { open, overdue }),
    ...(checks ? [texts.text("cases.line.recovered", { recovered, n: checked })] : []),
  ].join(" · ");
}
