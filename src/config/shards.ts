/** Which shares of a platform's events a process takes: `0-1/4` is the first two of four. */

export interface Shards {
  /** From 0 on, each once, ascending. */
  readonly ids: readonly number[];
  readonly total: number;
}

/** `0-1/4` or `0,2/4`, of at most 9999; undefined for anything else. */
export function parseShards(written: string): Shards | undefined {
  const [, list = "", of = ""] = /^([\d\s,-]+)\/\s*(\d{1,4})$/.exec(written.trim()) ?? [];
  const total = Number(of);
  const ranges = list.split(",").map((part) => /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim()));
  const ids = new Set<number>();
  for (const range of ranges) {
    if (range === null) return undefined;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (last < first || last >= total) return undefined;
    for (let id = first; id <= last; id += 1) ids.add(id);
  }
  return { ids: [...ids].sort((a, b) => a - b), total };
}
