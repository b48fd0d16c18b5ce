/** The surveys of a schedule as they are set up: which nobody would be asked, and what changes that. Pure. */
import type { ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { AFTER_CHAT, surveysOf } from "../scheduling/definition/timing.ts";
import type { Change } from "./change.ts";
import type { Configuration } from "./configuration.ts";

/** A survey that is switched off, so that nobody is asked it. */
export interface SurveyOff {
  readonly key: string;
  /** The survey after chats whose place it would take. */
  readonly replaces: string | undefined;
}

/** What of a schedule nobody is asked, as long as nothing else is switched on. */
export interface NotAsked {
  readonly off: readonly SurveyOff[];
  /** It asks whatever is asked after chats, and nothing is: one of these has to be chosen. */
  readonly chooseFrom: readonly string[] | undefined;
}

/** Archived surveys and those that are not there are left out: they are wrong, not off. */
export function notAsked(
  { surveys }: Pick<Configuration, "surveys">,
  definition: Pick<ScheduleDefinition, "kind" | "survey" | "steps">,
): NotAsked {
  const afterChats = [...surveys].filter(([, { trigger }]) => trigger === "chat");
  const chosen = afterChats.find(([, { state }]) => state === "on")?.[0];
  const keys = surveysOf(definition);
  const off = keys.flatMap((key): SurveyOff[] => {
    const survey = surveys.get(key);
    if (survey?.state !== "paused") return [];
    if (survey.trigger !== "chat") return [{ key, replaces: undefined }];
    // One after chats that is not the chosen one is asked by schedules of every other kind.
    return definition.kind === "chat" ? [{ key, replaces: chosen }] : [];
  });
  const waits = keys.includes(AFTER_CHAT) && chosen === undefined;
  const paused = afterChats.flatMap(([key, { state }]) => (state === "paused" ? [key] : []));
  return { off, chooseFrom: waits ? paused : undefined };
}

/** What switches surveys on that are paused. */
export function switchedOn(keys: readonly string[]): Change[] {
  return keys.map((key) => ({ kind: "survey-state", key, to: "on", was: "paused" }));
}
