/**
 * Which rows of people are one human, and what holds for all of them. Everything follows from the
 * links alone, so that the order in which they were found does not matter, and taking one back
 * leaves what was there before. Pure.
 */
import type { Consent } from "../store/schema.ts";

/** What a row of people says about its human. Times are epoch milliseconds. */
export interface Standing {
  readonly id: string;
  readonly consent: Consent;
  /** Null unless paused. */
  readonly pausedUntil: number | null;
  readonly accountId: string | null;
  readonly accountRole: "buyer" | "user" | null;
}

/** A standing with the row that stands for its human; null: this one does. */
export interface Settled extends Standing {
  readonly humanId: string | null;
}

/** Two rows that were found to be one human. */
export interface Link {
  readonly id: string;
  readonly at: number;
  readonly kept: string;
  readonly absorbed: string;
  /** Every row of both as it was by itself: {@link asBefore}. */
  readonly earlier: readonly Standing[];
}

const strictness: Record<Consent, number> = { open: 0, paused: 1, never: 2 };

/** The stricter of two wishes; of two pauses the longer one. */
function stricter(a: Standing, b: Standing): Standing {
  const more = strictness[b.consent] - strictness[a.consent];
  if (more !== 0) return more > 0 ? b : a;
  return (b.pausedUntil ?? 0) > (a.pausedUntil ?? 0) ? b : a;
}

/**
 * What holds for rows that are one human: the first one made stands for all, the strictest wish
 * holds, and where all who have an account have the same, the others are of it too.
 */
export function settle(rows: readonly Standing[]): Settled[] {
  const [first, ...others] = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (first === undefined) return [];
  const { consent, pausedUntil } = others.reduce(stricter, first);
  const account = onlyOne(rows.map(({ accountId }) => accountId));
  const role = onlyOne(rows.map(({ accountRole }) => accountRole));
  return [first, ...others].map((row) => ({
    id: row.id,
    humanId: row.id === first.id ? null : first.id,
    consent,
    pausedUntil,
    accountId: row.accountId ?? account,
    accountRole: row.accountRole ?? (row.accountId === null && account !== null ? role : null),
  }));
}

function onlyOne<T>(values: readonly (T | null)[]): T | null {
  const [value, ...more] = new Set(values.filter((each) => each !== null));
  return value === undefined || more.length > 0 ? null : value;
}

/**
 * What holds when a link is taken back: the rows fall into the humans that the links left over make,
 * each as it was before it was linked, unless it was said anew since (`lastWishAt`).
 */
export function settleWithout(
  rows: readonly Standing[],
  links: readonly Link[],
  undone: string,
  lastWishAt: number | null,
): Settled[] {
  const before = asBefore(rows, links, lastWishAt);
  const left = links.filter(({ id }) => id !== undone);
  return humansOf(before, left).flatMap(settle);
}

/** Rows without what their links brought them; what was said since (`lastWishAt`) is their own. */
export function asBefore(
  rows: readonly Standing[],
  links: readonly Link[],
  lastWishAt: number | null,
): Standing[] {
  const oldest = [...links].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return rows.map((row) => {
    const found = oldest.flatMap(({ at, earlier }) =>
      earlier.filter(({ id }) => id === row.id).map((was) => ({ at, was, earlier })),
    );
    const { consent, pausedUntil } =
      found.find(({ at }) => lastWishAt === null || at > lastWishAt)?.was ?? row;
    // An account of one's own may have changed since; one that others brought goes back.
    const first = found[0]?.was;
    const borrowed =
      first?.accountId === null &&
      found.some(({ earlier }) => earlier.some(({ accountId }) => accountId !== null));
    const { accountId, accountRole } = borrowed ? first : row;
    return { id: row.id, consent, pausedUntil, accountId, accountRole };
  });
}

function humansOf(rows: readonly Standing[], links: readonly Link[]): Standing[][] {
  let humans = rows.map((row) => [row]);
  for (const { kept, absorbed } of links) {
    const both = humans.filter((human) => human.some(({ id }) => id === kept || id === absorbed));
    humans = [...humans.filter((human) => !both.includes(human)), both.flat()];
  }
  return humans.filter((human) => human.length > 0);
}
