/** `aftertalk schedules export|apply`: all schedules as one file. */
import { open } from "node:fs/promises";
import type { Change } from "../configuration/change.ts";
import { AppError } from "../errors.ts";
import type { Schedule } from "../scheduling/definition/schedule.ts";
import { diffSchedules, type ScheduleDiff } from "../scheduling/definition/schedule-diff.ts";
import {
  type FiledSchedule,
  type FileProblem,
  readScheduleFile,
} from "../scheduling/definition/schedule-file.ts";
import { writeScheduleFile } from "../scheduling/definition/schedule-file-write.ts";
import { knownToSchedules, listSchedules } from "../store/schedules.ts";
import type { Db } from "../store/schema.ts";
import { applyAsOperator } from "./apply-changes.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { linesOfDiff } from "./schedules-diff.ts";
import { readTextFile } from "./text-file.ts";
import { inWork } from "./with-engine.ts";
import { withSchedules } from "./with-schedules.ts";

export function exportSchedules(context: CliContext, file: string | undefined): Promise<number> {
  return withSchedules(context, async ({ db }, { id }) => {
    const schedules = await listSchedules(db, id);
    const written = writeScheduleFile(schedules);
    const { out } = context;
    if (file === undefined) {
      out.line(written.trimEnd());
      out.result({
        schedules: schedules.map(({ definition, state }) => ({ state, ...definition })),
      });
    } else {
      await writeNew(file, written);
      out.line(`${schedules.length} schedules are in ${file}.`);
      out.result({ file, schedules: schedules.length });
    }
    return exitCodes.ok.code;
  });
}

async function writeNew(file: string, written: string): Promise<void> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(written).finally(() => handle.close());
  } catch (cause) {
    throw new AppError("bad-input", `${JSON.stringify(file)} cannot be written.`, {
      cause,
      advice:
        "Name a new file in a folder that this user may write to; to write over one: aftertalk schedules export > FILE",
    });
  }
}

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
}

/** Changes everything that the file says or, when something in it is wrong, nothing. */
export async function applySchedules(
  context: CliContext,
  file: string,
  { dryRun = false, prune = false }: ApplyOptions,
): Promise<number> {
  const written = await readTextFile(context, file, {
    ...{ what: "a file of schedules", writtenBy: "aftertalk schedules export" },
  });
  return withSchedules(context, async (database, { id }) => {
    const read = readScheduleFile(written, await knownToSchedules(database.db, id));
    if ("problems" in read) return refuse(context, file, read.problems);
    const diff = await inWork(context, database, async ({ transaction, now }) => {
      const current = await listSchedules(transaction, id);
      const found = diffSchedules(current, read.schedules, { prune });
      if (!dryRun) await carryOut(transaction, id, current, found, now);
      return found;
    });
    tell(context, read.schedules, diff, dryRun);
    return exitCodes.ok.code;
  });
}

async function carryOut(
  transaction: Db,
  workspaceId: number,
  current: readonly Schedule[],
  { changes }: ScheduleDiff,
  now: Date,
): Promise<void> {
  const versions = new Map(current.map(({ definition, version }) => [definition.name, version]));
  const wanted = changes.flatMap(({ name, definition, state }): Change[] => [
    ...(definition === undefined
      ? []
      : [{ kind: "schedule", definition, base: versions.get(name) ?? null } as const]),
    // A new one is paused at first.
    ...(state === undefined || state.to === (state.from ?? "paused")
      ? []
      : [{ kind: "schedule-state", name, to: state.to, was: state.from ?? "paused" } as const]),
  ]);
  await applyAsOperator(transaction, workspaceId, wanted, now);
}

function tell(
  { out }: CliContext,
  filed: readonly FiledSchedule[],
  diff: ScheduleDiff,
  dryRun: boolean,
): void {
  for (const line of linesOfDiff(diff)) out.line(line);
  const { changes, left } = diff;
  if (changes.length === 0)
    out.line(`There is nothing to change: ${filed.length} schedules are as the file has them.`);
  else if (dryRun) out.line(`${changes.length} would change. Nothing was changed.`);
  else out.line(`${changes.length} changed.`);
  out.result({
    applied: !dryRun && changes.length > 0,
    changes: changes.map(({ name, isNew, fields, state }) => ({
      name,
      isNew,
      fields,
      state: state ?? null,
    })),
    left,
  });
}

function refuse({ out }: CliContext, file: string, problems: readonly FileProblem[]): number {
  for (const { line, column, schedule, field, message } of problems) {
    const where = [schedule, field].filter((each) => each !== undefined && each !== "").join(": ");
    out.note(`${file}:${line}:${column} ${where === "" ? "" : `${where}: `}${message}`);
  }
  const message = `Nothing was changed: the file has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}.`;
  const advice = "Mend what is listed and run it again; docs/schedules.md has every field.";
  out.note(`${message}\nWhat to do: ${advice}`);
  out.result({ error: { code: "bad-input", message, advice, problems } });
  return exitCodes.failure.code;
}
