/** One survey, or a programme of several, and when it begins again. */
import type { ScheduleInput } from "../../definition/schedule.ts";
import type { KnownSurvey } from "../reading.ts";
import { type Asker, askWhichHolds, type Draft, type Limits } from "./draft.ts";
import { type Begin, begins, said } from "./trigger.ts";

type Asked = Pick<ScheduleInput, "survey" | "steps" | "repeatAfter" | "trigger">;

export interface Steps extends Asked {
  /** A repetition is how often at most, too. */
  readonly every: Limits["every"];
}

/** Undefined when it was asked about. */
export function stepsOf(
  asker: Asker,
  draft: Draft,
  surveys: readonly KnownSurvey[],
  { trigger, delay }: Begin,
): Steps | undefined {
  const again = againOf(asker, draft, trigger, surveys.length);
  if (again === null) return undefined;
  const [first, ...others] = surveys;
  if (first === undefined) return undefined;
  const after = othersAfter(asker, draft, others);
  if (after === undefined) return undefined;
  const { repeatAfter, every } = again;
  if (repeatAfter === undefined && others.length === 0) {
    return { survey: first.key, trigger: withDelay(trigger, delay), every };
  }
  const steps = [{ survey: first.key, ...(delay === undefined ? {} : { after: delay }) }, ...after];
  // The first step has the delay; that a programme begins when somebody joins is its trigger.
  return { steps, trigger, every, ...(repeatAfter === undefined ? {} : { repeatAfter }) };
}

function withDelay(trigger: Begin["trigger"], delay: string | undefined): Begin["trigger"] {
  return delay === undefined || trigger.on === "cron" ? trigger : { ...trigger, delay };
}

function othersAfter(asker: Asker, draft: Draft, others: readonly KnownSurvey[]) {
  const steps = others.map(({ key }, index) => ({ survey: key, after: draft.later[index]?.time }));
  for (const [index, { after }] of steps.entries()) {
    const clause = draft.surveys[index + 1]?.clause ?? asker.end;
    const isSame = draft.surveys[index + 1]?.row === draft.surveys[index]?.row;
    if (after === undefined)
      asker.ask(
        isSame ? "survey-two" : "step-when",
        clause,
        isSame ? { choices: [{ at: clause, words: "" }] } : {},
      );
  }
  for (const { clause } of draft.later.slice(others.length)) asker.ask("not-clear", clause);
  const complete = steps.flatMap(({ survey, after }) =>
    after === undefined ? [] : [{ survey, after }],
  );
  return complete.length === others.length && draft.later.length === others.length
    ? complete
    : undefined;
}

interface Again {
  readonly repeatAfter: string | undefined;
  readonly every: string | undefined;
}

/** Null when it was asked about. */
function againOf(
  asker: Asker,
  draft: Draft,
  trigger: Begin["trigger"],
  steps: number,
): Again | null {
  const everys = draft.everys.filter(
    ({ n, unit }) => !(trigger.on === "cron" && n === 1 && unit === "d"),
  );
  const [one, ...more] = [...everys.map((each) => ({ ...each, every: true })), ...draft.repeats];
  if (one === undefined) return { repeatAfter: undefined, every: undefined };
  for (const { clause } of more) askWhichHolds(asker, one.clause, clause);
  if (more.length > 0) return null;
  const { time, clause, every } = one;
  if (time === undefined) {
    asker.ask("repeat-missing", clause, {
      choices: [{ at: clause, words: asker.say("thenEvery", { time: said(asker, "90d") }) }],
    });
    return null;
  }
  const most = { at: clause, words: asker.say("atMostOnce", { time: said(asker, time) }) };
  if (!begins(trigger) && "once" in one && one.once) return { repeatAfter: undefined, every: time };
  if (!begins(trigger)) {
    // After each chat, every 90 days: it comes by itself, so only how often at most is left to say.
    asker.ask("every-impossible", clause, { choices: [most] });
    return null;
  }
  if (steps > 1 && every) {
    const words = asker.say("again", { time: said(asker, time) });
    asker.ask("repeat-from-where", clause, { choices: [{ at: clause, words }] });
    return null;
  }
  if (/[mh]$/.test(time)) {
    asker.ask("every-impossible", clause);
    return null;
  }
  return { repeatAfter: time, every: time };
}
