/** All schedules, and one of them as it is: state, plain words, next time, what can be done. Pure. */
import { textsFor } from "../../locales/index.ts";
import type { Message, Option, Part } from "../../platform.ts";
import { describeSchedule } from "../../scheduling/definition/describe.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { adminButton } from "../admin-action.ts";
import type { DraftContext } from "../draft-kind.ts";
import { keyOf } from "./key.ts";
import { sayShortly } from "./shortly.ts";
import { sayMoment } from "./zones.ts";

type Drawing = Pick<DraftContext, "engine" | "reader">;

/** So many on one page. */
const PAGE = 8;

export function listCard(drawing: Drawing, all: readonly Schedule[], page: number): Message {
  const { language, workspace } = drawing.reader;
  const texts = textsFor(language);
  const title = texts.text("schedule.list.title");
  const first = Math.max(0, Math.min(page, Math.ceil(all.length / PAGE) - 1)) * PAGE;
  const shown = all.slice(first, first + PAGE);
  const rows = shown.map((each) => {
    const { definition, state } = each;
    return [
      definition.name,
      `${texts.text(`change.state.${state}`)} · ${sayShortly(texts, each, workspace.timeZone)}`,
    ] as const;
  });
  const open = shown.map((each) =>
    adminButton(drawing, { action: "sched", value: keyOf(each), label: each.definition.name }),
  );
  const turn = (to: number, label: string): Option =>
    adminButton(drawing, { action: "sched-list", value: String(to), label });
  const pages: Option[] = [
    ...(first > 0 ? [turn(first / PAGE - 1, texts.text("feedback.previous"))] : []),
    ...(first + PAGE < all.length ? [turn(first / PAGE + 1, texts.text("feedback.next"))] : []),
  ];
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(rows.length === 0 ? [] : ([{ kind: "facts", rows }] satisfies Part[])),
      ...(open.length === 0
        ? []
        : ([
            { kind: "choices", options: open, pick: texts.text("schedule.list.pick") },
          ] satisfies Part[])),
      ...(pages.length === 0 ? [] : ([{ kind: "actions", options: pages }] satisfies Part[])),
      { kind: "note", text: texts.text("schedule.list.how") },
    ],
    locale: language,
  };
}

/** `lines`: what else there is to say of it. */
export function showCard(drawing: Drawing, schedule: Schedule, lines: readonly string[]): Message {
  const { language, workspace } = drawing.reader;
  const texts = textsFor(language);
  const { definition, state, version, nextAt } = schedule;
  const title = texts.text("change.schedule", { name: definition.name });
  const button = (action: string, key: Parameters<typeof texts.text>[0]) =>
    adminButton(drawing, { action, value: keyOf(schedule), label: texts.text(key) });
  const stateLine = texts.text("schedule.show.state", {
    state: texts.text(`change.state.${state}`),
    version,
    next: nextAt === null ? "none" : sayMoment(nextAt, language, workspace.timeZone),
  });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      { kind: "text", text: stateLine },
      { kind: "text", text: describeSchedule(texts, definition).join("\n") },
      ...lines.map((text) => ({ kind: "text", text }) as const),
      {
        kind: "actions",
        options: [
          state === "on"
            ? button("sched-off", "schedule.button.off")
            : button("sched-on", "schedule.button.turn-on"),
          button("sched-edit", "schedule.button.change"),
          button("sched-look", "schedule.button.look"),
          button("sched-past", "schedule.button.history"),
          ...(state === "archived" ? [] : [button("sched-put", "schedule.button.archive-ask")]),
        ],
      },
    ],
    locale: language,
  };
}
