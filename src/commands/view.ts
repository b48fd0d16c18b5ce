/**
 * From the words behind a command to what they ask to see: a period, what it is compared with, a cut
 * and filters, in any order: `last month by team for channel:#help vs same last year`.
 */
import {
  type Cut,
  type Filter,
  type FilterName,
  filterNames,
  type Kept,
} from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import type { Message } from "../platform.ts";
import { readKnownOfTeams } from "../store/names-of-teams.ts";
import type { ReadContext, Reader } from "./command.ts";
import { type Scope, scopeOf, scopeRefusal, teamsIn, withinScope } from "./scope.ts";
import { readFilters, type WrongFilter } from "./view/filter.ts";
import { isSeen, readParts, someTeam, withNearest } from "./view/parts.ts";
import {
  cutRefusal,
  filterKindRefusal,
  nameRefusal,
  type Refusing,
  wordsRefusal,
} from "./view/refusal.ts";

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
  const { db, clock } = context;
  const { workspace, language } = reader;
  const scope = await scopeOf(db, reader);
  const read = await readFilters(db, reader, text);
  const about = { language, now: clock.now(), timeZone: workspace.timeZone, grammar };
  const refused = async (say: (about: Refusing) => Message): Promise<ReadView> => {
    return { ok: false, refusal: say({ ...about, team: await someTeam(db, reader, scope) }) };
  };
  if (!read.ok) {
    // Who may not look at somebody is not told whether there is anybody of that name.
    const asked = { filter: { [read.name]: { values: [], label: "" } } };
    if (!withinScope(scope, asked).ok) return { ok: false, refusal: scopeRefusal(scope, language) };
    const known = await readSeen(context, reader, scope, read);
    return refused((refusing) => nameRefusal(withNearest(read, known), refusing));
  }
  const { filter } = read;
  const foreign = filterNames.find(
    (name) => filter[name] !== undefined && grammar.filters?.includes(name) !== true,
  );
  if (foreign !== undefined) return refused((refusing) => filterKindRefusal(foreign, refusing));
  const parts = readParts(read.rest, grammar, about);
  if (parts.problem === "cut") return refused((refusing) => cutRefusal(parts.cut, refusing));
  if (parts.problem === "words") return refused((refusing) => wordsRefusal(parts.wrong, refusing));
  const { by } = parts;
  const within = withinScope(scope, { filter, by });
  if (!within.ok) return { ok: false, refusal: scopeRefusal(scope, language) };
  const { period, before, versus, flags, search } = parts.words;
  const cut = by === undefined ? {} : { by };
  const view = { period, before, versus, ...cut, filter: within.filter, scope, flags, search };
  return { ok: true, view };
}

/** What there is of a kind of names, as far as somebody may see it. */
async function readSeen(
  { db }: ReadContext,
  { workspace }: Reader,
  scope: Scope,
  { name, known }: WrongFilter,
): Promise<readonly Kept[]> {
  const ofTeams =
    scope.sees === "teams"
      ? await readKnownOfTeams(db, workspace.id, name, { teams: teamsIn(scope) })
      : undefined;
  return ofTeams ?? known.filter((each) => isSeen(scope, name, each));
}
