/** `aftertalk schedules preview NAME`: what a schedule would do in the days ahead. */
import { textsFor } from "../locales/index.ts";
import type { GateCount } from "../scheduling/preview/forecast-tally.ts";
import { type Preview, previewSchedule } from "../scheduling/preview/preview.ts";
import { sayReason, sayTime } from "../scheduling/why/explain.ts";
import { inSnapshot } from "../store/transaction.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withSchedules } from "./with-schedules.ts";

export interface PreviewScheduleOptions {
  readonly days: number;
  /** False: only what is known to come. */
  readonly replay: boolean;
}

export function previewScheduleNamed(
  context: CliContext,
  name: string,
  { days, replay }: PreviewScheduleOptions,
): Promise<number> {
  return withSchedules(context, async ({ db }, workspace) => {
    const now = context.clock.now();
    const preview = await inSnapshot(db, (snapshot) =>
      previewSchedule(snapshot, workspace, { name, days, now, replay }),
    );
    const { out } = context;
    for (const line of describePreview(preview, workspace.timeZone)) out.line(line);
    out.result(preview);
    return exitCodes.ok.code;
  });
}

const texts = textsFor("en");
const BAR = 40;

/** The preview as lines for an operator; times in the time zone. */
export function describePreview(preview: Preview, timeZone: string): string[] {
  const { schedule, on, from, to, asked, questions, humans, waiting, suppressed } = preview;
  const time = (at: Date) => sayTime(at, { timeZone });
  const deferred = preview.deferred === 0 ? "" : `; ${preview.deferred} deferred at least once`;
  return [
    `${schedule}, ${time(from)} to ${time(to)} (${timeZone})`,
    ...(on ? [] : ["It is not on: this is what it would do if it was switched on now."]),
    `${count(questions, "question")} for ${count(humans, "person", "people")}: ${asked} asked, ${suppressed} not asked, ${waiting} still waiting at the end${deferred}.`,
    audienceLine(preview),
    ...basis(preview, time),
    ...gateLines(preview.gates),
    ...(questions === 0 ? [] : chart(preview)),
    ...examples(preview, timeZone, time),
    ...clashes(preview),
  ];
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function audienceLine({ audience: { reachable, unreachable } }: Preview): string {
  const lost =
    unreachable === 0 ? "" : `; ${unreachable} more fit it and cannot be reached anywhere`;
  return `Its audience has ${count(reachable, "person", "people")} who can be reached${lost}.`;
}

/** What it is built on, so that nobody takes it for a promise. */
function basis({ byOrigin, replayed }: Preview, time: (at: Date) => string): string[] {
  const { planned, known } = byOrigin;
  const nobody = "Nobody is assumed to answer, decline or be quiet.";
  if (replayed === null) return [`${planned} wait already, ${known} are known to come. ${nobody}`];
  const [since, until] = [time(replayed.from), time(replayed.to)];
  return [
    `${planned} wait already, ${known} are known to come, ${byOrigin.replayed} are as in the weeks before (${since} to ${until}). ${nobody}`,
  ];
}

function gateLines(gates: readonly GateCount[]): string[] {
  if (gates.length === 0) return [];
  return [
    "",
    "Held back:",
    ...gates.map(({ gate, reason, deferred, suppressed }) => {
      const how = [
        ...(deferred > 0 ? [`${deferred} deferred`] : []),
        ...(suppressed > 0 ? [`${suppressed} not asked`] : []),
      ];
      return `  ${how.join(", ")}: ${sayReason(texts, reason, "their time zone")} (gate ${gate})`;
    }),
  ];
}

/** A bar a day for who is asked, as long as the busiest day allows. */
function chart({ days }: Preview): string[] {
  const most = Math.max(1, ...days.map(({ asked }) => asked));
  const width = String(most).length;
  return [
    "",
    "Day by day:",
    ...days.map(({ day, asked, deferred, suppressed }) => {
      const bar = "█".repeat(Math.ceil((asked / most) * BAR));
      const rest = [
        ...(deferred > 0 ? [`${deferred} deferred`] : []),
        ...(suppressed > 0 ? [`${suppressed} not asked`] : []),
      ];
      const line = `  ${day} ${weekday(day)} ${String(asked).padStart(width)} ${bar}`;
      return rest.length === 0 ? line.trimEnd() : `${line.trimEnd()}  (${rest.join(", ")})`;
    }),
  ];
}

function weekday(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en", {
    weekday: "short",
    timeZone: "UTC",
  });
}

function examples({ examples }: Preview, timeZone: string, time: (at: Date) => string): string[] {
  if (examples.length === 0) return [];
  return [
    "",
    "For example:",
    ...examples.map(({ at, name, personId, verdict, reason, until, origin }) => {
      const why = reason === null ? "" : `: ${sayReason(texts, reason, timeZone)}`;
      const end = until === null ? "" : ` to ${sayTime(until, { timeZone, after: at })}`;
      const what = verdict === "ask" ? "asked" : verdict === "defer" ? "deferred" : "not asked";
      const as = origin === "replayed" ? ", as in the weeks before" : "";
      return `  ${time(at)} ${name} (${personId}) ${what}${end}${why}${as}`;
    }),
  ];
}

function clashes({ clashes, schedule: own }: Preview): string[] {
  if (clashes.length === 0) return ["", "No other schedule wants the same people within 7 days."];
  return [
    "",
    "Others that want the same people within 7 days:",
    ...clashes.map(({ schedule, humans, first }) => {
      const order = `${own} goes first for ${first}, ${schedule} for ${humans - first}`;
      return `  ${schedule}: ${count(humans, "person", "people")}; ${order}`;
    }),
  ];
}
