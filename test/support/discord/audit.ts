/** The audit log: who did what ("Audit Log", section on events). */
import type { Events } from "./events.ts";
import type { Ids } from "./ids.ts";
import type { Guild, Json, User } from "./model.ts";

/** "Audit Log Events": those that happen here. */
export const auditActions = {
  channelUpdate: 11,
  channelDelete: 12,
  memberRoles: 25,
  messageDelete: 72,
  threadCreate: 110,
  threadUpdate: 111,
  threadDelete: 112,
} as const;

export interface Audit {
  record(guild: Guild, by: User, target: string, action: number, changes?: readonly Json[]): void;
}

export function createAudit(ids: Ids, events: Events): Audit {
  return {
    record(guild, by, targetId, action, changes = []) {
      const entry = { id: ids.snowflake(), userId: by.id, targetId, action, changes };
      guild.audit.push(entry);
      events.audited(guild, entry);
    },
  };
}
