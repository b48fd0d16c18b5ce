/** The buttons that stop all questions and resume them. */
import type { Work } from "../../engine.ts";
import type { Reply } from "../../platform.ts";
import type { AdminAction } from "../admin-action.ts";
import { applyFromChat } from "../apply.ts";
import type { DraftContext } from "../draft-kind.ts";
import { resumeCard, resumedCard, stopCard, stoppedCard } from "./stop-card.ts";
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
  return { kind: "update", message: await (stopped ? stoppedCard : resumedCard)(context) };
}
