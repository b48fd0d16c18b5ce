/** What is going to happen, in the order of time. */
export interface Agenda {
  add(at: Date, act: Act): void;
  /** Time of the next entry, in epoch milliseconds; Infinity when there is none. */
  nextAt(): number;
  /** Takes all entries up to a time, the earliest first. */
  take(until: number): Act[];
}

/** Something that happens. */
export type Act = () => Promise<void>;

/** An empty agenda: a binary heap, first come first served at the same instant. */
export function createAgenda(): Agenda {
  const heap: { readonly at: number; readonly nth: number; readonly act: Act }[] = [];
  let nth = 0;
  const before = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return false;
    return one.at === other.at ? one.nth < other.nth : one.at < other.at;
  };
  const swap = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = one;
  };
  const pop = () => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      const smaller = before(left + 1, left) ? left + 1 : left;
      if (!before(smaller, i)) return first;
      swap(smaller, i);
      i = smaller;
    }
  };
  return {
    add(at, act) {
      heap.push({ at: at.getTime(), nth: nth++, act });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!before(i, parent)) return;
        swap(i, parent);
        i = parent;
      }
    },
    nextAt: () => heap[0]?.at ?? Number.POSITIVE_INFINITY,
    take(until) {
      const due: Act[] = [];
      while ((heap[0]?.at ?? Number.POSITIVE_INFINITY) <= until) {
        const entry = pop();
        if (entry !== undefined) due.push(entry.act);
      }
      return due;
    },
  };
}
