/** What an adapter may ask of the core, for the adapters of one platform. */
import type { Engine } from "./engine.ts";
import type { CoreServices } from "./platform.ts";

/** The services for a platform: notes and bookmarks are its own, nobody else's. */
export function createCoreServices(_engine: Engine, _platform: string): CoreServices {
  return {
    bookmarks: async () => [],
    readNote: async () => undefined,
    keepNote: async () => {},
    suggest: async () => [],
  };
}
