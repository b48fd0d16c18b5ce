/** A file of orders: how many there were on a day. The contact rate is counted against them. */
import { z } from "zod";
import { openImport } from "../store/import-answers.ts";
import { type OrdersOfDay, putOrders } from "../store/orders.ts";
import { type Header, readCells, readColumns } from "./columns.ts";
import type { CsvKind } from "./import-csv.ts";
import { no, type RowResult, wrongWidth } from "./row.ts";

const columns = { required: ["day", "orders"], optional: [] } as const;
type OrdersColumn = (typeof columns.required)[number];

/** So many are a mistake in the file. */
const MOST_ORDERS = 1_000_000_000;
const day = z.iso.date();

/** A day has one row in a file; a later file says it anew. */
export const ordersFile: CsvKind<OrdersOfDay> = {
  action: "import.orders",
  async begin(trx, { workspaceId, now }, names) {
    const header = readColumns<OrdersColumn>(names, columns);
    await openImport(trx, workspaceId);
    const seen = new Set<string>();
    return {
      read(cells) {
        const read = readOrders(cells, header, now);
        if (!read.ok) return read;
        if (seen.has(read.row.day)) return no("the day is there twice");
        seen.add(read.row.day);
        return read;
      },
      characters: () => 0,
      async add(orders) {
        return { imported: await putOrders(trx, workspaceId, orders), forgotten: 0 };
      },
    };
  },
};

/** Checks one record against the header. */
function readOrders(
  record: readonly string[],
  header: Header<OrdersColumn>,
  now: Date,
): RowResult<OrdersOfDay> {
  const cells = readCells(record, header);
  if (cells === undefined) return wrongWidth(record, header);
  const on = cells.get("day");
  if (on === undefined || !day.safeParse(on).success || on < "1970-01-01")
    return no("day must be a real day such as 2026-10-05");
  // Somewhere it is tomorrow already.
  if (new Date(on).getTime() > now.getTime() + 24 * 60 * 60 * 1000)
    return no("day is in the future");
  const orders = cells.get("orders") ?? "";
  if (!/^(0|[1-9]\d{0,9})$/.test(orders) || Number(orders) > MOST_ORDERS)
    return no("orders must be a whole number from 0 on");
  return { ok: true, row: { day: on, orders: Number(orders) } };
}
