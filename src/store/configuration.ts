/** The one place where what admins set up is changed: all of a set or nothing, noted, and to be undone. */
import { isDeepStrictEqual } from "node:util";
import type { Change, ChangeOf, Conflict } from "../configuration/change.ts";
import { type Configuration, conflictsOf } from "../configuration/configuration.ts";
import { joinAccountsOfEmails } from "../people/accounts.ts";
import { audit } from "./audit.ts";
import { type ChangeOrigin, decideChangeSet, keepAppliedSet } from "./change-sets.ts";
import { rowsOfHuman } from "./identities-of.ts";
import { readConfiguration } from "./read-configuration.ts";
import { setGrant } from "./role-grants.ts";
import { adminsRemain } from "./role-list.ts";
import { moveFirings, readSchedule, saveSchedule, switchSchedule } from "./schedules.ts";
import type { Db } from "./schema.ts";
import { changeSettings, flatten, readSettings, settingsChange } from "./settings.ts";
import { listKeptSurveys, readKeptSurvey, saveSurvey, switchSurvey } from "./survey-versions.ts";

/** Who changes something, when, and by what. */
export interface Changing {
  /** A person's id, or "operator". */
  readonly by: string;
  readonly at: Date;
  readonly origin: ChangeOrigin;
  /** The set that is made by this, where it waited for somebody; without it a new one is kept. */
  readonly waited?: { readonly id: string; readonly decidedBy: string };
  /** The set that is taken back by this. */
  readonly undoes?: string | undefined;
}

/** A survey whose answers are a series of their own from now on. */
export interface NewSeries {
  readonly key: string;
  readonly version: number;
}

export type ChangeOutcome =
  /** `id` names the set: it can be undone by `undo`, which is empty when nothing was otherwise. */
  | {
      readonly kind: "applied";
      readonly id: string;
      readonly undo: readonly Change[];
      readonly newSeries: readonly NewSeries[];
    }
  /** Nothing was changed. */
  | { readonly kind: "conflict"; readonly conflicts: readonly Conflict[] };

/**
 * Makes all changes, in their order, or none of them when one does not fit any more. Call inside a
 * transaction; sets of one workspace come one after the other. Errors: `bad-input` for what would not
 * work at all, a ZodError for settings.
 */
export async function applyChanges(
  trx: Db,
  workspaceId: number,
  changes: readonly Change[],
  changing: Changing,
): Promise<ChangeOutcome> {
  await lockConfiguration(trx, workspaceId);
  const now = await readConfiguration(trx, workspaceId);
  const conflicts = await findConflicts(trx, workspaceId, now, changes);
  if (conflicts.length > 0) return { kind: "conflict", conflicts };
  const undo: Change[] = [];
  const newSeries: NewSeries[] = [];
  for (const change of changes) {
    const made = await apply(trx, workspaceId, change, changing);
    undo.unshift(...made.undo);
    if (made.newSeries !== undefined) newSeries.push(made.newSeries);
  }
  const id = await keep(trx, workspaceId, { changes, undo, ...changing });
  return { kind: "applied", id, undo, newSeries };
}

/** Why these changes would not be made to what is set up now; empty: they would. */
export async function findConflicts(
  db: Db,
  workspaceId: number,
  now: Configuration,
  changes: readonly Change[],
): Promise<Conflict[]> {
  return [...conflictsOf(now, changes), ...(await lastAdmin(db, workspaceId, changes))];
}

/** Whoever undoes, approves or applies a file, too, leaves somebody who may change things. */
async function lastAdmin(
  trx: Db,
  workspaceId: number,
  changes: readonly Change[],
): Promise<Conflict[]> {
  const roles = changes.filter((change) => change.kind === "role");
  const [taken, ...others] = roles.filter(({ was, to }) => was === "admin" && to !== "admin");
  if (taken === undefined || roles.some(({ to }) => to === "admin")) return [];
  const subjects = [taken, ...others].map(({ subject }) => subject);
  if (await adminsRemain(trx, workspaceId, subjects)) return [];
  return [{ change: taken, why: "last-admin" }];
}

async function keep(
  trx: Db,
  workspaceId: number,
  made: Changing & { readonly changes: readonly Change[]; readonly undo: readonly Change[] },
): Promise<string> {
  const { waited, undo, at } = made;
  if (waited === undefined) return keepAppliedSet(trx, workspaceId, made);
  const { id, decidedBy } = waited;
  await decideChangeSet(trx, workspaceId, id, { state: "applied", by: decidedBy, at, undo });
  return id;
}

/** Whoever changes the configuration of a workspace waits for whoever does so already, and nobody else. */
export async function lockConfiguration(trx: Db, workspaceId: number): Promise<void> {
  await trx
    .selectFrom("workspaces")
    .select("id")
    .where("id", "=", workspaceId)
    .forNoKeyUpdate()
    .execute();
}

interface Made {
  readonly undo: readonly Change[];
  readonly newSeries?: NewSeries;
}

const nothing: Made = { undo: [] };

function apply(trx: Db, workspaceId: number, change: Change, changing: Changing): Promise<Made> {
  switch (change.kind) {
    case "settings":
      return applySettings(trx, workspaceId, change, changing);
    case "survey":
      return applySurvey(trx, workspaceId, change, changing);
    case "survey-state":
      return applySurveyState(trx, workspaceId, change, changing);
    case "schedule":
      return applySchedule(trx, workspaceId, change, changing);
    case "schedule-state":
      return applyScheduleState(trx, workspaceId, change, changing);
    case "role":
      return applyRole(trx, workspaceId, change, changing);
  }
}

const BY_DOMAIN = "accounts.byEmailDomain";

async function applySettings(
  trx: Db,
  workspaceId: number,
  { set }: ChangeOf<"settings">,
  { by, at, origin }: Changing,
): Promise<Made> {
  const before = flatten(await readSettings(trx, workspaceId));
  const how = { actor: by, at, origin };
  const after = flatten(await changeSettings(trx, workspaceId, settingsChange(set), how));
  const names = Object.keys(set).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (names.length === 0) return nothing;
  // What else is otherwise with a setting, by whatever way it came: chat, file, undo …
  if (names.includes("timeZone")) await moveFirings(trx, workspaceId, at);
  if (names.includes(BY_DOMAIN) && after[BY_DOMAIN] === true)
    await joinAccountsOfEmails(trx, workspaceId);
  const pick = (from: Record<string, unknown>) =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return { undo: [{ kind: "settings", set: pick(before), was: pick(after) }] };
}

async function applySurvey(
  trx: Db,
  workspaceId: number,
  change: ChangeOf<"survey">,
  { by, at, origin }: Changing,
): Promise<Made> {
  const { key, trigger } = change;
  const before = await readKeptSurvey(trx, workspaceId, key);
  const after = await saveSurvey(trx, workspaceId, change, by, at);
  if (before?.version === after.version) return nothing;
  await audit(trx, workspaceId, at, {
    ...{ actor: by, action: "survey", target: key, origin },
    details: {
      version: { from: before?.version ?? null, to: after.version },
      before: before?.definition ?? null,
      after: after.definition ?? null,
    },
  });
  if (before?.definition === undefined) {
    return { undo: [{ kind: "survey-state", key, to: "archived", was: "paused" }] };
  }
  const undo: Change = {
    ...{ kind: "survey", key, trigger },
    ...{ definition: before.definition, base: after.version },
  };
  const { version } = after;
  return after.series === before.series
    ? { undo: [undo] }
    : { undo: [undo], newSeries: { key, version } };
}

async function applySurveyState(
  trx: Db,
  workspaceId: number,
  { key, to }: ChangeOf<"survey-state">,
  { by, at, origin }: Changing,
): Promise<Made> {
  const before = await listKeptSurveys(trx, workspaceId);
  await switchSurvey(trx, workspaceId, key, to);
  const after = await listKeptSurveys(trx, workspaceId);
  const undo = after.flatMap((is): Change[] => {
    const was = before.find(({ id }) => id === is.id);
    return was === undefined || was.state === is.state
      ? []
      : [{ kind: "survey-state", key: is.key, to: was.state, was: is.state }];
  });
  for (const each of undo) {
    if (each.kind !== "survey-state") continue;
    await audit(trx, workspaceId, at, {
      ...{ actor: by, action: "survey", target: each.key, origin },
      details: { state: { from: each.to, to: each.was } },
    });
  }
  // The one that is switched on again takes the place of this one by itself.
  return { undo: undo.toSorted((a, b) => rank(a) - rank(b)) };
}

function rank(change: Change): number {
  return change.kind === "survey-state" && change.to === "on" ? 1 : 0;
}

async function applySchedule(
  trx: Db,
  workspaceId: number,
  { definition }: ChangeOf<"schedule">,
  { by, at, origin }: Changing,
): Promise<Made> {
  const { name } = definition;
  const before = await readSchedule(trx, workspaceId, name);
  const after = await saveSchedule(trx, workspaceId, definition, by, at);
  if (before?.version === after.version) return nothing;
  await audit(trx, workspaceId, at, {
    ...{ actor: by, action: "schedule", target: name, origin },
    details: {
      version: { from: before?.version ?? null, to: after.version },
      before: before?.definition ?? null,
      after: after.definition,
    },
  });
  return before === undefined
    ? { undo: [{ kind: "schedule-state", name, to: "archived", was: "paused" }] }
    : { undo: [{ kind: "schedule", definition: before.definition, base: after.version }] };
}

async function applyScheduleState(
  trx: Db,
  workspaceId: number,
  { name, to }: ChangeOf<"schedule-state">,
  { by, at, origin }: Changing,
): Promise<Made> {
  const before = await readSchedule(trx, workspaceId, name);
  await switchSchedule(trx, workspaceId, name, to, at);
  if (before === undefined || before.state === to) return nothing;
  await audit(trx, workspaceId, at, {
    ...{ actor: by, action: "schedule", target: name, origin },
    details: { state: { from: before.state, to } },
  });
  return { undo: [{ kind: "schedule-state", name, to: before.state, was: to }] };
}

async function applyRole(
  trx: Db,
  workspaceId: number,
  { subject, to, was }: ChangeOf<"role">,
  { by, at, origin }: Changing,
): Promise<Made> {
  if (to === was) return nothing;
  // Whoever was forgotten since this was wanted can be given no role; the rest of the set holds.
  const isGone =
    subject.kind === "person" &&
    (await rowsOfHuman(trx, workspaceId, subject.personId)).length === 0;
  if (isGone) return nothing;
  await setGrant(trx, workspaceId, { subject, role: to, by, at });
  await audit(trx, workspaceId, at, {
    ...{ actor: by, action: "role", origin },
    target: subject.kind === "person" ? subject.personId : subject.groupId,
    details: { subject, role: { from: was, to } },
  });
  return { undo: [{ kind: "role", subject, to: was, was: to }] };
}
