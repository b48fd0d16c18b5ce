/** A schedule in a line: what it asks when, and the next time where there is one. Pure. */
import type { Texts } from "../../locales/index.ts";
import { describeSchedule } from "../../scheduling/definition/describe.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { sayMoment } from "./zones.ts";

export function sayShortly(
  texts: Texts,
  { definition, nextAt }: Pick<Schedule, "definition" | "nextAt">,
  timeZone: string,
): string {
  const line = firstOf(describeSchedule(texts, definition));
  if (nextAt === null) return line;
  const when = sayMoment(nextAt, texts.language, timeZone);
  return texts.text("schedule.list.next", { line, when });
}

/** The first line says it, or begins a row of steps of which the first is told. */
function firstOf([line = "", step = "", next = ""]: readonly string[]): string {
  if (!/[:：]$/u.test(line)) return line;
  return `${line} ${step}${/^2\./u.test(next) ? " …" : ""}`;
}
