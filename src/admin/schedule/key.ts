/** Schedules in tokens: their names are too long for them. Pure. */
import type { Schedule } from "../../scheduling/definition/schedule.ts";

/** So many of the last digits of an id: all of them chance. */
const LENGTH = 14;

export function keyOf({ id }: Pick<Schedule, "id">): string {
  return id.replaceAll("-", "").slice(-LENGTH);
}

export function withKey(schedules: readonly Schedule[], value = ""): Schedule | undefined {
  return schedules.find((each) => keyOf(each) === value.slice(0, LENGTH));
}

/** What stands behind the key: the number of a page or a version. */
export function numberIn(value = ""): number | undefined {
  const [, digits] = /-(\d{1,5})$/u.exec(value) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
