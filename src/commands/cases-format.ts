/** Times and figures of cases as a reader sees them, rounded once, here. */
import { scoreText } from "../charts/numbers.ts";
import type { Texts } from "../locales/index.ts";
import { SHOWN_FROM } from "../metrics/ladder.ts";
import type { Recovery } from "../metrics/recovered.ts";
import { roundHalfAway } from "../metrics/round.ts";
import type { WaitQuantile, WaitSummary } from "../metrics/waiting.ts";
import type { WorkingHours } from "../scheduling/gates/calendar.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Working time: "35 min", "2.5 h", "3 working days". */
export function workingTimeText(texts: Texts, ms: number, hours: WorkingHours): string {
  const day = minutesOf(hours.to) - minutesOf(hours.from);
  const minutes = ms / MINUTE_MS;
  if (roundHalfAway(minutes, 0) < 60) {
    return texts.text("cases.time.minutes", { n: roundHalfAway(minutes, 0) });
  }
  return minutes < day
    ? texts.text("cases.time.hours", { n: roundHalfAway(ms / HOUR_MS, 1) })
    : texts.text("cases.time.days", { n: roundHalfAway(minutes / day, 1) });
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return 60 * hours + minutes;
}

/** "median 2.5 h · 90 % within 1 working day · n 12, 2 of them without an end so far". */
export function waitText(texts: Texts, waits: WaitSummary, hours: WorkingHours): string {
  const { n, ended, median, p90 } = waits;
  if (median === null || p90 === null) return texts.text("cases.none");
  if (n < SHOWN_FROM) return texts.text("cases.too-few", { n, needed: SHOWN_FROM });
  const words = ({ kind, value }: WaitQuantile) => ({
    bound: kind === "at-least" ? "least" : "exactly",
    time: workingTimeText(texts, value, hours),
  });
  return [
    texts.text("cases.wait.median", words(median)),
    texts.text("cases.wait.p90", words(p90)),
    texts.text("cases.wait.n", { n, waiting: n - ended }),
  ].join(" · ");
}

/** "67% (95 % range 30% to 90%) · 4 of 6". */
export function recoveryText(texts: Texts, { n, recovered, rate, range, shown }: Recovery): string {
  if (rate === null || range === null) return texts.text("cases.none");
  if (!shown) return texts.text("cases.too-few", { n, needed: SHOWN_FROM });
  const percent = (value: number) => scoreText(value, "percent", n, texts.language);
  const [low, high] = range.map(percent);
  const ends = { low: low ?? "", high: high ?? "" };
  return texts.text("cases.recovered.rate", { rate: percent(rate), ...ends, recovered, n });
}
