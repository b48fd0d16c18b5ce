/** What the gates decided. */
import { sql } from "kysely";
import type { Decision } from "../scheduling/gates/gates.ts";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

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

/** What was decided about an invitation. */
export interface Decided {
  readonly invitationId: string;
  readonly decision: Decision;
  /** It was deferred for the same reason just before: that is kept once, with its latest time. */
  readonly again: boolean;
}

/** Keeps decisions, however many, in two statements. */
export async function keepDecisions(
  db: Db,
  workspaceId: number,
  decided: readonly Decided[],
  at: Date,
): Promise<void> {
  const rows = decided.map(({ invitationId, decision, again }) => ({
    id: newId(),
    again: again && decision.verdict === "defer",
    invitation_id: invitationId,
    verdict: decision.verdict,
    gate: decision.verdict === "ask" ? null : decision.gate,
    reason: decision.verdict === "ask" ? "all-gates-passed" : decision.reason,
    until: decision.verdict === "defer" ? new Date(decision.until) : null,
  }));
  const fresh = rows.filter(({ again }) => !again);
  if (fresh.length > 0) {
    await sql`
      insert into decisions (workspace_id, id, invitation_id, verdict, gate, reason, until, decided_at)
      select ${workspaceId}::int, d.id, d.invitation_id, d.verdict, d.gate, d.reason, d.until,
        ${at}::timestamptz
      from json_to_recordset(${JSON.stringify(fresh)}::json) d (id uuid, invitation_id uuid,
        verdict text, gate text, reason text, until timestamptz)`.execute(db);
  }
  const repeated = rows.filter(({ again }) => again);
  if (repeated.length > 0) {
    await sql`
      update decisions d set until = last.until
      from (
        select kept.id, r.until
        from json_to_recordset(${JSON.stringify(repeated)}::json) r (invitation_id uuid,
          until timestamptz)
        cross join lateral (
          select k.id from decisions k
          where k.workspace_id = ${workspaceId} and k.invitation_id = r.invitation_id
          order by k.decided_at desc, k.id desc limit 1
        ) kept
      ) last
      where d.workspace_id = ${workspaceId} and d.id = last.id`.execute(db);
  }
}
