/** Clauses become a schedule, or questions about it. */
import { isDeepStrictEqual } from "node:util";
import type { ScheduleInput } from "../../definition/schedule.ts";
import type { Clause } from "../parse.ts";
import { type Asker, askWhichHolds, type Draft, newDraft } from "./draft.ts";
import { kindFor, nameFor } from "./purpose.ts";
import { stepsOf } from "./steps.ts";
import { surveysOf } from "./survey.ts";
import { beginOf, isOfChats } from "./trigger.ts";
import { askUnknownName, isUnknownName } from "./unknown-name.ts";
import { whenFolds } from "./when.ts";
import { whomFolds } from "./whom.ts";
import { withinFolds } from "./within.ts";

/** The schedule; undefined when something was asked about. `draft` has what came from which words. */
export function fold(
  asker: Asker,
  clauses: readonly Clause[],
): { schedule?: ScheduleInput; draft: Draft } {
  const draft = newDraft();
  let row = 0;
  for (const [index, clause] of clauses.entries()) {
    if (clause.kind === "next") row += 1;
    else if (isOfLimits(asker, clauses, index)) asker.ask("not-clear", clause);
    else put(asker, clause, draft, row);
  }
  const begin = beginOf(asker, draft);
  const aboutChat = draft.events.some(({ trigger }) => isOfChats(trigger.on));
  // What it is about is not known before: which of several surveys of a metric is meant comes after that.
  const isOpen = begin === undefined && draft.surveys.length > 0;
  const surveys = isOpen ? undefined : surveysOf(asker, draft, aboutChat);
  if (begin === undefined || surveys === undefined) return { draft };
  const steps = stepsOf(asker, draft, surveys, begin);
  if (steps === undefined) return { draft };
  const { every, trigger, ...asked } = steps;
  const placed = withPlaces(asker, draft, trigger);
  const limits = withLimits(asker, draft, { hours: begin.hours, every });
  if (asker.questions.length > 0) return { draft };
  const kind = kindFor(trigger, surveys, asked.steps !== undefined);
  const name = nameFor(trigger, surveys, asker.known.schedules);
  const schedule = { name, kind, ...asked, trigger: placed, audience: draft.audience, limits };
  return { schedule, draft };
}

const asking: readonly Clause["kind"][] = ["survey", "event", "before", "onDate", "next"];
const limiting: readonly Clause["kind"][] = ["noReminder", "remind", "expire", "wait", "rest"];

/** "No reminder after 3 days": a time beside a limit is not when it is asked. */
function isOfLimits({ text }: Asker, clauses: readonly Clause[], index: number): boolean {
  const [clause, before, next] = [clauses[index], clauses[index - 1], clauses[index + 1]];
  if (clause?.kind !== "later") return false;
  if (before !== undefined && !asking.includes(before.kind)) {
    return !["everybody", "buyers"].includes(before.kind);
  }
  if (next === undefined || !limiting.includes(next.kind)) return false;
  return !/[,;.，。；、]/u.test(text.slice(clause.end, next.start));
}

function put(asker: Asker, clause: Clause, draft: Draft, row: number): void {
  if (isUnknownName(clause.kind)) askUnknownName(asker, clause);
  const say = whenFolds[clause.kind];
  if (say !== undefined) say(asker, clause, draft, row);
  const audience = whomFolds[clause.kind]?.(asker, clause, draft);
  if (audience !== undefined) draft.audience = merge(asker, clause, draft, "audience", audience);
  const limits = withinFolds[clause.kind]?.(asker, clause);
  if (limits !== undefined) draft.limits = merge(asker, clause, draft, "limits", limits);
  if (say !== undefined) use(asker, draft, clause, [fieldOf(clause)]);
}

function use(asker: Asker, draft: Draft, { start, end }: Clause, fields: readonly string[]): void {
  draft.used.push({ start, end, text: asker.text.slice(start, end), fields });
}

/** What was said twice has to be the same. */
function merge<T extends object>(
  asker: Asker,
  clause: Clause,
  draft: Draft,
  part: string,
  said: T,
): T {
  const before: object = part === "audience" ? draft.audience : draft.limits;
  const there = new Map<string, unknown>(Object.entries(before));
  for (const [field, value] of Object.entries(said)) {
    if (there.has(field) && !isDeepStrictEqual(there.get(field), value)) {
      const first = draft.used.find(({ fields }) => fields.includes(`${part}.${field}`));
      askWhichHolds(asker, first ?? asker.end, clause);
    }
  }
  const fields = Object.keys(said).map((field) => `${part}.${field}`);
  use(asker, draft, clause, fields.length > 0 ? fields : [part]);
  return { ...before, ...said };
}

function fieldOf({ kind }: Clause): string {
  if (kind === "survey") return "survey";
  if (kind === "later") return "steps";
  if (kind === "repeat" || kind === "every") return "repeatAfter";
  return kind.startsWith("clock") || kind === "hours" ? "limits.hours" : "trigger";
}

/** A team is where a chat was, when it is about chats; else whose customers are meant. */
function withPlaces(
  asker: Asker,
  draft: Draft,
  trigger: ScheduleInput["trigger"],
): ScheduleInput["trigger"] {
  const [teams, channels] = [draft.teams, draft.channels].map((all) => [
    ...new Set(all.flatMap(({ names }) => names)),
  ]);
  if (trigger.on === "chat-closed" || trigger.on === "chat-reopened") {
    return {
      ...trigger,
      ...(teams?.length ? { teams } : {}),
      ...(channels?.length ? { channels } : {}),
    };
  }
  for (const { clause } of draft.channels) asker.ask("not-expressible", clause);
  if (teams?.length) draft.audience = { ...draft.audience, teams };
  return trigger;
}

function withLimits(
  asker: Asker,
  draft: Draft,
  said: Pick<Draft["limits"], never> & {
    hours: Draft["limits"]["hours"];
    every: string | undefined;
  },
): Draft["limits"] {
  const { hours, every } = said;
  if (every !== undefined && draft.limits.every !== undefined && draft.limits.every !== every) {
    const saying = (field: string) =>
      draft.used.find(({ fields }) => fields.includes(field)) ?? asker.end;
    askWhichHolds(asker, saying("repeatAfter"), saying("limits.every"));
  }
  return {
    ...draft.limits,
    ...(every === undefined ? {} : { every }),
    ...(hours === undefined ? {} : { hours }),
  };
}
