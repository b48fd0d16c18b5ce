/** When what a trigger found is to be asked, and until when it makes sense. Pure. */
import type { InvitationKind } from "../../store/schema.ts";
import { rulesOf } from "./kind-rules.ts";
import { durationMs, type Limits, type ScheduleDefinition, type Trigger } from "./schedule.ts";

/** The key that stands for the survey which the workspace asks after chats. */
export const AFTER_CHAT = "after-chat";

/** The surveys that it asks, each once, as it names them: also {@link AFTER_CHAT}. */
export function surveysOf({
  survey,
  steps = [],
}: Pick<ScheduleDefinition, "survey" | "steps">): readonly string[] {
  const all = [...(survey === undefined ? [] : [survey]), ...steps.map((step) => step.survey)];
  return [...new Set(all)];
}

/** Whether a survey is asked in questions of this kind; those after chats ask the one that is on. */
export function isAskedIn(
  kind: InvitationKind,
  { trigger, state }: { readonly trigger: string; readonly state: string },
): boolean {
  const mayBePaused = trigger === "chat" && kind !== "chat" && kind !== "manual";
  return mayBePaused ? state !== "archived" : state === "on";
}

/** From the fact to when it is asked about, in milliseconds; negative: so long before it. */
export function offsetMsOf(trigger: Exclude<Trigger, { on: "cron" }>): number {
  return trigger.on === "date" && trigger.before !== undefined
    ? -durationMs(trigger.before)
    : durationMs(trigger.delay);
}

/** How long what is due may wait before it asks about nothing, in milliseconds. */
export function waitMsOf({ kind, limits }: ScheduleDefinition): number {
  return limits.waitAtMost === undefined ? rulesOf(kind).waitMs : durationMs(limits.waitAtMost);
}

/**
 * Whether it is the question after a support chat, which is planned in the transaction that closes
 * the chat (inbox/plan.ts) and has a job of its own; all others are found by planDue.
 */
export function isPlannedAtClosing({ kind, survey, trigger }: ScheduleDefinition): boolean {
  return kind === "chat" && survey === AFTER_CHAT && trigger.on === "chat-closed";
}

/** Between which times of the day somebody is asked, `HH:MM`; the end of an hour is never after the day. */
export function hoursOf({ from, to }: NonNullable<Limits["hours"]>): { from: string; to: string } {
  const hour = Number(from.slice(0, 2)) + 1;
  const next = hour > 23 ? "23:59" : `${String(hour).padStart(2, "0")}${from.slice(2)}`;
  return { from, to: to ?? next };
}
