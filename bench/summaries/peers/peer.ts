/** What a design of somebody else's is: its tables, how they are filled and asked. */
import type pg from "pg";
import type { Asked } from "../periods.ts";
import type { Design, Span } from "../timing.ts";

/** What its queries are asked with. */
export interface PeerContext {
  readonly client: pg.ClientBase;
  readonly periods: Readonly<Record<Span, Asked>>;
}

export interface Peer {
  readonly name: string;
  readonly tables: readonly string[];
  /** Makes and fills the tables from `made`, indexes last, statistics included. */
  build(client: pg.ClientBase): Promise<void>;
  designs(context: PeerContext): readonly Design[];
  /**
   * How one of its answers is written, as SQL over the columns of `to_take` (taking/rows.ts). Absent
   * where that says nothing.
   */
  readonly insert?: string;
}

/** A run for each period. */
export function eachSpan(
  periods: PeerContext["periods"],
  read: (asked: Asked) => Promise<string>,
): Record<Span, () => Promise<string>> {
  return {
    week: () => read(periods.week),
    "90 days": () => read(periods["90 days"]),
    all: () => read(periods.all),
  };
}

/** What designs with the same count: compared with one another. */
export const counted = {
  csat: "CSAT, every answer",
  nps: "NPS, one answer a person",
  npsEvery: "NPS, every answer",
  cut: "CSAT by team",
  cx: "six metrics, this and the previous period",
  pooled: "all answers of the workspace",
} as const;
