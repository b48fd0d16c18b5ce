/** Whether somebody who is about to be asked wants to be left alone, by what their platform tells. */
import type { Engine } from "../../engine.ts";
import type { ChatPlatform, ConnectionRef } from "../../platform.ts";
import { readCandidates } from "../../store/candidates.ts";
import { readDueOf } from "../../store/deciding.ts";
import { decideAll } from "./decide-all.ts";
import { inTurn } from "./in-turn.ts";

/** A platform that has told nothing by then is not waited for. */
const PATIENCE_MS = 2000;

/** Asks the platform of a connection; `undefined` at once where the platform cannot tell. */
export type QuietUntil = (
  connection: ConnectionRef,
  userId: string,
) => Promise<Date | undefined> | undefined;

/** The question that would be asked now, and until when its person does not want it. */
export interface Quiet {
  readonly invitationId: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** What the platforms tell. */
export function createQuietUntil(platforms: ReadonlyMap<string, ChatPlatform>): QuietUntil {
  return (connection, userId) =>
    platforms.get(connection.platform)?.quietUntil?.(connection, userId);
}

/**
 * Asks about the one question to this human that passes all gates now, if there is one; outside of
 * any transaction. Who cannot be asked about it, or does not answer in time, lets the question pass.
 */
export async function quietNow(
  engine: Engine,
  workspaceId: number,
  personId: string,
  quietUntil: QuietUntil,
): Promise<Quiet | undefined> {
  const now = engine.clock.now();
  const places = inTurn(await readDueOf(engine.db, workspaceId, personId, now), ({ due }) => due);
  if (places.length === 0) return undefined;
  const subjects = places.map(({ due }) => due);
  const candidates = await readCandidates(engine.db, workspaceId, subjects, now);
  const decisions = decideAll(candidates, now.getTime());
  const next = places[decisions.findIndex((decision) => decision?.verdict === "ask")];
  // Somebody of the team, or the person, wants it at this time.
  if (next === undefined || next.due.kind === "manual" || next.due.present === true)
    return undefined;
  const until = await patiently(engine, async () => quietUntil(next.connection, next.userId));
  return until && { invitationId: next.due.invitationId, until: until.getTime() };
}

async function patiently<T>(
  { log }: Engine,
  tell: () => Promise<T | undefined>,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([tell(), tired]);
  } catch (error) {
    log.debug({ error }, "whether somebody wants to be left alone could not be found out");
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
