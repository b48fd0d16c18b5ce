import { beforeAll, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { runRetention } from "../../src/scheduling/retention.ts";
import { keepAppliedSet, keepOpenSet, lockChangeSet } from "../../src/store/change-sets.ts";
import { type DraftUpdate, insertDraft, lockDraft, updateDraft } from "../../src/store/drafts.ts";
import { isSetUp } from "../../src/store/setup-facts.ts";
import { createTestClock } from "../support/clock.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertPerson } from "../support/database-rows.ts";

const clock = createTestClock("2026-11-02T12:00:00Z");
const ago = (days: number) => new Date(clock.now().getTime() - days * 24 * 3_600_000 - 1);

describeEitherDatabase("P5 retention of what admins set up", (open) => {
  let database: TestDatabase;
  let personId: string;
  beforeAll(async () => {
    database = await open();
    personId = await insertPerson(database.db, database.workspaceId, { role: "admin" });
  });

  const run = () => runRetention({ db: database.db, clock, log: createLog("error") });
  async function draft(
    about: string,
    days: number,
    { kind = "survey", ...update }: DraftUpdate & { kind?: "survey" | "setup" | "trial" } = {},
  ) {
    const { db, workspaceId } = database;
    const begun = { personId, kind, about, base: null, content: {} } as const;
    const id = await insertDraft(db, workspaceId, begun, ago(900));
    await updateDraft(db, workspaceId, id, update, ago(days));
    return id;
  }
  async function drafts(): Promise<string[]> {
    const rows = await database.db.selectFrom("drafts").select("about").orderBy("about").execute();
    return rows.map(({ about }) => about);
  }

  test("drafts go a month after they were touched, unless their changes wait for somebody or they are in use", async () => {
    const { db, workspaceId } = database;
    await draft("touched", 29);
    const held = await draft("held by a press", 30);
    await draft("left alone", 30);
    await draft("saved lately", 29, { state: "done" });
    await draft("saved", 30, { state: "done" });
    await draft("dropped", 30, { state: "dropped" });
    await draft("tried", 30, { kind: "trial" });
    await draft("the setup", 900, { kind: "setup", state: "done" });
    const waits = await draft("proposed", 900, { state: "done" });
    const wanted = { changes: [], by: personId, at: ago(900), origin: "chat" } as const;
    const proposed = await keepOpenSet(db, workspaceId, "proposed", { ...wanted, draftId: waits });
    const offered = await keepOpenSet(db, workspaceId, "offered", wanted);
    const made = await keepAppliedSet(db, workspaceId, { ...wanted, at: ago(30), undo: [] });
    const fresh = await keepAppliedSet(db, workspaceId, { ...wanted, at: ago(29), undo: [] });
    if (database.kind === "postgres") {
      await db.transaction().execute(async (press) => {
        await lockDraft(press, workspaceId, held);
        await run();
        expect(await drafts()).toContain("held by a press");
      });
    }
    await run();
    expect(await drafts()).toEqual(["proposed", "saved lately", "the setup", "touched"]);
    const there = await Promise.all(
      [proposed, offered, made, fresh].map((id) => lockChangeSet(db, workspaceId, id)),
    );
    expect(there.map((set) => set?.state)).toEqual(["proposed", undefined, undefined, "applied"]);
    expect(await isSetUp(db, workspaceId)).toBe(true);
  });
});
