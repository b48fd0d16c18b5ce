/** What platforms tell of themselves while somebody sets up: asked outside of any transaction. */
import type { Engine } from "../../engine.ts";
import { AppError } from "../../errors.ts";
import type { PlatformGroup, SupportPlace } from "../../platform.ts";
import { type Connection, chatConnectionsOf } from "../../store/connections.ts";

export interface Seen {
  /** Groups of the connection on which it is set up; undefined where there are none to be had. */
  readonly groups: readonly PlatformGroup[] | undefined;
  /** Where support chats are looked for, by the id of the connection; only of those that tell. */
  readonly places: ReadonlyMap<string, readonly SupportPlace[]>;
}

/** Nothing was asked. */
export const unseen: Seen = { groups: undefined, places: new Map() };

type Asking = Pick<Engine, "platforms" | "log">;

/** What cannot be asked just now is left out. */
export async function lookAround(
  engine: Asking & Pick<Engine, "db">,
  connection: Connection,
): Promise<Seen> {
  const connections = await chatConnectionsOf(engine.db, connection.workspace.id);
  const places = await Promise.all(
    connections.map(async (each) => [each.id, await placesOf(engine, each)] as const),
  );
  return {
    groups: await groupsOf(engine, connection),
    places: new Map(places.flatMap(([id, found]) => (found === undefined ? [] : [[id, found]]))),
  };
}

/** Undefined: the platform has none, is served by another process, or does not answer now. */
export async function groupsOf(
  engine: Asking,
  { ref }: Pick<Connection, "ref">,
): Promise<readonly PlatformGroup[] | undefined> {
  return orNothing(engine, () => platformOf(engine, ref.platform)?.groups?.(ref));
}

async function placesOf(engine: Asking, { ref }: Connection) {
  return orNothing(engine, () => platformOf(engine, ref.platform)?.supportPlaces?.(ref));
}

function platformOf({ platforms = [] }: Asking, platform: string) {
  return platforms.find(({ name }) => name === platform);
}

async function orNothing<T>({ log }: Asking, ask: () => Promise<T> | undefined) {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ error }, "a platform could not be asked for a setup");
    return undefined;
  }
}
