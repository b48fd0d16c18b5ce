import { beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertCase, insertPerson, insertWorkspace } from "../support/database-rows.ts";
import { caseRows, linkByHand, minutes, takeBack } from "./support.ts";

describeEachDatabase("linking people with open cases", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let a: string;
  let b: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    a = await insertPerson(database.db, workspaceId, { name: "a" });
    b = await insertPerson(database.db, workspaceId, { name: "b" });
  });

  const openFor = (personId: string) =>
    insertCase(database.db, workspaceId, { person_id: personId, human_id: personId });
  const link = (kept: string, absorbed: string, now = minutes(0)) =>
    linkByHand(database, workspaceId, kept, absorbed, { now });
  const cases = async () =>
    (await caseRows(database, workspaceId)).map((row) => [
      row.person_id,
      row.human_id,
      row.close_reason ?? row.state,
    ]);

  test("one stays open, the other is its duplicate; taken back, both are open as before", async () => {
    await openFor(b);
    await openFor(a);
    const before = await cases();
    for (const [kept, absorbed] of [
      [a, b],
      [b, a],
    ] as const) {
      const mergeId = await link(kept, absorbed);
      expect(await cases()).toEqual([
        [b, a, "open"],
        [a, a, "duplicate"],
      ]);
      await takeBack(database, workspaceId, mergeId, minutes(5));
      expect(await cases()).toEqual(before);
    }
  });

  test("the case of one is that of their human, and goes back with them", async () => {
    await openFor(b);
    const mergeId = await link(a, b);
    expect(await cases()).toEqual([[b, a, "open"]]);
    await takeBack(database, workspaceId, mergeId);
    expect(await cases()).toEqual([[b, b, "open"]]);
  });

  test("in a chain a case goes back to whom it is about, and what was its duplicate is open again", async () => {
    await openFor(b);
    await openFor(a);
    const c = await insertPerson(database.db, workspaceId, { name: "c" });
    const ab = await link(a, b);
    await link(a, c, minutes(1));
    await takeBack(database, workspaceId, ab);
    // The case of b is b's again; the one of a is open again for a and c.
    expect(await cases()).toEqual([
      [b, b, "open"],
      [a, a, "open"],
    ]);
  });
});
