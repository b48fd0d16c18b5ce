import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { addSample, removeSample } from "../../src/sampling/sample.ts";
import { readCustomerCounts } from "../../src/store/churn-figures.ts";
import { readContacts } from "../../src/store/contacts.ts";
import { putOrders } from "../../src/store/orders.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";

/** A Wednesday afternoon. */
const now = new Date("2026-11-18T15:00:00Z");

function parsedPeriod(text: string) {
  const parsed = parsePeriod(text, { now, timeZone: "UTC" });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.period;
}

describeEitherDatabase("the sample's business", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  const options = () => ({ workspaceId, weeks: 6, now });

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });

  test("leaves numbers of orders alone that are known, before and afterwards", async () => {
    const ordersOn = async (day: string) => {
      const orders = database.db.selectFrom("orders").select("n");
      const rows = await orders
        .where("workspace_id", "=", workspaceId)
        .where("day", "=", sql<Date>`${day}::date`)
        .execute();
      return rows.map(({ n }) => n);
    };
    await putOrders(database.db, workspaceId, [{ day: "2026-11-02", orders: 7 }]);
    await addSample(database.db, options());
    expect(await ordersOn("2026-11-02")).toEqual([7]);
    expect((await ordersOn("2026-11-03")).length).toBe(1);
    await putOrders(database.db, workspaceId, [{ day: "2026-11-04", orders: 8 }]);
    await removeSample(database.db, workspaceId);
    expect(await ordersOn("2026-11-02")).toEqual([7]);
    expect(await ordersOn("2026-11-03")).toEqual([]);
    expect(await ordersOn("2026-11-04")).toEqual([8]);
  });

  test("has contact rates, customers who left, and touchpoints to compare", async () => {
    await addSample(database.db, { ...options(), weeks: 12 });
    const period = parsedPeriod("90d");
    const contacts = await readContacts(database.db, {
      ...{ workspaceId, period, now, by: "touchpoint" },
    });
    expect(contacts.orders).toBeGreaterThan(100_000);
    expect(contacts.rows.length).toBeGreaterThanOrEqual(4);
    const month = parsedPeriod("2026-10");
    const customers = await readCustomerCounts(database.db, { workspaceId, period: month, now });
    expect(customers.start).toBeGreaterThan(150);
    expect(customers.lost).toBeGreaterThan(0);
    expect(customers.joined).toBeGreaterThan(0);
  });
});
