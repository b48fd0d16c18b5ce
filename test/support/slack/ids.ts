/** Ids as Slack writes them: a letter for what it is, then capitals and digits. */
export interface Ids {
  /** `next("C")` → "C0000000001" and so on: each prefix counts by itself. */
  next(prefix: string): string;
}

export function createIds(): Ids {
  const counts = new Map<string, number>();
  return {
    next(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      return `${prefix}0${count.toString(36).toUpperCase().padStart(8, "0")}`;
    },
  };
}
