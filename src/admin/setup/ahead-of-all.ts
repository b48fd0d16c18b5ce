/** What all schedules together would do, on a card. Pure. */
import { isTextKey, type Texts } from "../../locales/index.ts";
import type { Part } from "../../platform.ts";
import type { PreviewOfAll } from "../../scheduling/preview/preview-all.ts";
import { sayReason } from "../../scheduling/why/explain.ts";
import { AHEAD_DAYS } from "../schedule/foresee.ts";
import { sayMoment, sayZone } from "../schedule/zones.ts";

/** So many reasons for holding back are told. */
const MOST_REASONS = 3;

/** How many of whom, on which occasions, who for example, what holds questions back. */
export function allAheadParts(
  texts: Texts,
  timeZone: string,
  preview: PreviewOfAll,
  isStopped: boolean,
): Part[] {
  const { people, questions, busiestWeek, held, examples, schedules, replayed } = preview;
  const heading: Part = {
    ...{ kind: "heading", minor: true },
    text: texts.text("setup.ahead", { days: AHEAD_DAYS }),
  };
  if (isStopped) return [heading, { kind: "text", text: texts.text("setup.ahead.stopped") }];
  const reasons = held.slice(0, MOST_REASONS).map(({ reason, questions: n }): Part => {
    const why = sayReason(texts, reason, timeZone);
    return { kind: "note", text: texts.text("setup.ahead.held", { n, why }) };
  });
  if (questions === 0) {
    const example: Part = { kind: "note", text: texts.text("setup.ahead.nobody.example") };
    const nobody: Part = { kind: "text", text: texts.text("setup.ahead.nobody") };
    return [heading, nobody, ...(reasons.length > 0 ? reasons : [example])];
  }
  const rows = schedules.flatMap((each): [string, string][] =>
    each.questions === 0
      ? []
      : [
          [
            scheduleName(texts, each.schedule),
            texts.text("setup.ahead.row", { people: each.people, questions: each.questions }),
          ],
        ],
  );
  const some = examples.map(({ name, schedule, at }): [string, string] => [
    name,
    texts.text("setup.ahead.example", {
      what: scheduleName(texts, schedule),
      when: sayMoment(at, texts.language, timeZone),
    }),
  ]);
  return [
    heading,
    { kind: "text", text: texts.text("setup.ahead.all", { people, questions, week: busiestWeek }) },
    { kind: "facts", rows },
    ...(some.length > 0
      ? [
          {
            ...({ kind: "heading", minor: true } as const),
            text: texts.text("setup.ahead.examples", { timeZone: sayZone(timeZone) }),
          },
          { kind: "facts", rows: some } as const,
        ]
      : []),
    ...reasons,
    { kind: "note", text: texts.text(replayed ? "setup.ahead.replayed" : "setup.ahead.known") },
  ];
}

/** Standard ones by what they are for, others by their own name. */
export function scheduleName(texts: Texts, name: string): string {
  const key = `setup.item.${name}`;
  return isTextKey(key) ? texts.text(key) : name;
}
