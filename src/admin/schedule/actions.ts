/** Buttons of the lists of schedules. All of them only show, or begin a draft: they look ahead. */
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message } from "../../platform.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import type { AdminAction } from "../admin-action.ts";
import { numberIn, withKey } from "./key.ts";
import { listCard } from "./list-card.ts";
import * as tell from "./tell.ts";

type Show = (
  asking: tell.Asking,
  schedule: Schedule,
  number: number | undefined,
) => Message | Promise<Message>;

const ofOne: Readonly<Record<string, Show>> = {
  sched: tell.showSchedule,
  "sched-edit": (asking, schedule) => tell.editSchedule(asking, schedule, ""),
  "sched-on": tell.turnOn,
  "sched-off": tell.turnOff,
  "sched-look": tell.lookAtSchedule,
  "sched-past": (asking, schedule, page) => tell.pastOf(asking, schedule, page ?? 0),
  "sched-back": tell.rollBack,
  "sched-put": tell.putAway,
};

function action(show: Show): AdminAction {
  return {
    roles: ["admin"],
    async screen({ engine, reader, connection }, { value, event }) {
      const asking = { engine, reader, connection, pictures: event.pictures !== false };
      const schedule = withKey(await tell.schedulesOf(asking), value);
      if (schedule === undefined) {
        return lineMessage(reader.language, textsFor(reader.language).text("schedule.gone"));
      }
      return show(asking, schedule, numberIn(value));
    },
  };
}

const list: AdminAction = {
  roles: ["admin"],
  async screen({ engine, reader }, { value }) {
    const all = await tell.schedulesOf({ engine, reader });
    return listCard({ engine, reader }, all, Number(value ?? "0") || 0);
  },
};

export const scheduleActions: readonly (readonly [string, AdminAction])[] = [
  ["sched-list", list],
  ...Object.entries(ofOne).map(([name, show]) => [name, action(show)] as const),
];
