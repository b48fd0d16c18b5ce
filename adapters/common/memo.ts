/** Values read from a platform and kept for a while: bounded, each asked for once at a time. */

export interface MemoOptions<T> {
  readonly load: (key: string) => Promise<T>;
  /** How long a value may be used, in milliseconds. */
  readonly ttl: (value: T) => number;
  /** After so many milliseconds nothing of a value is left, not even as `last`; not set: it may stay. */
  readonly hold?: number;
  readonly max: number;
  readonly now: () => number;
}

export interface Memo<T> {
  /** The value, at most as old as it may be. @throws what `load` throws. */
  read(key: string): Promise<T>;
  /** The value if it was read and may still be used. */
  fresh(key: string): T | undefined;
  /** What was read last, however old. */
  last(key: string): T | undefined;
  /** It has changed: also an answer that is under way is not kept. */
  forget(key: string): void;
}

export function createMemo<T>({
  load,
  ttl,
  hold = Number.POSITIVE_INFINITY,
  max,
  now,
}: MemoOptions<T>): Memo<T> {
  const kept = new Map<string, { readonly value: T; readonly at: number }>();
  const flights = new Map<string, Promise<T>>();

  const fly = (key: string): Promise<T> => {
    const at = now();
    const flight: Promise<T> = load(key)
      .then((value) => {
        if (flights.get(key) === flight) keep(key, value, at);
        return value;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    flights.set(key, flight);
    return flight;
  };
  const keep = (key: string, value: T, at: number) => {
    kept.delete(key);
    kept.set(key, { value, at });
    for (const [other, { at: then }] of kept) {
      if (kept.size <= max && now() - then < hold) break; // the oldest stand first
      kept.delete(other);
    }
  };
  const held = (key: string) => {
    const known = kept.get(key);
    return known !== undefined && now() - known.at < hold ? known : undefined;
  };
  const fresh = (key: string) => {
    const known = held(key);
    return known !== undefined && now() - known.at < ttl(known.value) ? known : undefined;
  };
  return {
    async read(key) {
      const known = fresh(key);
      return known === undefined ? (flights.get(key) ?? fly(key)) : known.value;
    },
    fresh: (key) => fresh(key)?.value,
    last: (key) => held(key)?.value,
    forget(key) {
      kept.delete(key);
      flights.delete(key);
    },
  };
}
