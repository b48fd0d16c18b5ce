/** What pausing, resuming or archiving a survey means as things are, and the changes that do it. Pure. */
import type { Change, State } from "../../configuration/change.ts";
import type { Configuration, SurveyNow } from "../../configuration/configuration.ts";
import { AFTER_CHAT, surveysOf } from "../../scheduling/definition/timing.ts";

/** A survey that is to be in another state. */
export interface StateStep {
  readonly key: string;
  readonly survey: SurveyNow;
  readonly to: State;
  /** Schedules that are on and ask it. */
  readonly schedules: readonly string[];
  /** The survey after chats whose place it takes. */
  readonly replaces: string | undefined;
}

/** `undefined` when there is no such survey. */
export function stateStep(now: Configuration, key: string, to: State): StateStep | undefined {
  const survey = now.surveys.get(key);
  if (survey === undefined) return undefined;
  const other = [...now.surveys].find(
    ([each, { trigger, state }]) => each !== key && trigger === "chat" && state === "on",
  );
  const replaces = survey.trigger === "chat" && to === "on" ? other?.[0] : undefined;
  return { key, survey, to, schedules: askedBy(now, key), replaces };
}

function askedBy({ surveys, schedules }: Configuration, key: string): string[] {
  const { trigger, state } = surveys.get(key) ?? {};
  // What is asked after chats is asked by whichever schedule asks after chats.
  const keys = trigger === "chat" && state === "on" ? [key, AFTER_CHAT] : [key];
  return [...schedules].flatMap(([name, { state, definition }]) => {
    const asks = definition === undefined ? [] : surveysOf(definition);
    return state === "on" && asks.some((each) => keys.includes(each)) ? [name] : [];
  });
}

/** Schedules that would ask an archived survey by its name: they have to be paused with it. */
export function inTheWay(now: Configuration, { key, to }: StateStep): string[] {
  if (to !== "archived") return [];
  return [...now.schedules].flatMap(([name, { state, definition }]) => {
    const asks = definition !== undefined && surveysOf(definition).includes(key);
    return state === "on" && asks ? [name] : [];
  });
}

/** One set: the schedules first, then the survey. `was`: as it was when the reader was asked. */
export function stateChanges(
  { key, to }: Pick<StateStep, "key" | "to">,
  was: State,
  schedules: readonly string[],
): Change[] {
  return [
    ...schedules.map(
      (name) => ({ kind: "schedule-state", name, to: "paused", was: "on" }) as const,
    ),
    { kind: "survey-state", key, to, was },
  ];
}
