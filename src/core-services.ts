/** What an adapter may ask of the core, for the adapters of one platform. */
import { suggestFor } from "./commands/suggest.ts";
import type { Engine } from "./engine.ts";
import type { CoreServices } from "./platform.ts";
import { readBookmarks } from "./store/bookmarks.ts";
import { findConnection } from "./store/connections.ts";
import { keepNote, readNote } from "./store/notes.ts";
import { readGranted } from "./store/role-grants.ts";

/** The services for a platform: notes are its own. Of a connection that is not here there is nothing. */
export function createCoreServices(engine: Engine, platform: string): CoreServices {
  const { db, clock } = engine;
  return {
    async bookmarks(ref, since) {
      const connection = await findConnection(db, ref);
      if (connection === undefined) return [];
      return readBookmarks(db, connection.workspace.id, connection.id, since);
    },
    readNote: (name) => readNote(db, platform, name),
    keepNote: (name, value) => keepNote(db, platform, { name, value }, clock.now()),
    async suggest(request) {
      const connection = await findConnection(db, request.connection);
      return connection === undefined ? [] : suggestFor(engine, connection, request);
    },
    async granted(ref) {
      const connection = await findConnection(db, ref);
      if (connection === undefined) return { users: new Map(), groups: new Map() };
      return readGranted(db, connection.workspace.id, connection.id);
    },
  };
}
