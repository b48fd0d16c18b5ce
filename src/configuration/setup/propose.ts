/**
 * What a workspace would have switched on after the answers of its setup, as changes of what there is
 * now, each with its reason. Nothing is ever switched off but the survey after chats that another one
 * takes the place of, and that is said. Pure.
 */
import { isDeepStrictEqual } from "node:util";
import { standardSchedules } from "../../scheduling/definition/standard-schedules.ts";
import { AFTER_CHAT, isAskedIn, surveysOf } from "../../scheduling/definition/timing.ts";
import { standardSurveys } from "../../surveys/standard.ts";
import type { Change } from "../change.ts";
import { type Configuration, changed, subjectKey } from "../configuration.ts";
import type { SetupAnswers } from "./answers.ts";
import {
  type AfterChatMetric,
  type Reason,
  type Recommendation,
  recommendedAfterChats,
  recommendedSchedules,
  type SetupFacts,
} from "./recommended.ts";

export interface ProposedChange {
  readonly change: Change;
  readonly why: Reason;
}

/** A survey or a schedule that would be on. */
export interface ProposedItem {
  readonly kind: "survey" | "schedule";
  /** Key of the survey, name of the schedule. */
  readonly name: string;
  /** `new`: it is off now; `stays`: on already, and recommended; `kept`: on, and not ours to judge. */
  readonly how: "new" | "stays" | "kept";
  /** `undefined` for what is kept. */
  readonly why?: Reason;
  /** Of the survey after chats: the key of the one whose place it takes. */
  readonly insteadOf?: string;
}

export interface Proposal {
  /** In the order in which they are made. Empty: everything is as it would be. */
  readonly changes: readonly ProposedChange[];
  readonly items: readonly ProposedItem[];
}

export interface Proposing {
  readonly now: Configuration;
  readonly answers: SetupAnswers;
  readonly facts: SetupFacts;
  /** What the company is called in questions that are made anew. */
  readonly company: string;
}

/** What to do after these answers; no market chosen is the one in which customers choose. */
export function propose(proposing: Proposing): Proposal {
  const { answers, facts } = proposing;
  const situation = { goals: answers.goals, market: answers.market ?? "choice", facts };
  const made = createMade(proposing.now);
  wishSettings(made, answers);
  wishRoles(made, answers);
  chooseAfterChats(made, proposing, recommendedAfterChats(situation));
  for (const each of recommendedSchedules(situation)) switchOn(made, proposing, each);
  keepOthers(made);
  return { changes: made.changes, items: made.items };
}

/** What was proposed so far, and what would be set up by it. */
interface Made {
  now: Configuration;
  readonly changes: ProposedChange[];
  readonly items: ProposedItem[];
  add(change: Change, why: Reason): void;
}

function createMade(now: Configuration): Made {
  const made: Made = {
    now,
    changes: [],
    items: [],
    add(change, why) {
      made.changes.push({ change, why });
      made.now = changed(made.now, change);
    },
  };
  return made;
}

function wishSettings(made: Made, { settings }: SetupAnswers): void {
  const names = Object.keys(settings).filter(
    (name) => !isDeepStrictEqual(made.now.settings[name], settings[name]),
  );
  if (names.length === 0) return;
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  made.add({ kind: "settings", set: pick(settings), was: pick(made.now.settings) }, "as-you-said");
}

function wishRoles(made: Made, { roles }: SetupAnswers): void {
  for (const { subject, role } of roles) {
    const was = made.now.grants.get(subjectKey(subject))?.role ?? null;
    if (was !== role) made.add({ kind: "role", subject, to: role, was }, "as-you-said");
  }
}

/** One that asks the metric already is as good as ours. */
function chooseAfterChats(
  made: Made,
  { company }: Proposing,
  { is: metric, because }: Recommendation<AfterChatMetric>,
): void {
  const all = [...made.now.surveys].filter(([, { trigger }]) => trigger === "chat");
  const on = all.find(([, { state }]) => state === "on");
  const fits = ([, { definition }]: (typeof all)[number]) => definition?.metric === metric;
  if (on !== undefined && fits(on)) {
    made.items.push({ kind: "survey", name: on[0], how: "stays", why: because });
    return;
  }
  // One that a schedule of somebody's own names would be asked no more if another took its place.
  if (on !== undefined && isNamed(made.now, on[0])) {
    made.items.push({ kind: "survey", name: on[0], how: "kept" });
    return;
  }
  const usual = `chat-${metric}`;
  const there =
    all.find((each) => each[0] === usual && fits(each)) ??
    all.find((each) => fits(each) && each[1].state === "paused");
  const key = there?.[0] ?? freeKey(made.now, usual);
  if (there === undefined) {
    const standard = standardSurveys(company).find((each) => each.key === usual);
    if (standard === undefined) return;
    const { definition, trigger } = standard;
    made.add({ kind: "survey", key, trigger, definition, base: null }, because);
  }
  made.add({ kind: "survey-state", key, to: "on", was: there?.[1].state ?? "paused" }, because);
  const insteadOf = on === undefined ? {} : { insteadOf: on[0] };
  made.items.push({ kind: "survey", name: key, how: "new", why: because, ...insteadOf });
}

/** A schedule that is on asks this survey, and no other, after chats. */
function isNamed({ schedules }: Configuration, key: string): boolean {
  return [...schedules.values()].some(
    ({ state, definition }) =>
      state === "on" && definition?.kind === "chat" && definition.survey === key,
  );
}

/** Somebody may have made another thing of the usual name. */
function freeKey({ surveys }: Configuration, usual: string): string {
  for (let n = 2, key = usual; ; n += 1) {
    if (!surveys.has(key)) return key;
    key = `${usual}-${n}`;
  }
}

function switchOn(
  made: Made,
  { company }: Proposing,
  { is: name, because }: Recommendation<string>,
): void {
  const covered = coveredBy(made.now, name);
  if (covered !== undefined) {
    made.items.push({ kind: "schedule", name: covered, how: "stays", why: because });
    askable(made, company, covered);
    return;
  }
  const standard = standardSchedules.find(({ definition }) => definition.name === name);
  const there = made.now.schedules.get(name);
  if (standard === undefined || (there !== undefined && there.definition === undefined)) return;
  if (there === undefined)
    made.add({ kind: "schedule", definition: standard.definition, base: null }, because);
  askable(made, company, name);
  made.add({ kind: "schedule-state", name, to: "on", was: there?.state ?? "paused" }, because);
  made.items.push({ kind: "schedule", name, how: "new", why: because });
}

/** The schedule of that name when it is on; else one that is on and asks on the same occasion. */
function coveredBy({ schedules }: Configuration, name: string): string | undefined {
  if (schedules.get(name)?.state === "on") return name;
  const standard = standardSchedules.find(({ definition }) => definition.name === name)?.definition;
  for (const [other, { state, definition }] of schedules) {
    if (state !== "on" || definition === undefined || definition.kind !== standard?.kind) continue;
    if (definition.kind === "exit" && definition.trigger.on !== standard.trigger.on) continue;
    return other;
  }
  return undefined;
}

/** The surveys that a schedule asks are there and on. */
function askable(made: Made, company: string, name: string): void {
  const definition = made.now.schedules.get(name)?.definition;
  if (definition === undefined) return;
  for (const key of surveysOf(definition)) {
    if (key === AFTER_CHAT) continue;
    const there = made.now.surveys.get(key);
    if (there !== undefined && isAskedIn(definition.kind, there)) continue;
    const standard = standardSurveys(company).find((each) => each.key === key);
    if (there === undefined) {
      if (standard === undefined) continue;
      const { trigger, definition } = standard;
      made.add({ kind: "survey", key, trigger, definition, base: null }, "asked-by-it");
    }
    if (there?.trigger !== "chat")
      made.add(
        { kind: "survey-state", key, to: "on", was: there?.state ?? "paused" },
        "asked-by-it",
      );
  }
}

/** What somebody switched on stays on. */
function keepOthers(made: Made): void {
  const named = new Set(made.items.flatMap(({ kind, name }) => (kind === "schedule" ? name : [])));
  for (const [name, { state }] of made.now.schedules) {
    if (state === "on" && !named.has(name))
      made.items.push({ kind: "schedule", name, how: "kept" });
  }
}
