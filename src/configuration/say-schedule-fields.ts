/** A schedule field by field, in plain words. Pure. */
import type { Texts } from "../locales/index.ts";
import type { ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import type { SaidRow } from "./say-change.ts";

export function sayScheduleFields(
  _texts: Texts,
  _before: ScheduleDefinition | undefined,
  _after: ScheduleDefinition,
): SaidRow[] {
  return [];
}
