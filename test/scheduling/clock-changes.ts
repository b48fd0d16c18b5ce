/** Where clocks change, and what an alarm clock does there: computed by other means than ours. */
import { Temporal } from "temporal-polyfill";

export interface Change {
  readonly zone: string;
  /** The first instant after it. */
  readonly at: Temporal.Instant;
  /** What clocks show just before it, without it. */
  readonly from: Temporal.PlainDateTime;
  readonly to: Temporal.PlainDateTime;
}

const BEGIN = Temporal.Instant.from("2025-01-01T00:00Z");
const END = Temporal.Instant.from("2029-01-01T00:00Z");

/** All changes of a zone's clocks from 2025 to 2028. */
function changesOf(zone: string): Change[] {
  const changes: Change[] = [];
  let next = BEGIN.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  while (next !== null && Temporal.Instant.compare(next.toInstant(), END) < 0) {
    const before = next.subtract({ nanoseconds: 1 });
    const at = next.toInstant();
    const from = before.toPlainDateTime().add({ nanoseconds: 1 });
    changes.push({ zone, at, from, to: next.toPlainDateTime() });
    next = next.getTimeZoneTransition("next");
  }
  return changes;
}

/** One zone for each distinct way in which clocks change, of all zones there are. */
export function distinctChanges(): Change[][] {
  const patterns = new Map<string, Change[]>();
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const changes = changesOf(zone);
    const pattern = changes.map(({ from, to }) => `${from}>${to}`).join(" ");
    if (changes.length > 0 && !patterns.has(pattern)) patterns.set(pattern, changes);
  }
  return [...patterns.values()];
}

/**
 * When an alarm set to `time` rings on a date: a time that is left out rings when the gap is over, one
 * that comes twice the first time.
 */
export function ringsAt(
  date: Temporal.PlainDate,
  time: Temporal.PlainTime,
  zone: string,
): Temporal.Instant {
  const wanted = date.toPlainDateTime(time);
  const found = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (found.toPlainDateTime().equals(wanted)) return found.toInstant();
  const over = found.getTimeZoneTransition("next");
  if (over === null) throw new RangeError(`no gap at ${wanted} in ${zone}`);
  return over.toInstant();
}
