/** `/survey status` as a card: what runs, what is held back and why, and what needs somebody. */
import { mayRead } from "../../commands/command.ts";
import { scopeOf } from "../../commands/scope.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Part } from "../../platform.ts";
import { sayReason } from "../../scheduling/why/explain.ts";
import { dayAt, startOfDay } from "../../store/zone-days.ts";
import { sayShortly } from "../schedule/shortly.ts";
import { type Drawing, stoppedParts } from "../stop/stopped.ts";
import {
  type AskingFacts,
  type Running,
  readAsking,
  readMachine,
  readRunning,
} from "./status-facts.ts";
import { machineParts } from "./status-machine.ts";

/** So many rows of a list stand on the card. */
const ROWS = 8;

export async function statusCard(drawing: Drawing): Promise<Message> {
  const { engine, db, reader } = drawing;
  const { workspace, person, language } = reader;
  const texts = textsFor(language);
  const now = engine.clock.now();
  const today = startOfDay(dayAt(now, workspace.timeZone), workspace.timeZone);
  const running = await readRunning(db, workspace.id);
  const stopped = await stoppedParts(drawing);
  const heading = texts.text("status.title");
  // Who leads some teams is told what runs, and not how much everybody is asked.
  const whole =
    mayRead(person.role) && (await scopeOf(db, { workspace, person })).sees === "everything";
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      ...(stopped.length > 0 ? stopped : [text(texts.text("status.asking"))]),
      ...runningParts(texts, drawing, running),
      ...(whole
        ? askingParts(texts, workspace.timeZone, await readAsking(db, workspace.id, { now, today }))
        : []),
      ...(person.role === "admin"
        ? machineParts(drawing, await readMachine(drawing, now), now)
        : []),
    ],
    locale: language,
  };
}

function runningParts(texts: Texts, { reader }: Drawing, running: Running): Part[] {
  const { afterChat, schedules } = running;
  const chat =
    afterChat === undefined
      ? texts.text("status.after-chat.none")
      : afterChat === null
        ? texts.text("why.what.survey")
        : texts.text(`metric.${afterChat}.name`);
  const rows = schedules.slice(0, ROWS).map((schedule) => {
    const line = sayShortly(texts, schedule, reader.workspace.timeZone);
    return [schedule.definition.name, line] as const;
  });
  return [
    title(texts.text("status.running")),
    { kind: "facts", rows: [[texts.text("status.after-chat"), chat], ...rows] },
    ...(schedules.length === 0 ? [note(texts.text("status.schedules.none"))] : []),
    ...rest(texts, schedules.length),
  ];
}

function askingParts(texts: Texts, timeZone: string, facts: AskingFacts): Part[] {
  const { day, week, waiting } = facts;
  const held = waiting.flatMap(({ reason, n }) => {
    return reason === null ? [] : [[sayReason(texts, reason, timeZone), String(n)] as const];
  });
  return [
    title(texts.text("status.asked")),
    {
      kind: "facts",
      rows: [
        [texts.text("status.today"), texts.text("status.asked.n", { ...day })],
        [texts.text("status.week"), texts.text("status.asked.n", { ...week })],
      ],
    },
    ...(held.length > 0
      ? ([
          title(texts.text("status.held")),
          { kind: "facts", rows: held.slice(0, ROWS) },
        ] satisfies Part[])
      : [text(texts.text("status.held.none"))]),
    ...rest(texts, held.length),
  ];
}

/** Says that a list is longer than what is shown of it. */
function rest(texts: Texts, all: number): Part[] {
  return all > ROWS ? [note(texts.text("why.waiting.more", { n: all - ROWS }))] : [];
}

function title(said: string): Part {
  return { kind: "heading", text: said, minor: true };
}

function text(said: string): Part {
  return { kind: "text", text: said };
}

function note(said: string): Part {
  return { kind: "note", text: said };
}
