/** The buttons that stop all questions and resume them. */
import type { Engine, Work } from "../../engine.ts";
import { languageOf } from "../../language-of.ts";
import { post } from "../../outbox/post.ts";
import type { Reply } from "../../platform.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import type { AdminAction } from "../admin-action.ts";
import { applyFromChat } from "../apply.ts";
import type { DraftContext } from "../draft-kind.ts";
import { resumeCard, resumedCard, stopCard, stoppedCard, toldLeads } from "./stop-card.ts";
import { isStopped } from "./stopped.ts";

/** Who may stop and resume everything. */
export const STOP_ROLES = ["admin"] as const;

export const stopAll: AdminAction = {
  roles: STOP_ROLES,
  screen: stopCard,
  press: (context) => change(context, true),
};

export const resumeAll: AdminAction = {
  roles: STOP_ROLES,
  screen: resumeCard,
  press: (context) => change(context, false),
};

async function change(
  context: DraftContext & { readonly work: Work },
  stopped: boolean,
): Promise<Reply> {
  const { db, reader } = context;
  // Somebody else was there first: how things are is what was wanted.
  if ((await isStopped(db, reader.workspace.id)) === stopped)
    return { kind: "update", message: await (stopped ? stoppedCard : resumedCard)(context) };
  const set = { "asking.stopped": stopped };
  const was = { "asking.stopped": !stopped };
  const changes = [{ kind: "settings", set, was } as const];
  const { kind, message } = await applyFromChat(context, changes, { origin: "chat" });
  if (kind !== "applied") return { kind: "update", message };
  await tellLeads(context, stopped);
  return { kind: "update", message: await (stopped ? stoppedCard : resumedCard)(context) };
}

/** Everybody of the leads' channels, once. */
async function tellLeads(
  context: DraftContext & { readonly work: Work; readonly engine: Engine },
  stopped: boolean,
): Promise<void> {
  const { engine, db, now, reader, work } = context;
  const workspaceId = reader.workspace.id;
  for (const connection of await chatConnectionsOf(db, workspaceId)) {
    const message = await toldLeads(context, languageOf(connection), stopped);
    await post(engine, work, {
      ...{ workspaceId, connectionId: connection.id, purpose: "notice", message },
      key: `stopped:${connection.id}:${now.getTime()}`,
      ...{ invitationId: null, personId: null, address: { kind: "leads" } },
    });
  }
}
