/** Which answers a view is narrowed down to, and by what it is cut. */

/** What a view can be narrowed down to. */
export const filterNames = [
  "team",
  "agent",
  "channel",
  "touchpoint",
  "account",
  "platform",
  "language",
  "tag",
] as const;
export type FilterName = (typeof filterNames)[number];

/** What a summary can be cut by: all of that, and the score itself. The order is that of help texts. */
export const cuts = [...filterNames, "score"] as const;
export type Cut = (typeof cuts)[number];

/**
 * One part of a filter: any of `values` is meant. They are spellings as they are stored; for an agent
 * our ids of the rows of one human, for an account our id.
 */
export interface Kept {
  readonly values: readonly string[];
  /** How people call it. */
  readonly label: string;
}

/** All parts hold at once; one that is absent leaves nothing out. */
export type Filter = { readonly [Name in FilterName]?: Kept };

/** True for a filter that picks nothing but teams. */
export function isOfTeams(filter: Filter): boolean {
  return filterNames.every((name) => name === "team" || filter[name] === undefined);
}

/** True when nothing is left out. */
export function keepsAll(filter: Filter): boolean {
  return filterNames.every((name) => filter[name] === undefined);
}
