/** What an adapter may ask of the core, kept in memory: for tests of adapters. */
import type {
  Bookmark,
  ConnectionRef,
  CoreServices,
  GrantedRole,
  Suggestion,
  SuggestionList,
  SuggestRequest,
} from "../../src/platform.ts";

export interface FakeCoreServices extends CoreServices {
  /** By name, as they are kept now. */
  readonly notes: Map<string, string>;
  /** What is offered for a list, whatever was typed. */
  readonly offered: Map<SuggestionList, readonly Suggestion[]>;
  /** What was granted, on every connection: by the ids of users and of groups. */
  readonly grants: {
    readonly users: Map<string, GrantedRole>;
    readonly groups: Map<string, GrantedRole>;
  };
  /** What was asked for, oldest first. */
  readonly suggestRequests: SuggestRequest[];
  /** Keeps how far a place was read, as the inbox does with an event; `at` defaults to now. */
  keep(connection: ConnectionRef, bookmark: Bookmark, at?: Date): void;
}

/** Services over a memory of their own; hand the same ones in again for a restart. */
export function fakeCoreServices(): FakeCoreServices {
  const notes = new Map<string, string>();
  const kept = new Map<string, Bookmark & { readonly keptAt: Date }>();
  const offered: FakeCoreServices["offered"] = new Map();
  const suggestRequests: SuggestRequest[] = [];
  const grants: FakeCoreServices["grants"] = { users: new Map(), groups: new Map() };
  const nameOf = ({ platform, externalId }: ConnectionRef) => `${platform} ${externalId} `;
  return {
    notes,
    offered,
    grants,
    suggestRequests,
    keep(connection, { place, position }, at = new Date()) {
      kept.set(nameOf(connection) + place, { place, position, keptAt: at });
    },
    async bookmarks(connection, since) {
      return [...kept]
        .filter(([key, { keptAt }]) => key.startsWith(nameOf(connection)) && keptAt >= since)
        .map(([, bookmark]) => bookmark)
        .sort((a, b) => b.keptAt.getTime() - a.keptAt.getTime());
    },
    readNote: async (name) => notes.get(name),
    async keepNote(name, value) {
      if (value.length > 10_000) throw new RangeError("A note holds 10 000 characters.");
      notes.set(name, value);
    },
    async suggest(request) {
      suggestRequests.push(request);
      return offered.get(request.list) ?? [];
    },
    granted: async () => grants,
  };
}
