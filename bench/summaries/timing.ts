/** Things that do the same, done in turns: what disturbs one disturbs all. */

/** What periods are called in the tables. */
export const spans = ["week", "90 days", "all"] as const;
export type Span = (typeof spans)[number];

/** One way to get figures. */
export interface Design {
  readonly name: string;
  /**
   * What it counts: designs with the same must come to the same figures. Null: it counts nothing.
   */
  readonly counts: string | null;
  /** Reads the figures of a period; spans that it has no period for are absent. */
  readonly runs: Readonly<Partial<Record<Span, () => Promise<string>>>>;
}

/** Milliseconds of each repetition, in the order measured, and the figures of the last. */
export interface Measured {
  readonly design: string;
  readonly counts: string | null;
  readonly span: Span;
  readonly times: readonly number[];
  readonly figures: string;
}

interface Turn extends Measured {
  readonly run: () => Promise<string>;
  readonly times: number[];
  figures: string;
  warm: boolean;
}

/**
 * Each design and period once a round. The first time only warms up, unless it takes the whole time
 * limit by itself.
 */
export async function inTurns(
  designs: readonly Design[],
  limits: { readonly rounds: number; readonly limitSeconds: number },
): Promise<Measured[]> {
  const turns = designs.flatMap(({ name, counts, runs }) =>
    spans.flatMap((span): Turn[] => {
      const run = runs[span];
      return run ? [{ design: name, counts, span, run, times: [], figures: "", warm: false }] : [];
    }),
  );
  const limit = limits.limitSeconds * 1000;
  const spent = (turn: Turn) => turn.times.reduce((sum, time) => sum + time, 0);
  for (let round = 0; round <= limits.rounds; round += 1) {
    for (const turn of turns) {
      if (spent(turn) >= limit) continue;
      const began = performance.now();
      turn.figures = await turn.run();
      const took = performance.now() - began;
      if (turn.warm || took >= limit) turn.times.push(took);
      turn.warm = true;
    }
  }
  return turns.map(({ design, counts, span, times, figures }) => ({
    ...{ design, counts, span, times, figures },
  }));
}

/** The value below which a share of them lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Where designs that count the same came to different figures. */
export function disagreements(measured: readonly Measured[]): string[] {
  const groups = Map.groupBy(
    measured.filter(({ counts }) => counts !== null),
    ({ counts, span }) => `${counts}, ${span}`,
  );
  return [...groups].flatMap(([what, group]) =>
    new Set(group.map(({ figures }) => figures)).size > 1
      ? [`${what}: ${group.map(({ design, figures }) => `${design} ${figures}`).join(" | ")}`]
      : [],
  );
}
