/** Which units let more chats past the question than chance explains, and which may be shown. Pure. */
import { outsideFunnel, type Part, type Side } from "./funnel.ts";
import { hideComplement } from "./ladder.ts";

/** What of a unit's chats is held against the others'. */
export interface Watched {
  readonly closed: number;
  readonly eligible: number;
  readonly asked: number;
  readonly byHand: number;
  readonly waiting: number;
  readonly spam: number;
  readonly inactive: number;
  readonly tooShort: number;
  readonly noHumanReply: number;
  readonly reopened: number;
  readonly leftOpen: number;
}

interface Watch {
  readonly of: (unit: Watched) => Part;
  /** On this side fewer people are asked, or others than chance would choose. */
  readonly side: Side;
}

/** What is watched, in the order in which it is told. */
const watches = {
  coverage: {
    side: "low",
    // What may still be asked is no miss yet.
    of: ({ asked, eligible, waiting }) => ({ hits: asked, n: eligible - waiting }),
  },
  spam: { side: "high", of: ({ spam, closed }) => ({ hits: spam, n: closed }) },
  inactive: { side: "high", of: ({ inactive, closed }) => ({ hits: inactive, n: closed }) },
  "too-short": { side: "high", of: ({ tooShort, closed }) => ({ hits: tooShort, n: closed }) },
  "no-human-reply": {
    side: "high",
    of: ({ noHumanReply, closed }) => ({ hits: noHumanReply, n: closed }),
  },
  reopened: { side: "high", of: ({ reopened, closed }) => ({ hits: reopened, n: closed }) },
  "left-open": {
    side: "high",
    of: ({ leftOpen, closed }) => ({ hits: leftOpen, n: closed + leftOpen }),
  },
  "by-hand": { side: "high", of: ({ byHand, asked }) => ({ hits: byHand, n: asked }) },
} as const satisfies Record<string, Watch>;

export type WatchName = keyof typeof watches;
const watchNames = Object.keys(watches) as WatchName[];

/** A unit with what is out of the ordinary about it. */
export interface WatchedUnit<T> {
  readonly unit: T;
  /** Too few chats to be shown, or those of others would follow from them. */
  readonly hidden: boolean;
  /** What chance does not explain; nothing of a hidden one. */
  readonly flags: readonly WatchName[];
}

/**
 * Holds each unit against all the others. `total`: closed chats of all, where units overlap or lack
 * some. A unit that is `nobody` (chats in which no agent wrote) is neither held against the others,
 * nor they against it: by its nature it is unlike them, and nobody could be asked about it.
 */
export function watchUnits<T extends Watched>(
  units: readonly T[],
  total?: number,
  isNobody: (unit: T) => boolean = () => false,
): WatchedUnit<T>[] {
  const hidden = hideComplement(
    units.map(({ closed, leftOpen }) => closed + leftOpen),
    total,
  );
  const watched = units.filter((unit) => !isNobody(unit));
  const out = watchNames.map((name) => {
    const { of, side } = watches[name];
    const sides = outsideFunnel(watched.map(of));
    return { name, units: new Set(watched.filter((_, i) => sides[i] === side)) };
  });
  return units.map((unit, i) => ({
    unit,
    hidden: hidden[i] === true,
    flags: hidden[i] === true ? [] : out.flatMap((each) => (each.units.has(unit) ? each.name : [])),
  }));
}
