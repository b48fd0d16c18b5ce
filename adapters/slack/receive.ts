/** What Slack sends → an event of the port; undefined for everything that is nothing to us. */
import type { PlatformEvent } from "../../src/platform.ts";
import { receiveAction, receiveCommand, receiveShortcut, receiveView } from "./receive/acts.ts";
import { receiveMessage, receiveReaction } from "./receive/chat.ts";
import { receiveHomeOpened, receiveNews } from "./receive/news.ts";
import { envelope } from "./receive/payloads.ts";
import {
  type EventReading,
  ignored,
  type Reading,
  type ReceiveOptions,
} from "./receive/reading.ts";
import type { SlackWorkspace } from "./workspace.ts";

/** A payload on its way in, with the installation that it is for. */
export interface Incoming {
  readonly kind: "event" | "command" | "action" | "view" | "shortcut";
  readonly body: unknown;
  readonly workspace: SlackWorkspace;
}

/** @throws AppError when Slack has to be asked who somebody is and cannot be: not acknowledged then. */
export type Receive = (incoming: Incoming) => Promise<PlatformEvent | undefined>;

export function createReceive(options: ReceiveOptions): Receive {
  return async ({ kind, body, workspace }) => {
    const reading: Reading = {
      ...options,
      body,
      workspace,
      clock: options.now ?? Date.now,
      certain: async (who) => (await options.directory.member(workspace, who, "certain")).user,
    };
    switch (kind) {
      case "event":
        return receiveEvent(reading);
      case "command":
        return receiveCommand(reading);
      case "action":
        return receiveAction(reading);
      case "view":
        return receiveView(reading);
      case "shortcut":
        return receiveShortcut(reading);
    }
  };
}

async function receiveEvent(reading: Reading): Promise<PlatformEvent | undefined> {
  const parsed = envelope.safeParse(reading.body);
  if (!parsed.success) return ignored(reading, "event");
  const { event, event_id, event_time } = parsed.data;
  const { type } = event;
  const at = event_time === undefined ? undefined : new Date(event_time * 1000);
  const about: EventReading = { ...reading, id: event_id, at, type, event };
  switch (type) {
    case "message":
      return receiveMessage(about);
    case "reaction_added":
    case "reaction_removed":
      return receiveReaction(about);
    case "app_home_opened":
      return receiveHomeOpened(about);
    default:
      return receiveNews(about);
  }
}
