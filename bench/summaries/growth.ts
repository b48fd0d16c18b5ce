/** How figures take longer as answers become more. */
import { type Section, times, whole } from "./report.ts";
import { type Group, medianOf } from "./summaries.ts";
import { spans } from "./timing.ts";

/** What was measured of one size. */
export interface Grown {
  readonly answers: number;
  readonly groups: readonly Group[];
}

/** p50 of the largest size over p50 of the smallest, of each design that has both. */
export function growthSection(sizes: readonly Grown[]): Section {
  const [smallest, largest] = [sizes.at(0), sizes.at(-1)];
  const rows = (smallest?.groups ?? []).flatMap(({ measured, peer }, i) => {
    const later = largest?.groups[i]?.measured ?? [];
    const names = [...new Set(measured.map(({ design }) => design))];
    return names
      .filter((name) => peer === undefined || !/^(select|aftertalk)/.test(name))
      .map((name) => [
        name,
        ...spans.map((span) => {
          const ratio = medianOf(later, name, span) / medianOf(measured, name, span);
          return Number.isNaN(ratio) ? "" : times(ratio);
        }),
      ]);
  });
  return {
    title: `Growth from ${whole(smallest?.answers ?? 0)} to ${whole(largest?.answers ?? 0)} answers`,
    header: ["", ...spans],
    rows,
    notes: ["p50 of the one over p50 of the other"],
  };
}
