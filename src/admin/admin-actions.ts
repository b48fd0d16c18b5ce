/** Every action of admins' cards, by the question of its token. */
import type { AdminAction } from "./admin-action.ts";

export const adminActions: ReadonlyMap<string, AdminAction> = new Map<string, AdminAction>([]);
