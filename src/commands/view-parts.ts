/** The parts of a view as they are typed today: a period and a team. */
import type { Filter } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import { parsePeriod } from "../metrics/period-text.ts";
import type { Message } from "../platform.ts";
import type { ReadContext, Reader } from "./command.ts";
import { filterRefusal, readFilter } from "./filter.ts";
import { periodRefusal } from "./summary-period.ts";
import type { Grammar } from "./view.ts";

type Parts =
  | { readonly ok: true; readonly period: Period; readonly filter: Filter }
  | { readonly ok: false; readonly refusal: Message };

/** Reads them, or says what is wrong. */
export async function loadView(
  { db, clock }: ReadContext,
  { workspace, language }: Reader,
  text: string,
  _grammar: Grammar,
): Promise<Parts> {
  const read = await readFilter(db, workspace.id, text);
  if (!read.ok) return { ok: false, refusal: filterRefusal(read, language) };
  const when = { now: clock.now(), timeZone: workspace.timeZone };
  const parsed = parsePeriod(read.rest, when);
  if (!parsed.ok) return { ok: false, refusal: periodRefusal(parsed, { language, ...when }) };
  return { ok: true, period: parsed.period, filter: read.filter };
}
