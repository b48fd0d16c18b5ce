/** What the gates look at, and what they decided. */
import type { Decision } from "../scheduling/gates.ts";
import { newId } from "./ids.ts";
import { sameHuman } from "./same-human.ts";
import type { Db } from "./schema.ts";

/** What the gates need to know of earlier invitations. Times are epoch milliseconds. */
export interface AskedBefore {
  readonly lastAskedAt: number | null;
  readonly chatAsked: boolean;
}

/**
 * When the human behind a person was last asked anything, wherever we meet them, and whether this
 * chat was asked about already.
 */
export async function askedBefore(
  db: Db,
  workspaceId: number,
  personId: string,
  chatId: string | null,
  exceptInvitation: string | null,
): Promise<AskedBefore> {
  const row = await db
    .selectFrom("invitations")
    .select((eb) => [
      eb.fn.max("asked_at").filterWhere("kind", "in", ["chat", "manual"]).as("last"),
      eb.fn
        .count<number>("id")
        .filterWhere("chat_id", "=", chatId)
        .filterWhere("asked_at", "is not", null)
        .as("about_chat"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "in", await sameHuman(db, workspaceId, personId))
    .where("asked_at", "is not", null)
    .$if(exceptInvitation !== null, (query) => query.where("id", "<>", exceptInvitation))
    .executeTakeFirstOrThrow();
  return {
    lastAskedAt: row.last?.getTime() ?? null,
    chatAsked: Number(row.about_chat) > 0,
  };
}

/** Keeps a decision of the gates with its reason. */
export async function keepDecision(
  db: Db,
  workspaceId: number,
  invitationId: string,
  decision: Decision,
  at: Date,
): Promise<void> {
  const objection = decision.verdict === "ask" ? undefined : decision;
  await db
    .insertInto("decisions")
    .values({
      workspace_id: workspaceId,
      id: newId(),
      invitation_id: invitationId,
      verdict: decision.verdict,
      gate: objection?.gate ?? null,
      reason: objection?.reason ?? "all-gates-passed",
      until: decision.verdict === "defer" ? new Date(decision.until) : null,
      decided_at: at,
    })
    .execute();
}
