/** What the parts of the statement of quick-facts.ts are made with. */
import type { RawBuilder } from "kysely";
import type { CountsOf } from "./counted-scores.ts";
import type { Place } from "./made-once.ts";
import type { QuickGiven } from "./quick-given.ts";

/** What may be there; a text that does without the rest of it is planned and begun sooner. */
export interface QuickParts {
  /** A metric that takes one answer a person. */
  readonly latest: boolean;
  /** Whom was asked on counted days. */
  readonly askedCounted: boolean;
  /** People who try things out. */
  readonly tests: boolean;
  /** Humans of whom there are several rows. */
  readonly merged: boolean;
  /** Remains of answers whose person was forgotten. */
  readonly left: boolean;
  /** What is told apart by the values of a cut; "": nothing. */
  readonly cut: CountsOf["cut"];
  /** True: what is not of the given values is left out, and the others are one. */
  readonly some: boolean;
}

/** The places of one text that everything in it shares. */
export interface QuickShape {
  readonly has: QuickParts;
  readonly place: Place<QuickGiven>;
  readonly workspace: RawBuilder<never>;
  readonly apart: RawBuilder<never>;
}
