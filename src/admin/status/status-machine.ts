/** Of the status card: the queue, what did not arrive, connections and clocks, each with what to do. Pure. */
import { sayMoment } from "../../commands/moment.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import type { Part } from "../../platform.ts";
import { adminButton } from "../admin-action.ts";
import type { Drawing } from "../stop/stopped.ts";
import type { MachineFacts } from "./status-facts.ts";

export const JOBS_AGAIN = "jobs-again";

/** Clocks that differ by more are told of, in seconds. */
const APART_S = 30;
/** What has been due for longer was not looked at: the service is behind, or not running as it should. */
const BEHIND_MS = 10 * 60 * 1000;
/** How a delivery is given up after many tries. */
const GAVE_UP = "gave-up";

export function machineParts(drawing: Drawing, facts: MachineFacts, now: Date): Part[] {
  const texts = textsFor(drawing.reader.language);
  const { queue, sending } = facts;
  const troubles = [
    ...connectionParts(texts, facts),
    ...deadParts(drawing, texts, facts),
    ...failedParts(texts, facts),
    ...behindParts(drawing, texts, facts, now),
    ...clockParts(texts, facts),
  ];
  return [
    title(texts.text("status.queue")),
    {
      kind: "facts",
      rows: [
        [texts.text("status.questions"), texts.text("status.questions.n", { ...numbers(queue) })],
        [
          texts.text("status.messages"),
          texts.text("status.messages.n", { n: sending.underWay, again: sending.retrying }),
        ],
      ],
    },
    troubles.length > 0
      ? title(texts.text("status.troubles"))
      : text(texts.text("status.troubles.none")),
    ...troubles,
  ];
}

function numbers({ due, underWay, waiting }: MachineFacts["queue"]) {
  return { due, underWay, waiting };
}

function connectionParts(texts: Texts, { connections }: MachineFacts): Part[] {
  const rows = connections.map(({ name, state }) => {
    return [name, texts.text(`status.connection.${state}`)] as const;
  });
  const troubled = connections.some(({ state }) => state !== "ready");
  if (!troubled) return [];
  return [{ kind: "facts", rows }, note(texts.text("status.connection.advice"))];
}

function deadParts(drawing: Drawing, texts: Texts, { dead }: MachineFacts): Part[] {
  if (dead.length === 0) return [];
  const count = (queue: string) => dead.filter((job) => job.queue === queue).length;
  const said = texts.text("status.dead", {
    ...{ n: dead.length, ask: count("ask"), deliver: count("deliver"), remove: count("remove") },
  });
  const label = texts.text("status.dead.again");
  const button = adminButton(drawing, { action: JOBS_AGAIN, label });
  return [
    text(said),
    note(texts.text("status.dead.advice")),
    { kind: "actions", options: [button] },
  ];
}

function failedParts(texts: Texts, { sending }: MachineFacts): Part[] {
  const sum = (gaveUp: boolean) =>
    sending.failed
      .filter(({ reason }) => (reason === GAVE_UP) === gaveUp)
      .reduce((all, { n }) => all + n, 0);
  const rows = [
    [texts.text("status.failed.closed"), sum(false)],
    [texts.text("status.failed.gave-up"), sum(true)],
  ] as const;
  const known = rows.filter(([, n]) => n > 0).map(([label, n]) => [label, String(n)] as const);
  if (known.length === 0) return [];
  return [
    title(texts.text("status.failed")),
    { kind: "facts", rows: known },
    note(texts.text("status.failed.advice")),
  ];
}

function behindParts(
  { reader }: Drawing,
  texts: Texts,
  { queue }: MachineFacts,
  now: Date,
): Part[] {
  const { dueSince } = queue;
  if (dueSince === null || now.getTime() - dueSince.getTime() < BEHIND_MS) return [];
  const at = sayMoment(dueSince, "moment", reader.language, reader.workspace.timeZone);
  return [text(texts.text("status.behind", { at }))];
}

function clockParts(texts: Texts, { clockSeconds }: MachineFacts): Part[] {
  const seconds = Math.abs(clockSeconds);
  return seconds > APART_S ? [text(texts.text("status.clock", { seconds }))] : [];
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
