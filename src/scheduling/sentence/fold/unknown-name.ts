/** "Plan gold", where there is no such plan. */
import { nearest } from "../../../commands/nearest.ts";
import type { ClauseKind } from "../clauses/index.ts";
import type { Clause } from "../parse.ts";
import type { Asker } from "./draft.ts";
import { tokensOf } from "./scores.ts";

const sorts = {
  unknownPlan: ["plans", "plan"],
  unknownTeam: ["teams", "team"],
  unknownTag: ["tags", "tag"],
  unknownAccount: ["accounts", "account"],
  unknownChannel: ["channels", "channel"],
} as const;

const MOST_OFFERED = 5;

export function isUnknownName(kind: ClauseKind): boolean {
  return kind in sorts;
}

/** Offers the nearest one, else some that there are. */
export function askUnknownName(asker: Asker, clause: Clause): void {
  const sort = Object.entries(sorts).find(([kind]) => kind === clause.kind)?.[1];
  const [token] = tokensOf(clause.bound, "UNKNOWN");
  if (sort === undefined || token === undefined) return;
  const [list, what] = sort;
  const known = asker.known[list];
  const near = nearest(asker.text.slice(token.start, token.end), known);
  const offered = near === undefined ? known.slice(0, MOST_OFFERED) : [near];
  asker.ask("name-unknown", token, {
    params: { sort: what, near: near ?? "" },
    choices: offered.map((name) => ({ at: clause, words: asker.say(what, { name }) })),
  });
}
