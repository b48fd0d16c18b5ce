/** An admin is asked what others will be asked. */

import type { Reader } from "../commands/command.ts";
import type { Engine, Work } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import type { Connection } from "../store/connections.ts";
import { insertDraft, lockDraft, openDrafts, updateDraft } from "../store/drafts.ts";
import { externalIdOf, readPerson } from "../store/people.ts";
import { readSettings } from "../store/settings.ts";
import { begin } from "../surveys/conversation.ts";
import type { SurveyDefinition } from "../surveys/survey.ts";
import { talkOf } from "./conversation-step.ts";
import { speak } from "./speaking.ts";
import { newTrial, trialOf } from "./trial.ts";

/** Sends the first question to whoever wants to try it, in this language; false when they cannot be reached. */
export async function startTrial(
  engine: Engine,
  work: Work,
  by: { readonly connection: Connection; readonly reader: Pick<Reader, "person" | "language"> },
  wanted: { readonly key: string; readonly definition: SurveyDefinition; readonly tag: string },
): Promise<boolean> {
  const { transaction: trx, now } = work;
  const { connection, reader } = by;
  const { id: workspaceId } = connection.workspace;
  const person = await readPerson(trx, workspaceId, reader.person.id);
  const userId = await externalIdOf(trx, workspaceId, connection.id, reader.person.id);
  if (person === undefined || userId === undefined) return false;
  // What is written from now on is about this one.
  for (const { id, kind } of await openDrafts(trx, workspaceId, person.id))
    if (kind === "trial") await updateDraft(trx, workspaceId, id, { state: "dropped" }, now);
  const { promise } = await readSettings(trx, workspaceId);
  const content = newTrial({ ...wanted, reads: reader.language, promise, now });
  const made = { personId: person.id, kind: "trial", about: wanted.key, base: null } as const;
  const id = await insertDraft(trx, workspaceId, { ...made, content }, now);
  const draft = await lockDraft(trx, workspaceId, id);
  const trial = draft && trialOf(draft, connection);
  if (trial === undefined) return false;
  const { invitation } = trial;
  const step = {
    ...{ connection, invitation, trial, person: trial.asked(person) },
    at: { kind: "direct", userId } as const,
  };
  const about = textsFor(reader.language).text("trial.about", { key: wanted.key });
  const talk = { ...(await talkOf(engine, work, step, wanted.definition)), about };
  const state = await speak(
    engine,
    work,
    step,
    talk,
    content.conversation,
    begin(wanted.definition),
  );
  await updateDraft(trx, workspaceId, id, { content: { ...content, conversation: state } }, now);
  return true;
}
