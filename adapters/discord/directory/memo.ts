/** Values read from Discord and kept for a while: bounded, each asked for once at a time. */

export interface MemoOptions<T> {
  readonly load: (key: string) => Promise<T>;
  /** How long a value may be used, in milliseconds. */
  readonly ttlMs: number;
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
  forget(key: string): void;
}

export function createMemo<T>({ load, ttlMs, max, now }: MemoOptions<T>): Memo<T> {
  const kept = new Map<string, { readonly value: T; readonly at: number }>();
  const flights = new Map<string, Promise<T>>();

  const fly = async (key: string): Promise<T> => {
    const at = now();
    const value = await load(key);
    kept.delete(key);
    kept.set(key, { value, at });
    const oldest = kept.keys().next();
    if (kept.size > max && !oldest.done) kept.delete(oldest.value);
    return value;
  };
  const fresh = (key: string) => {
    const known = kept.get(key);
    return known !== undefined && now() - known.at < ttlMs ? known : undefined;
  };
  return {
    async read(key) {
      const known = fresh(key);
      if (known !== undefined) return known.value;
      const flight = flights.get(key) ?? fly(key).finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
    fresh: (key) => fresh(key)?.value,
    last: (key) => kept.get(key)?.value,
    forget: (key) => void kept.delete(key),
  };
}
