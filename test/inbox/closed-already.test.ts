import { beforeAll, expect, test } from "vitest";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { chatRef, createWorld, kim } from "../support/world.ts";
import { said } from "./support.ts";

describeEitherDatabase("closing what is closed", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("whoever chose to close hears that it is closed; a second ✅ says nothing", async () => {
    const world = await createWorld(database);
    await world.playChat();
    expect(said(await world.closes(kim, chatRef("C1"), "manual"))).toContain("closed already");
    expect(await world.closes(kim, chatRef("C1"), "solved")).toEqual({ kind: "nothing" });
  });
});
