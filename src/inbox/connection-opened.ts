/** We were let in somewhere while running: a guild invited the bot, a workspace installed the app. */
import { doWork, type Engine } from "../engine.ts";
import { AppError } from "../errors.ts";
import type { EventOf } from "../platform.ts";
import { type ConnectionSettings, openConnection } from "../store/connections.ts";
import { liftAll } from "../store/holds.ts";
import { noteEvent } from "../store/inbox.ts";

/** What becomes a connection when its platform tells that it opened. */
export interface Opening {
  /** Of this platform only. */
  readonly platform: string;
  readonly workspaceId: number;
  readonly settings: Partial<ConnectionSettings>;
}

/**
 * Makes the connection; of a known one only the name is new. What waited for it goes out. Errors:
 * `not-found` when nobody may open it here.
 */
export async function onConnectionOpened(
  engine: Engine,
  opening: Opening | undefined,
  event: EventOf<"connection-opened">,
): Promise<void> {
  const { id, kind, connection, name } = event;
  if (opening?.platform !== connection.platform) throw notHere(connection.platform);
  const { workspaceId, settings } = opening;
  await doWork(engine, async ({ transaction }) => {
    const ours = await openConnection(transaction, workspaceId, connection, name, settings);
    if (ours === undefined) throw notHere(connection.platform);
    const fresh = await noteEvent(transaction, workspaceId, ours, id, kind);
    if (fresh) await liftAll(transaction, workspaceId, ours);
    engine.reach("inbox.before_commit");
  });
  engine.reach("inbox.after_commit");
}

/** A connection that is not set up here. Without its id: errors are logged. */
export function notHere(platform: string): AppError {
  return new AppError("not-found", `the ${platform} connection is not set up here`, {
    advice: "Restart aftertalk with the settings of this platform.",
  });
}
