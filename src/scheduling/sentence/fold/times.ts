/** The time of the day: when a fixed time fires, or in which hours of their own people are asked. */
import { type Asker, askWhichHolds, type Draft, type SaidTime } from "./draft.ts";

const HOUR = 60;

/** "09:00". */
function written(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / HOUR))}:${two(minutes % HOUR)}`;
}

/** "9:00" as people type it. */
const typed = (minutes: number) => written(minutes).replace(/^0/, "");

export interface CronTime {
  readonly minutes: number;
  readonly zone: string | undefined;
}

/** When a schedule of fixed days fires; undefined when it was asked about. */
export function cronTimeOf(asker: Asker, { times }: Draft): CronTime | undefined {
  const points = times.filter(({ to }) => to === undefined);
  const [one, other] = points;
  if (one === undefined) {
    const choices = [9, 10, 14].map((hour) => ({
      words: asker.say("at", { time: typed(hour * HOUR) }),
    }));
    asker.ask("time-missing", asker.end, { choices });
    return undefined;
  }
  if (other !== undefined) {
    askOneOf(asker, points);
    return undefined;
  }
  const minutes = oneOf(asker, one);
  if (minutes === undefined) return undefined;
  if (one.whose !== "local") return { minutes, zone: one.zone };
  const choices = [
    { at: one.clause, words: asker.say("at", { time: typed(minutes) }) },
    {
      at: one.clause,
      words: `${asker.say("at", { time: "0:00" })}, ${asker.say("hours", { from: typed(minutes), to: typed(minutes + HOUR) })}`,
    },
  ];
  asker.ask("time-local-day", one.clause, { choices });
  return undefined;
}

/** Hours of their own; undefined when there are none, or that was asked about. `points`: times too. */
export function ownHours(asker: Asker, { times }: Draft, points: boolean) {
  const said = times.filter(({ to }) => points || to !== undefined);
  const [one, other] = said;
  if (one === undefined) return undefined;
  if (other !== undefined) {
    askOneOf(asker, said);
    return undefined;
  }
  if (one.whose === "ours" || one.whose === "zone") {
    asker.ask("not-expressible", one.clause);
    return undefined;
  }
  if (one.to !== undefined) return stretchOf(asker, one, one.to);
  const minutes = oneOf(asker, one);
  return minutes === undefined ? undefined : { from: written(minutes) };
}

function askOneOf(asker: Asker, said: readonly SaidTime[]): void {
  const [first, ...others] = said;
  for (const { clause } of others) askWhichHolds(asker, first?.clause ?? asker.end, clause);
}

function oneOf(asker: Asker, { from, clause }: SaidTime): number | undefined {
  const [one, other] = from;
  if (one !== undefined && other === undefined) return one;
  const [token] = clause.tokens.filter(({ tags }) => tags.includes("CLOCK"));
  const isSaid = clause.tokens.some(({ tags }) => tags.includes("AT"));
  const choices = from
    .toSorted((a, b) => a - b)
    .map((minutes) => ({
      at: token ?? clause,
      words: isSaid ? typed(minutes) : asker.say("at", { time: typed(minutes) }),
    }));
  asker.ask("time-two-meanings", clause, { choices });
  return undefined;
}

/** From 9 to 5 is a day's work, for nothing else is later on the same day. */
function stretchOf(asker: Asker, { from, clause }: SaidTime, to: readonly number[]) {
  const ways = stretchesOf(from, to);
  const [one, other] = ways;
  if (one !== undefined && other === undefined)
    return { from: written(one.from), to: written(one.to) };
  // "Between 9 and 12 in the morning" ends at noon, and that is for them to say.
  const half = to.map((end) => (end + 12 * HOUR) % (24 * HOUR));
  const offered = one === undefined ? stretchesOf(from, half) : ways;
  const code = one === undefined ? "not-clear" : "time-two-meanings";
  asker.ask(code, clause, {
    choices: offered.map((way) => ({ at: clause, words: sayStretch(asker, way) })),
  });
  return undefined;
}

/** Numbers that may be hours: nobody said so. */
export function askWhetherHours(asker: Asker, { from, to = [], clause }: SaidTime): void {
  const words = stretchesOf(from, to).map((way) => sayStretch(asker, way));
  asker.ask("not-clear", clause, { choices: words.map((each) => ({ at: clause, words: each })) });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function stretchesOf(from: readonly number[], to: readonly number[]): Stretch[] {
  return from.flatMap((start) =>
    to.filter((end) => end > start && end < 24 * HOUR).map((end) => ({ from: start, to: end })),
  );
}

const sayStretch = (asker: Asker, { from, to }: Stretch) =>
  asker.say("hours", { from: typed(from), to: typed(to) });
