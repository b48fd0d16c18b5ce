/** The core's services for tests of adapters: kept in memory, and there to be looked at. */
import type {
  Bookmark,
  ConnectionRef,
  CoreServices,
  Suggestion,
  SuggestionList,
  SuggestRequest,
} from "../../src/platform.ts";

export interface FakeCoreServices extends CoreServices {
  /** By name, as they are kept now. */
  readonly notes: Map<string, string>;
  /** What is offered for a list, whatever was typed. */
  readonly offered: Map<SuggestionList, readonly Suggestion[]>;
  /** What was asked for, oldest first. */
  readonly suggestRequests: SuggestRequest[];
  /** As if an event or a receipt had brought it; kept now unless told when. */
  bookmark(connection: ConnectionRef, bookmark: Bookmark, keptAt?: Date): void;
}

interface Kept extends Bookmark {
  readonly connection: ConnectionRef;
  readonly keptAt: Date;
}

/** Services over a memory of their own; hand the same ones in again for a restart. */
export function fakeCoreServices(): FakeCoreServices {
  const notes = new Map<string, string>();
  const kept = new Map<string, Kept>();
  const offered: FakeCoreServices["offered"] = new Map();
  const suggestRequests: SuggestRequest[] = [];
  return {
    notes,
    offered,
    suggestRequests,
    bookmark(connection, bookmark, keptAt = new Date()) {
      const { platform, externalId } = connection;
      const key = [platform, externalId, bookmark.place].join(" ");
      kept.set(key, { ...bookmark, connection, keptAt });
    },
    async bookmarks({ platform, externalId }, since) {
      return [...kept.values()]
        .filter(({ connection }) => connection.platform === platform)
        .filter(({ connection }) => connection.externalId === externalId)
        .filter(({ keptAt }) => keptAt >= since)
        .map(({ place, position, keptAt }) => ({ place, position, keptAt }))
        .sort((a, b) => b.keptAt.getTime() - a.keptAt.getTime());
    },
    async readNote(name) {
      return notes.get(name);
    },
    async keepNote(name, value) {
      if (value.length > 10_000) throw new RangeError("a note is too long");
      notes.set(name, value);
    },
    async suggest(request) {
      suggestRequests.push(request);
      return offered.get(request.list) ?? [];
    },
  };
}
