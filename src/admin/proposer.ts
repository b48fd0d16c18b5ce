/**
 * Whether whoever wants a change is an admin at this moment. Two admins stand for a change that waits:
 * when the first is none any more, the second alone would decide.
 */
import { doWork, type Engine } from "../engine.ts";
import { AppError } from "../errors.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { meetPerson } from "../people/meet.ts";
import type { Reply } from "../platform.ts";
import { whereMet } from "../store/admins.ts";
import { readChangeSet } from "../store/change-sets.ts";
import { readConnection } from "../store/connections.ts";
import { readPerson } from "../store/people.ts";
import { sayWhoOf } from "./change-people.ts";
import type { DraftContext } from "./draft-kind.ts";

/** Why nobody can agree to it: whoever wants it is no admin; undefined when that is not so. */
export async function proposerGone(
  engine: Engine,
  { workspace, language }: Pick<DraftContext["reader"], "workspace" | "language">,
  changeSetId: string,
): Promise<Reply | undefined> {
  const { db } = engine;
  const set = await readChangeSet(db, workspace.id, changeSetId);
  if (set?.state !== "proposed") return undefined;
  const texts = textsFor(language);
  try {
    if (await isAdminNow(engine, workspace.id, set.by)) return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    engine.log.warn({ error }, "the platform could not be asked who wants a change");
    return lineReply(language, texts.text("roles.away"));
  }
  const { who } = await sayWhoOf(db, workspace.id, texts, [set.by]);
  return lineReply(language, texts.text("change.approve.gone", { name: who(set.by) }));
}

/** By what their platform says now. @throws what the platform throws when it cannot be asked. */
async function isAdminNow(engine: Engine, workspaceId: number, by: string): Promise<boolean> {
  const { db, platforms = [] } = engine;
  const met = await whereMet(db, workspaceId, by);
  if (met === undefined) return false;
  const { ref } = await readConnection(db, workspaceId, met.connectionId);
  const platform = platforms.find(({ name }) => name === ref.platform);
  // Where it is served by another process, or tells nothing of people, what was known last counts.
  if (platform?.person === undefined)
    return (await readPerson(db, workspaceId, by))?.role === "admin";
  const user = await platform.person(ref, met.userId);
  if (user === undefined) return false;
  const person = await doWork(engine, (work) =>
    meetPerson(work, workspaceId, met.connectionId, user),
  );
  return person.role === "admin";
}
