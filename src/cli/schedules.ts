/** `aftertalk schedules list|show|on|off|history`: when people are asked what. */
import { textsFor } from "../locales/index.ts";
import { describeSchedule } from "../scheduling/definition/describe.ts";
import type { Schedule } from "../scheduling/definition/schedule.ts";
import { diffDefinitions } from "../scheduling/definition/schedule-diff.ts";
import { listVersions } from "../store/schedule-versions.ts";
import { listSchedules, readSchedule } from "../store/schedules.ts";
import { applyAsOperator } from "./apply-changes.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { lineOfField } from "./schedules-diff.ts";
import { inWork } from "./with-engine.ts";
import { findSchedule, withSchedules } from "./with-schedules.ts";

const texts = textsFor("en");

export function showSchedules(context: CliContext): Promise<number> {
  return withSchedules(context, async ({ db }, { id, timeZone }) => {
    const schedules = await listSchedules(db, id);
    const { out } = context;
    const width = Math.max(0, ...schedules.map(({ definition }) => definition.name.length));
    for (const { definition, state, nextAt } of schedules) {
      const [first = ""] = describeSchedule(texts, definition);
      const next = nextAt === null ? "" : ` Next: ${sayTime(nextAt, timeZone)}.`;
      const about = first.endsWith(":") ? `${first} …` : first;
      out.line(`${definition.name.padEnd(width)}  ${state.padEnd(8)}  ${about}${next}`);
    }
    out.result({ schedules: schedules.map(toJson) });
    return exitCodes.ok.code;
  });
}

export function showSchedule(context: CliContext, name: string): Promise<number> {
  return withSchedules(context, async ({ db }, { id, timeZone }) => {
    tell(context, await findSchedule(db, id, name), timeZone);
    return exitCodes.ok.code;
  });
}

/** "off" is kept as "paused": it plans nothing more, and what it planned is not asked. */
export function turnSchedule(
  context: CliContext,
  name: string,
  state: "on" | "paused",
): Promise<number> {
  return withSchedules(context, async (database, { id, timeZone }) => {
    const before = await findSchedule(database.db, id, name);
    const after = await inWork(context, database, async ({ transaction, now }) => {
      const was = (await findSchedule(transaction, id, name)).state;
      const change = { kind: "schedule-state", name, to: state, was } as const;
      if (was !== state) await applyAsOperator(transaction, id, [change], now);
      return readSchedule(transaction, id, name);
    });
    if (before.state === state) context.out.note(`It was ${state} already: nothing was changed.`);
    tell(context, after ?? before, timeZone);
    return exitCodes.ok.code;
  });
}

export function showHistory(context: CliContext, name: string): Promise<number> {
  return withSchedules(context, async ({ db }, { id, timeZone }) => {
    await findSchedule(db, id, name);
    const versions = await listVersions(db, id, name);
    const { out } = context;
    for (const [index, { version, at, by, definition }] of versions.entries()) {
      out.line(`version ${version}, ${sayTime(at, timeZone)}, by ${by}`);
      const before = versions[index - 1];
      if (before === undefined) continue;
      for (const field of diffDefinitions(before.definition, definition)) {
        out.line(`  ${lineOfField(field)}`);
      }
    }
    out.result({
      name,
      versions: versions.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    });
    return exitCodes.ok.code;
  });
}

function tell({ out }: CliContext, schedule: Schedule, timeZone: string): void {
  const { definition, state, version, onSince, nextAt } = schedule;
  const since = state === "on" && onSince !== null ? ` since ${sayTime(onSince, timeZone)}` : "";
  out.line(`${definition.name}: ${state}${since}, version ${version}, kind ${definition.kind}`);
  for (const line of describeSchedule(texts, definition)) out.line(`  ${line}`);
  if (nextAt !== null) out.line(`  Next: ${sayTime(nextAt, timeZone)}.`);
  out.result(toJson(schedule));
}

function toJson({ definition, state, version, onSince, nextAt }: Schedule) {
  return {
    ...{ name: definition.name, state, version },
    onSince: onSince?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
    definition,
  };
}

/** "2026-11-05 09:00 Europe/Paris". */
export function sayTime(at: Date, timeZone: string): string {
  const local = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    ...{ dateStyle: "short", timeStyle: "short" },
  });
  return `${local.format(at)} ${timeZone}`;
}
