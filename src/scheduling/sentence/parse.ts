/** A sentence as clauses: of all ways in which patterns fit, the one that leaves the least over. Pure. */
import { type ClauseKind, patterns } from "./clauses/index.ts";
import { parts } from "./clauses/parts.ts";
import { type Bound, fits, maySkip } from "./grammar.ts";
import type { Span } from "./reading.ts";
import { has, type Token } from "./token.ts";

export interface Clause extends Span {
  readonly kind: ClauseKind;
  readonly bound: readonly Bound[];
  /** How many clauses stand before it that begin with "then". */
  readonly tokens: readonly Token[];
}

export interface Parsed {
  readonly clauses: readonly Clause[];
  /** What no clause has and what cannot be passed over. */
  readonly left: readonly Token[];
}

const LEFT_COST = 1000;
const CLAUSE_COST = 10;

interface Way {
  readonly cost: number;
  readonly clause?: Clause;
  readonly next: number;
}

/** The clauses in their order, and what is left. */
export function parse(tokens: readonly Token[]): Parsed {
  const best: Way[] = [];
  best[tokens.length] = { cost: 0, next: tokens.length };
  for (let at = tokens.length - 1; at >= 0; at -= 1) best[at] = bestAt(tokens, at, best);
  const clauses: Clause[] = [];
  const left: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const way = best[at];
    const token = tokens[at];
    if (way === undefined || token === undefined) break;
    if (way.clause !== undefined) clauses.push(way.clause);
    else if (!mayBePassedOver(tokens, at)) left.push(token);
    at = way.next;
  }
  return { clauses, left };
}

function mayBePassedOver(tokens: readonly Token[], at: number): boolean {
  return maySkip(tokens, at) || has(tokens[at], "SEP");
}

function bestAt(tokens: readonly Token[], at: number, best: readonly Way[]): Way {
  const token = tokens[at];
  const rest = (next: number) => best[next]?.cost ?? 0;
  let found: Way = { cost: rest(at + 1), next: at + 1 };
  if (token !== undefined && !mayBePassedOver(tokens, at)) {
    found = { cost: rest(at + 1) + LEFT_COST, next: at + 1 };
  }
  for (const clause of clausesAt(tokens, at)) {
    const cost = CLAUSE_COST + rest(clause.next);
    if (cost < found.cost) found = { cost, clause: clause.clause, next: clause.next };
  }
  return found;
}

function clausesAt(tokens: readonly Token[], at: number): { clause: Clause; next: number }[] {
  return patterns.flatMap(({ kind, pattern }) =>
    fits(tokens, at, pattern, parts).map(({ end, bound, taken }) => {
      const span = { start: tokens[at]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 };
      return { clause: { ...span, kind, bound, tokens: taken }, next: end };
    }),
  );
}
