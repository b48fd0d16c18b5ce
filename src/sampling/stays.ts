/** Since when customers of the sample are customers, and which of them left again. Pure. */

const DAY_MS = 24 * 60 * 60 * 1000;

/** From when on, and until when, somebody is a customer. */
export interface SampleStay {
  readonly joinedAt: Date | null;
  readonly leftAt: Date | null;
  /** By which rule they are lost. */
  readonly leftRule: string | null;
}

/** The weeks that are filled. */
export interface SampleSpan {
  readonly from: Date;
  readonly until: Date;
}

export const always: SampleStay = { joinedAt: null, leftAt: null, leftRule: null };

const rules = ["cancelled", "contract ended", "unpaid"] as const;

/**
 * As many as are wanted, spread over the list: most were there long before, `joining` of them came
 * and `leaving` of them went within the weeks, at even distances.
 */
export function staysOf(
  count: number,
  {
    from,
    until,
    joining,
    leaving,
  }: SampleSpan & { readonly joining: number; readonly leaving: number },
): SampleStay[] {
  const spanMs = until.getTime() - from.getTime();
  const within = (share: number) => new Date(from.getTime() + share * spanMs);
  return Array.from({ length: count }, (_, i): SampleStay => {
    const joined = nthOf(i, count, joining);
    if (joined !== undefined) return { ...always, joinedAt: within((joined + 0.3) / joining) };
    const joinedAt = new Date(from.getTime() - (20 + ((i * 37) % 700)) * DAY_MS);
    const left = nthOf(i + 1, count, leaving);
    const leftAt = left === undefined ? null : within((left + 0.8) / leaving);
    if (left === undefined || leftAt === null) return { ...always, joinedAt };
    return { joinedAt, leftAt, leftRule: rules[left % rules.length] ?? null };
  });
}

/** The how-manieth of `wanted` at even distances `i` is, from 0; undefined when it is none. */
function nthOf(i: number, count: number, wanted: number): number | undefined {
  const step = Math.floor(count / wanted);
  const n = Math.floor(i / step);
  return i % step === step - 1 && n < wanted ? n : undefined;
}

/** True while somebody is a customer. */
export function isStaying({ joinedAt, leftAt }: SampleStay, at: number): boolean {
  return (joinedAt?.getTime() ?? at) <= at && (leftAt === null || leftAt.getTime() > at);
}
