/** How many orders there were on a day. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** `day` is a day of the workspace, `YYYY-MM-DD`. */
export interface OrdersOfDay {
  readonly day: string;
  readonly orders: number;
}

/** Puts the numbers of these days, each once, over what was there; gives how many are new or changed. */
export async function putOrders(
  db: Db,
  workspaceId: number,
  orders: readonly OrdersOfDay[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into orders as o (workspace_id, day, n)
    select ${workspaceId}::int, day, orders
    from json_to_recordset(${JSON.stringify(orders)}::json) each (day date, orders int)
    on conflict (workspace_id, day) do update set n = excluded.n
    where o.n <> excluded.n`.execute(db);
  return Number(numAffectedRows ?? 0);
}
