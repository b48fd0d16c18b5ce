/** A schedule in plain words, for the command line and chat. Pure. */
import type { TextKey, Texts } from "../../locales/index.ts";
import { sayCron } from "./say-cron.ts";
import type { Audience, Limits, ScheduleDefinition, Trigger } from "./schedule.ts";
import { hoursOf } from "./timing.ts";

/** Sentences: what is asked when, of whom, and within which limits. */
export function describeSchedule(texts: Texts, definition: ScheduleDefinition): string[] {
  const { trigger, audience, limits } = definition;
  return [
    ...describeAsking(texts, definition),
    ...describePlaces(texts, trigger),
    ...(trigger.on === "cron" ? [texts.text(`schedule.missed.${trigger.missed}`)] : []),
    describeAudience(texts, audience),
    texts.text("schedule.limits", { list: joined(texts, describeLimits(texts, limits)) }),
  ];
}

/** What is asked when; of a programme one line for each step. */
export function describeAsking(texts: Texts, definition: ScheduleDefinition): string[] {
  const { survey = "", steps, repeatAfter, trigger } = definition;
  const when = sayWhen(texts, trigger);
  if (steps === undefined) return [texts.text("schedule.once", { survey, when })];
  const said = steps.map((step, index) =>
    texts.text("schedule.step", {
      n: index + 1,
      survey: step.survey,
      ...sayDelay(texts, step.after),
    }),
  );
  const again =
    repeatAfter === undefined
      ? []
      : [texts.text("schedule.repeat", { time: sayTime(texts, repeatAfter) })];
  return [texts.text("schedule.programme", { when }), ...said, ...again];
}

/** "as soon as a chat is closed" */
export function sayWhen(texts: Texts, trigger: Trigger): string {
  switch (trigger.on) {
    case "cron": {
      const { cron, timeZone: zone = "none" } = trigger;
      const days = sayCron(texts, cron);
      if (days !== undefined) return texts.text("schedule.when.fixed", { days, zone });
      return texts.text("schedule.when.cron", { cron, zone });
    }
    case "date": {
      const { before, delay, date, of } = trigger;
      const { delayed, time } = sayDelay(texts, before ?? delay);
      const how = delayed === "no" ? "day" : before === undefined ? "after" : "before";
      return texts.text("schedule.when.date", { how, time, date, of });
    }
    case "answer-given": {
      const { metric, from, to, delay } = trigger;
      return texts.text("schedule.when.answer-given", {
        ...sayDelay(texts, delay),
        metric: texts.text(`metric.${metric}.name`),
        range: sayRange(texts, { min: from, max: to }),
      });
    }
    case "signals-reached":
      return texts.text("schedule.when.signals-reached", {
        ...sayDelay(texts, trigger.delay),
        tier: trigger.tier,
      });
    default:
      return texts.text(`schedule.when.${trigger.on}`, sayDelay(texts, trigger.delay));
  }
}

/** `30d` as "30 days". */
function sayTime(texts: Texts, written: string): string {
  const unit = (["m", "h", "d", "w"] as const).find((each) => written.endsWith(each)) ?? "m";
  return texts.text(`schedule.time.${unit}`, { n: Number.parseInt(written, 10) });
}

function sayDelay(texts: Texts, written: string): { delayed: "yes" | "no"; time: string } {
  const delayed = Number.parseInt(written, 10) > 0 ? "yes" : "no";
  return { delayed, time: sayTime(texts, written) };
}

function sayRange(
  texts: Texts,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): string {
  if (min !== undefined && min === max) return String(min);
  const how = min === undefined ? "max" : max === undefined ? "min" : "both";
  return texts.text("schedule.range", { how, min: min ?? 0, max: max ?? 0 });
}

/** One thing and another. */
export function joined(texts: Texts, said: readonly string[]): string {
  return said.reduce((one, other) => texts.text("schedule.and", { one, other }));
}

/** Of several names one is enough. */
function sayNames(texts: Texts, names: readonly string[]): string {
  return new Intl.ListFormat(texts.language, { type: "disjunction" }).format(names);
}

/** In which chats only. */
export function describePlaces(texts: Texts, trigger: Trigger): string[] {
  if (trigger.on !== "chat-closed" && trigger.on !== "chat-reopened") return [];
  return (["teams", "channels"] as const).flatMap((place) => {
    const names = trigger[place];
    return names === undefined
      ? []
      : [texts.text(`schedule.places.${place}`, { names: sayNames(texts, names) })];
  });
}

const lists = ["accounts", "plans", "languages", "platforms", "tags", "teams"] as const;
const ranges = ["daysSinceJoined", "daysSinceLastChat", "daysSinceActive"] as const;

function describeAudience(texts: Texts, audience: Audience): string {
  const said = sayAudience(texts, audience);
  if (said.length === 0) return texts.text("schedule.whom.all");
  return texts.text("schedule.whom", { list: joined(texts, said) });
}

/** Everything that has to be true of whom it asks; nothing: every customer. */
export function sayAudience(texts: Texts, audience: Audience): string[] {
  const said: string[] = [];
  const say = (key: TextKey, params: Record<string, string>) => said.push(texts.text(key, params));
  for (const segment of lists) {
    const names = audience[segment];
    if (names !== undefined) say(`schedule.whom.${segment}`, { names: sayNames(texts, names) });
  }
  const { accountRole: role, lastScore, neverAnswered, signals: tier } = audience;
  if (role !== undefined) say("schedule.whom.accountRole", { role });
  if (lastScore !== undefined) {
    const metric = texts.text(`metric.${lastScore.metric}.name`);
    say("schedule.whom.lastScore", { metric, range: sayRange(texts, lastScore) });
  }
  for (const segment of ranges) {
    const range = audience[segment];
    if (range !== undefined) say(`schedule.whom.${segment}`, { range: sayRange(texts, range) });
  }
  if (neverAnswered !== undefined) {
    say("schedule.whom.neverAnswered", { never: neverAnswered ? "yes" : "no" });
  }
  if (tier !== undefined) say("schedule.whom.signals", { tier });
  return said;
}

/** Each limit that is set. */
export function describeLimits(texts: Texts, limits: Partial<Limits>): string[] {
  const { every, rest, sample, perDay, hours, remindAfter, expireAfter, waitAtMost } = limits;
  const timed = (key: TextKey, written: string | undefined) =>
    written === undefined ? [] : [texts.text(key, { time: sayTime(texts, written) })];
  return [
    ...timed("schedule.limits.every", every),
    ...timed("schedule.limits.rest", rest),
    ...(sample === undefined ? [] : [texts.text("schedule.limits.sample", { share: sample })]),
    ...(perDay === undefined ? [] : [texts.text("schedule.limits.perDay", { n: perDay })]),
    ...(hours === undefined ? [] : [texts.text("schedule.limits.hours", hoursOf(hours))]),
    ...(remindAfter === null
      ? [texts.text("schedule.limits.silent")]
      : timed("schedule.limits.remind", remindAfter)),
    ...timed("schedule.limits.expire", expireAfter),
    ...timed("schedule.limits.wait", waitAtMost),
    ...(limits.anyHour === true ? [texts.text("schedule.limits.anyHour")] : []),
  ];
}
