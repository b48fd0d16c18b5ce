/** The buttons that pause, resume and archive a survey. */
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message } from "../../platform.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import type { AdminAction, AdminPress } from "../admin-action.ts";
import { applyFromChat } from "../apply.ts";
import type { Drawing } from "../stop/stopped.ts";
import { keyOf, stateCard } from "./state-card.ts";
import { type Asked, askedIn } from "./state-value.ts";
import { inTheWay, stateChanges, stateStep } from "./survey-state.ts";

/** Who may change what is asked. */
export const STATE_ROLES = ["admin"] as const;

/** A survey was chosen from a list: what it would mean. */
export const showState: AdminAction = { roles: STATE_ROLES, screen };

export const changeState: AdminAction = {
  roles: STATE_ROLES,
  screen,
  async press(context, press) {
    const { db, reader } = context;
    const now = await readConfiguration(db, reader.workspace.id);
    const asked = askedIn(press.value);
    const key = asked && keyOf(now, asked);
    const step = asked && key !== undefined ? stateStep(now, key, asked.to) : undefined;
    if (asked === undefined || step === undefined)
      return { kind: "update", message: gone(context) };
    const schedules = asked.schedules ? inTheWay(now, step) : [];
    const changes = stateChanges(step, asked.was, schedules);
    const { message } = await applyFromChat(context, changes, { origin: "chat" });
    return { kind: "update", message };
  },
};

async function screen(drawing: Drawing, press: AdminPress): Promise<Message> {
  const asked: Asked | undefined = askedIn(press.value);
  const now = await readConfiguration(drawing.db, drawing.reader.workspace.id);
  const key = asked && keyOf(now, asked);
  return asked === undefined || key === undefined
    ? gone(drawing)
    : stateCard(drawing, key, asked.to);
}

function gone({ reader }: Pick<Drawing, "reader">): Message {
  return lineMessage(reader.language, textsFor(reader.language).text("admin.gone"));
}
