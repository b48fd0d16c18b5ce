/**
 * Buttons that are about no invitation. They read a lot and change little, so they run outside of
 * the inbox's transaction, as commands do; what they change is kept once by the event's id.
 */
import type { Engine } from "../engine.ts";
import type { EventOf, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { keepConsentWish } from "./consent.ts";
import { turnPage } from "./feedback.ts";
import { shareSummary } from "./share.ts";

/** Undefined for every other button, also for forged and foreign ones. */
export async function runButton(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
): Promise<Reply | undefined> {
  const content = engine.tokens.verify(event.token);
  if (content === undefined || content.workspaceId !== connection.workspace.id) return undefined;
  switch (content.verb) {
    case "share":
      return shareSummary(engine, connection, event, content);
    case "comments":
      return turnPage(engine, connection, event, content);
    case "consent":
      return keepConsentWish(engine, connection, event, content);
    default:
      return undefined;
  }
}
