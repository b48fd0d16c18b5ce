/** Everything that is kept about a human, for themselves. */
import type { Db } from "../store/schema.ts";

/** One answer of theirs, as a reader wants to see it. */
export interface OwnAnswer {
  readonly askedAt: string | null;
  readonly answeredAt: string;
  readonly metric: string | null;
  readonly score: number | null;
  readonly choice: string | null;
  readonly text: string | null;
}

/** `tables` is complete; the rest is what a summary in words is made of. Times are ISO 8601 in UTC. */
export interface OwnData {
  readonly format: "aftertalk-own-data-1";
  readonly madeAt: string;
  readonly workspace: string;
  readonly names: readonly string[];
  readonly emails: readonly string[];
  /** Where we know them from. */
  readonly platforms: readonly string[];
  readonly consent: "open" | "paused" | "never";
  readonly pausedUntil: string | null;
  /** When we first heard of them. */
  readonly since: string;
  /** How often they were asked. */
  readonly asked: number;
  /** Oldest first. */
  readonly answers: readonly OwnAnswer[];
  readonly chats: number;
  readonly cases: number;
  readonly quotes: number;
  /** Every personal column of every table that has something of theirs: docs/privacy.md. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** Reads it; `undefined` when there is no such person. `personId` is any row of the human. */
export async function readOwnData(
  _db: Db,
  _workspaceId: number,
  _personId: string,
  _now: Date,
): Promise<OwnData | undefined> {
  return undefined;
}
