/**
 * From the words behind a command to what they ask to see: a period, what it is compared with, a cut
 * and filters, in any order: `last month by team for channel:#help vs same last year`.
 */
import type { Cut, Filter, FilterName } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import { previousPeriod } from "../metrics/period-steps.ts";
import type { Message } from "../platform.ts";
import type { ReadContext, Reader } from "./command.ts";
import type { Scope } from "./scope.ts";
import { scopeOf } from "./scope.ts";
import { loadView } from "./view-parts.ts";

/** Which words a command takes besides a period. */
export interface Grammar {
  readonly cuts?: readonly Cut[];
  readonly filters?: readonly FilterName[];
  /** Whether another period can be named to compare with. */
  readonly versus?: boolean;
  /** Single words of the command's own, such as "low" of `/feedback`. */
  readonly flags?: readonly string[];
  /** True: what is none of these is searched for; else it is refused with the nearest word. */
  readonly search?: boolean;
}

/** What is to be seen. */
export interface View {
  readonly period: Period;
  /** What it is compared with; null when there is nothing before it. */
  readonly before: Period | null;
  /** How `before` was asked for: "before" is the period right before. */
  readonly versus: "before" | "same-last-year" | "period";
  readonly by?: Cut;
  /** The reader's scope is in it already. */
  readonly filter: Filter;
  readonly scope: Scope;
  readonly flags: readonly string[];
  /** What is searched for; empty: nothing. */
  readonly search: string;
}

export type ReadView =
  | { readonly ok: true; readonly view: View }
  /** Says what is wrong, the nearest word, and an example. */
  | { readonly ok: false; readonly refusal: Message };

/** Reads the words behind a command. Nothing typed is this week, of everything the reader may see. */
export async function readView(
  context: ReadContext,
  reader: Reader,
  text: string,
  grammar: Grammar,
): Promise<ReadView> {
  const scope = await scopeOf(context.db, reader);
  const read = await loadView(context, reader, text, grammar);
  if (!read.ok) return read;
  const { period, filter } = read;
  const before = previousPeriod(period, context.clock.now());
  const merged = { ...filter, ...scope.filter };
  return {
    ok: true,
    view: { period, before, versus: "before", filter: merged, scope, flags: [], search: "" },
  };
}
