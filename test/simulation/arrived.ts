/** What really came to people: when, and how often the same. Read from what the platforms were sent. */
import type { Db } from "../../src/store/schema.ts";
import type { SimulatedPlatform } from "./platforms.ts";
import { isGood, isLateChat } from "./verdict.ts";

/** It is asked within half an hour of the closing, and may be on its way as long again. */
const HOUR_MS = 60 * 60_000;

/** Every question that came twice, or at a bad hour; nothing: none did. */
export async function badArrivals(
  db: Db,
  workspaceId: number,
  platforms: readonly SimulatedPlatform[],
  holidays: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom("deliveries as d")
    .innerJoin("connections as c", (join) =>
      join.onRef("c.workspace_id", "=", "d.workspace_id").onRef("c.id", "=", "d.connection_id"),
    )
    .innerJoin("invitations as i", (join) =>
      join.onRef("i.workspace_id", "=", "d.workspace_id").onRef("i.id", "=", "d.invitation_id"),
    )
    .innerJoin("people as p", (join) =>
      join.onRef("p.workspace_id", "=", "i.workspace_id").onRef("p.id", "=", "i.person_id"),
    )
    .select([
      "d.purpose",
      "d.message_id as messageId",
      "c.platform",
      "i.id",
      "i.kind",
      "i.conversation",
      "p.time_zone as timeZone",
      "i.created_at as plannedAt",
    ])
    .where("d.workspace_id", "=", workspaceId)
    .where("d.purpose", "in", ["ask", "remind"])
    .where("d.state", "=", "sent")
    .orderBy("d.id")
    .execute();
  const came = new Map<string, number>();
  return rows.flatMap((row) => {
    const key = `${row.id} (${row.kind}, ${row.purpose})`;
    const times = (came.get(key) ?? 0) + 1;
    came.set(key, times);
    // Whoever said "later" has chosen the hour of the next time.
    const wished = row.purpose === "ask" ? snoozesOf(row.conversation) : 0;
    if (times > 1 + wished) return [`${key} came ${times} times`];
    if (times > 1) return [];
    const platform = platforms.find(({ messenger }) => messenger.name === row.platform);
    const at = platform?.sentAt.get(row.messageId ?? "");
    if (at === undefined) return [`${key} never came to ${row.platform}`];
    if (isLateChat(row, at, { holidays, withinMs: HOUR_MS })) return [];
    if (isGood(at, row.timeZone ?? "UTC", holidays)) return [];
    return [`${key} came at ${at.toISOString()} in ${row.timeZone}`];
  });
}

function snoozesOf(conversation: unknown): number {
  if (typeof conversation !== "object" || conversation === null) return 0;
  return "snoozes" in conversation && typeof conversation.snoozes === "number"
    ? conversation.snoozes
    : 0;
}
