/** `/survey schedule`: when what is asked of whom, by a sentence or part by part, and what was before. */

import { listCard } from "../../admin/schedule/list-card.ts";
import * as tell from "../../admin/schedule/tell.ts";
import { readTyped, readVersions, scheduleWords } from "../../admin/schedule/typed.ts";
import { withStopped } from "../../admin/stop/stopped.ts";
import { textsFor } from "../../locales/index.ts";
import type { Message } from "../../platform.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import type { AdminCommand } from "../command.ts";

export const surveyScheduleCommand: AdminCommand = {
  name: "schedule",
  roles: ["admin"],
  options: [
    { name: "action", words: scheduleWords },
    { name: "name", suggests: "schedule", prefix: "name:" },
    { name: "sentence" },
  ],
  async act(engine, { text, pictures, connection, ...reader }) {
    const asking = { engine, reader, connection, pictures };
    const all = await tell.schedulesOf(asking);
    const message = await answer(asking, all, text);
    const drawing = { ...asking, db: asking.engine.db };
    return { kind: "message", message: await withStopped(drawing, message) };
  },
};

async function answer(
  asking: tell.Asking,
  all: readonly Schedule[],
  text: string,
): Promise<Message> {
  const typed = readTyped(
    text,
    all.map(({ definition }) => definition.name),
  );
  if (typed.word === "list") return listCard(asking, all, 0);
  if (typed.word === "add") return tell.addSchedule(asking, typed);
  const schedule = all.find(({ definition }) => definition.name === typed.name);
  if (typed.word === "unknown" || schedule === undefined) return noSchedule(asking, all, typed);
  switch (typed.word) {
    case "show":
      return tell.showSchedule(asking, schedule);
    case "edit":
      return tell.editSchedule(asking, schedule, typed.rest);
    case "on":
      return tell.turnOn(asking, schedule);
    case "off":
      return tell.turnOff(asking, schedule);
    case "preview":
      return tell.lookAtSchedule(asking, schedule);
    case "history":
      return tell.pastOf(asking, schedule, 0);
    case "diff":
      return tell.compare(asking, schedule, typed.rest);
    case "rollback":
      return tell.rollBack(asking, schedule, readVersions(typed.rest)[0]);
    case "archive":
      return tell.putAway(asking, schedule);
  }
}

/** Longer words are no name. */
const MOST_SHOWN = 40;

/** The nearest name, and all of them to choose from. */
function noSchedule(
  asking: tell.Asking,
  all: readonly Schedule[],
  { name, near = "none" }: { readonly name: string; readonly near?: string | undefined },
): Message {
  const texts = textsFor(asking.reader.language);
  const said = texts.text("schedule.unknown", { typed: name === "" ? "none" : "some", near });
  const list = listCard(asking, all, 0);
  return {
    ...list,
    summary: said,
    parts: [
      { kind: "text", text: said },
      ...(name === "" ? [] : [{ kind: "quote", text: name.slice(0, MOST_SHOWN) } as const]),
      ...list.parts.slice(1),
    ],
  };
}
