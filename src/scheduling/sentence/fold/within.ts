/** Limits: clauses become what a schedule keeps to. */
import type { ClauseKind } from "../clauses/index.ts";
import type { Clause } from "../parse.ts";
import type { Asker, Limits } from "./draft.ts";
import { lengthOf } from "./lengths.ts";
import { tokensOf } from "./scores.ts";

type Fold = (asker: Asker, clause: Clause) => Partial<Limits> | undefined;

const timed =
  (field: "remindAfter" | "expireAfter" | "waitAtMost" | "rest" | "every"): Fold =>
  (asker, { bound }) => {
    const [length] = tokensOf(bound, "DUR", "EVERY");
    const time = length === undefined ? undefined : lengthOf(asker, length);
    return time === undefined ? undefined : { [field]: time };
  };

const notExpressible: Fold = (asker, clause) => {
  asker.ask("not-expressible", clause);
  return undefined;
};

/** A share of the people from its percentage, as it is read: 10 is 0.1. */
const percent = (n: number) => Number((n / 100).toPrecision(12));

/** The folds of clauses that say limits. */
export const withinFolds: Partial<Record<ClauseKind, Fold>> = {
  atMostOnce: timed("every"),
  perDay(asker, clause) {
    const [number] = tokensOf(clause.bound, "NUM");
    const [unit] = tokensOf(clause.bound, "UNIT");
    const n = number?.n ?? 0;
    if (unit === undefined || unit.unit === "d") {
      if (Number.isInteger(n) && n > 0 && n <= 1_000_000) return { perDay: n };
      asker.ask(n === 0 ? "length-none" : "not-expressible", clause);
      return undefined;
    }
    return notExpressible(asker, clause);
  },
  perOther: notExpressible,
  maxAlone(asker, clause) {
    const n = tokensOf(clause.bound, "NUM")[0]?.n ?? 0;
    asker.ask("not-clear", clause, {
      choices: [{ at: clause, words: asker.say("perDay", { n }) }],
    });
    return undefined;
  },
  sample(asker, clause) {
    const n = tokensOf(clause.bound, "NUM")[0]?.n ?? 0;
    if (n > 0 && n <= 100) return { sample: percent(n) };
    asker.ask(n === 0 ? "length-none" : "not-expressible", clause);
    return undefined;
  },
  share: (_, { bound }) => ({ sample: tokensOf(bound, "SHARE")[0]?.n ?? 1 }),
  noReminder: () => ({ remindAfter: null }),
  remind: timed("remindAfter"),
  expire: timed("expireAfter"),
  wait: timed("waitAtMost"),
  rest: timed("rest"),
  anyHour: () => ({ anyHour: true }),
};
