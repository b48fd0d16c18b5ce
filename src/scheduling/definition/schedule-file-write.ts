/** Schedules as one YAML file that people read and change: writing it. Pure. */
import { Document, isMap, isSeq } from "yaml";
import { textsFor } from "../../locales/index.ts";
import { describeSchedule } from "./describe.ts";
import type { Schedule } from "./schedule.ts";

const head = ` When people are asked what: read docs/schedules.md, change this file, then
 aftertalk schedules apply FILE --dry-run   shows what would change
 aftertalk schedules apply FILE             changes it
 state: on, paused or archived. Lines that begin with # are for people.`;

/** Reading it gives the same schedules in the same states. */
export function writeScheduleFile(
  schedules: readonly Pick<Schedule, "definition" | "state">[],
): string {
  const document = new Document({ schedules: schedules.map(scheduleAsWritten) });
  document.commentBefore = head;
  const list = document.get("schedules", true);
  if (isSeq(list)) {
    for (const [index, { definition }] of schedules.entries()) {
      const entry = list.items[index];
      if (!isMap(entry)) continue;
      const lines = describeSchedule(textsFor("en"), definition);
      entry.commentBefore = lines
        .flatMap((line) => line.split(/\s*\n\s*/))
        .map((line) => ` ${line}`)
        .join("\n");
      entry.spaceBefore = true;
    }
  }
  return document.toString({ lineWidth: 0 });
}

/** What is so anyway is not written, but for the limits that everybody asks about. */
export function scheduleAsWritten({ definition, state }: Pick<Schedule, "definition" | "state">) {
  const { name, kind, survey, steps, repeatAfter, trigger, audience, limits } = definition;
  const { anyHour, ...otherLimits } = limits;
  return {
    ...{ name, state, kind },
    ...(survey === undefined ? {} : { survey }),
    ...(steps === undefined ? {} : { steps: steps.map(withoutZero("after")) }),
    ...(repeatAfter === undefined ? {} : { repeatAfter }),
    trigger: trigger.on === "cron" ? trigger : withoutZero("delay")(trigger),
    ...(Object.keys(audience).length === 0 ? {} : { audience }),
    limits: anyHour ? limits : otherLimits,
  };
}

/** The zero that stands for "at once" where nothing is said. */
const zeros = { after: "0d", delay: "0m" } as const;

function withoutZero(field: keyof typeof zeros) {
  return (fields: object): object =>
    Object.fromEntries(
      Object.entries(fields).filter(([key, value]) => key !== field || value !== zeros[field]),
    );
}
