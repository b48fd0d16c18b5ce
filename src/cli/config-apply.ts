/** `aftertalk config apply FILE`: makes everything what a file says, or nothing. */
import type { Change } from "../configuration/change.ts";
import { type Configuration, conflictsOf } from "../configuration/configuration.ts";
import { type Overwritten, overwrittenBy } from "../configuration/file/changed-since.ts";
import type { FileProblem } from "../configuration/file/filed.ts";
import {
  type PlannedChanges,
  planChanges,
  type Thing,
  thingsOf,
} from "../configuration/file/plan-changes.ts";
import { type SaidChange, sayChanges } from "../configuration/say-change.ts";
import { AppError } from "../errors.ts";
import { textsFor } from "../locales/index.ts";
import { applyChanges, type NewSeries } from "../store/configuration.ts";
import { configurationChangesSince } from "../store/configuration-file.ts";
import type { Database } from "../store/database.ts";
import { namesOf } from "../store/preview.ts";
import type { Db } from "../store/schema.ts";
import type { Workspace } from "../store/workspaces.ts";
import { conflictError } from "./apply-changes.ts";
import { wantedFile } from "./config-file.ts";
import { type ForetoldSchedule, foretell } from "./config-foretell.ts";
import { errorsOf, refuse, tellProblems } from "./config-problems.ts";
import { readConfig, readForFile } from "./config-read.ts";
import { confirm } from "./confirm.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { sayTime } from "./schedules.ts";
import { readTextFile } from "./text-file.ts";
import { inWork } from "./with-engine.ts";
import { withSchedules } from "./with-schedules.ts";

export interface ApplyConfigOptions {
  readonly dryRun?: boolean;
  /** With `dryRun`: a code of its own when something would change. */
  readonly exitCode?: boolean;
  readonly prune?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
}

interface Told {
  readonly plan: PlannedChanges;
  readonly said: readonly SaidChange[];
  /** Names of those whose roles are spoken of, by our ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly warnings: readonly FileProblem[];
}

export async function applyConfig(
  context: CliContext,
  file: string,
  { dryRun = false, exitCode = false, prune = false, force = false, yes }: ApplyConfigOptions,
): Promise<number> {
  const text = await readTextFile(context, file, wantedFile);
  return withSchedules(context, async (database, workspace) => {
    const how = { file, text, prune, force };
    const told = await lookInto(context, database.db, workspace, how);
    if (told === undefined) return exitCodes.failure.code;
    tell(context, told);
    const { changes, pruned } = told.plan;
    if (changes.length === 0) return finish(context, told, { applied: false });
    if (dryRun) {
      const foretold = await foretell(context, database, workspace, changes);
      finish(context, told, { applied: false, foretold });
      return exitCode ? exitCodes.differs.code : exitCodes.ok.code;
    }
    const question = `${pruned.length} that ${pruned.length === 1 ? "is" : "are"} not in the file would be put away, as shown.`;
    if (pruned.length > 0 && !(await confirm(context, question, yes))) {
      context.out.note("Nothing was changed.");
      return exitCodes.failure.code;
    }
    return carryOut(context, database, workspace, told);
  });
}

interface Wanted {
  readonly file: string;
  readonly text: string;
  readonly prune: boolean;
  readonly force: boolean;
}

/** What a file would change; `undefined` when it cannot be applied, which was told by then. */
async function lookInto(
  context: CliContext,
  db: Db,
  workspace: Workspace,
  { file, text, prune, force }: Wanted,
): Promise<Told | undefined> {
  const known = await readForFile(db, workspace, text);
  const { filed, problems } = await readConfig(context, text, known);
  if (errorsOf(problems).length > 0) {
    refuse(context, file, problems);
    return undefined;
  }
  const plan = planChanges(known.now, filed, { prune });
  if (filed.asOf !== undefined && !force) {
    const logged = await configurationChangesSince(db, workspace.id, filed.asOf);
    const lost = overwrittenBy(plan.changes, logged);
    if (lost.length > 0) {
      await refuseToOverwrite(context, db, workspace, lost);
      return undefined;
    }
  }
  const asked = stillAsked(known.now, plan.changes);
  if (asked !== undefined) throw asked;
  tellProblems(context, file, problems);
  const names = await namesIn(db, workspace, [...plan.changes.flatMap(thingsOf), ...plan.left]);
  const said = sayChanges(textsFor("en"), plan.changes, known.now, names);
  return { plan, said, names, warnings: problems };
}

/** A survey that would be archived while a schedule that is on asks it. */
function stillAsked(now: Configuration, changes: readonly Change[]): AppError | undefined {
  const said = conflictsOf(now, changes).flatMap((each) =>
    each.why === "asked-by" && each.change.kind === "survey-state"
      ? [`survey ${each.change.key} cannot be archived: ${each.schedules.join(", ")} asks it`]
      : [],
  );
  if (said.length === 0) return undefined;
  return new AppError("bad-input", `Nothing was changed: ${said.join("; ")}.`, {
    advice: "Pause or archive the schedules in the file too, or keep the survey.",
  });
}

async function namesIn(
  db: Db,
  { id }: Workspace,
  things: readonly Thing[],
): Promise<ReadonlyMap<string, string>> {
  const people = things.flatMap(({ kind, name }) => {
    const personId = /^person:(.+)$/.exec(name)?.[1];
    return kind === "role" && personId !== undefined ? [personId] : [];
  });
  return people.length === 0 ? new Map() : namesOf(db, id, people);
}

async function carryOut(
  context: CliContext,
  database: Database,
  workspace: Workspace,
  told: Told,
): Promise<number> {
  const { changes } = told.plan;
  const outcome = await inWork(context, database, ({ transaction, now }) =>
    applyChanges(transaction, workspace.id, changes, { by: "operator", at: now, origin: "file" }),
  );
  if (outcome.kind === "applied") {
    return finish(context, told, { applied: true, newSeries: outcome.newSeries });
  }
  const { message, advice } = conflictError(outcome.conflicts);
  context.out.note(`${message}\nWhat to do: ${advice}`);
  context.out.result({ error: { code: "bad-input", message, advice } });
  return exitCodes.failure.code;
}

/** Each thing with its fields, then what is not in the file. */
function tell({ out }: CliContext, { plan, said, names }: Told): void {
  for (const { title, rows } of said) {
    out.line(title);
    for (const [label, value] of rows) out.line(`  ${label}: ${value.replaceAll("\n", "\n    ")}`);
  }
  for (const kind of new Set(plan.left.map((thing) => thing.kind))) {
    const things = plan.left.filter((thing) => thing.kind === kind);
    const [s, it, is] = things.length === 1 ? ["", "it", "it is"] : ["s", "them", "they are"];
    const called =
      kind === "role"
        ? things.map((thing) => sayThing(thing, names)).join(", ")
        : `${kind}${s} ${things.map(({ name }) => name).join(", ")}`;
    out.line(`${called}: not in the file, left as ${is} (--prune puts ${it} away)`);
  }
}

function sayThing({ kind, name }: Thing, names: ReadonlyMap<string, string>): string {
  if (kind !== "role") return `${kind} ${name}`;
  const [, person] = /^person:(.+)$/.exec(name) ?? [];
  if (person !== undefined) return `the role of ${names.get(person) ?? "somebody"}`;
  return `the role of the group ${name.split(":").at(-1)}`;
}

interface Finished {
  readonly applied: boolean;
  readonly newSeries?: readonly NewSeries[];
  readonly foretold?: readonly ForetoldSchedule[];
}

function finish(
  { out }: CliContext,
  { plan, said, warnings }: Told,
  { applied, newSeries = [], foretold }: Finished,
): number {
  const { changes, left, pruned } = plan;
  for (const { key } of newSeries) {
    out.line(`survey ${key}: its question is another one, so its figures begin a new series.`);
  }
  for (const { line } of foretold ?? []) out.line(line);
  if (changes.length === 0)
    out.line("There is nothing to change: everything is as the file has it.");
  else if (applied) out.line(`${changes.length} changed.`);
  else out.line(`${changes.length} would change. Nothing was changed.`);
  out.result({
    ...{ applied, changes: changes.flatMap(thingsOf), said, left, pruned, warnings, newSeries },
    ...(foretold === undefined ? {} : { preview: foretold.map(({ line: _, ...rest }) => rest) }),
  });
  return exitCodes.ok.code;
}

const origins: Readonly<Record<string, string>> = {
  ...{ chat: "in chat", setup: "by setup in chat", undo: "by an undo" },
  "command-line": "on the command line",
};

async function refuseToOverwrite(
  { out }: CliContext,
  db: Db,
  workspace: Workspace,
  lost: readonly Overwritten[],
): Promise<void> {
  const { timeZone } = workspace;
  const names = await namesIn(
    db,
    workspace,
    lost.map(({ thing }) => thing),
  );
  for (const { thing, at, origin, versions } of lost) {
    const how = origins[origin] ?? "elsewhere";
    const which = versions === undefined ? "" : `, version ${versions.from} → ${versions.to}`;
    out.note(
      `${sayThing(thing, names)} was changed ${how} since this file was exported (${sayTime(at, timeZone)}${which}).`,
    );
  }
  const message = "Nothing was changed: the file does not know of what is listed.";
  const advice = "Export it again and carry your changes over, or write over it with --force.";
  out.note(`${message}\nWhat to do: ${advice}`);
  out.result({ error: { code: "bad-input", message, advice, changedSince: lost } });
}
