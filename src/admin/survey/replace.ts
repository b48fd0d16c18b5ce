/** A survey that takes the place of another one, which measures something else. Pure. */
import type { Change } from "../../configuration/change.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import type { Texts } from "../../locales/index.ts";
import type { MetricName } from "../../metrics/metric.ts";
import type { Part } from "../../platform.ts";
import type { ScheduleDefinition } from "../../scheduling/definition/schedule.ts";
import type { SurveyDraft } from "./content.ts";
import { listOf, text } from "./drawing.ts";

type Schedules = readonly (readonly [
  string,
  { readonly definition: ScheduleDefinition; readonly version: number },
])[];

function schedulesIn({ schedules }: Configuration): Schedules {
  return [...schedules].flatMap(([name, { definition, state, version }]) =>
    definition === undefined || state === "archived"
      ? []
      : [[name, { definition, version }] as const],
  );
}

function asks({ survey, steps = [] }: ScheduleDefinition, key: string): boolean {
  return survey === key || steps.some((step) => step.survey === key);
}

/** What asked the one asks the other; of both the same one is on as before, in the new one's place. */
export function replaceChanges(
  { key, replaces }: Pick<SurveyDraft, "key" | "replaces">,
  now: Configuration,
): Change[] {
  if (replaces === undefined) return [];
  const instead = (survey: string) => (survey === replaces ? key : survey);
  const schedules = schedulesIn(now).flatMap(([, { definition, version }]): Change[] => {
    if (!asks(definition, replaces)) return [];
    const { survey, steps } = definition;
    const made = {
      ...definition,
      ...(survey && { survey: instead(survey) }),
      ...(steps && { steps: steps.map((step) => ({ ...step, survey: instead(step.survey) })) }),
    };
    return [{ kind: "schedule", definition: made, base: version }];
  });
  const wasOn = now.surveys.get(replaces)?.state === "on";
  const states: Change[] = [
    { kind: "survey-state", key: replaces, to: "paused", was: "on" },
    { kind: "survey-state", key, to: "on", was: "paused" },
  ];
  return [...schedules, ...(wasOn ? states : [])];
}

/** What becomes of the old one and its figures, and which schedules go by answers that come no more. */
export function replaceParts(
  texts: Texts,
  { key, replaces, definition }: SurveyDraft,
  now: Configuration,
): Part[] {
  if (replaces === undefined) return [];
  const old = now.surveys.get(replaces)?.definition?.metric;
  const said = (metric: MetricName | undefined) =>
    metric === undefined ? "none" : texts.text(`metric.${metric}.name`);
  const by = old === undefined ? [] : goingBy(now, old);
  const names = listOf(by, texts.language);
  return [
    ...text(texts.text("survey.replace.how", { key, old: replaces })),
    ...text(texts.text("survey.replace.counts", { was: said(old), is: said(definition.metric) })),
    ...(by.length === 0
      ? []
      : text(texts.text("survey.replace.going-by", { metric: said(old), names }))),
  ];
}

/** Schedules that ask by what somebody answered to a metric. */
function goingBy(now: Configuration, metric: MetricName): string[] {
  return schedulesIn(now).flatMap(([name, { definition }]) => {
    const { trigger, audience } = definition;
    const begins = trigger.on === "answer-given" && trigger.metric === metric;
    return begins || audience.lastScore?.metric === metric ? [name] : [];
  });
}
