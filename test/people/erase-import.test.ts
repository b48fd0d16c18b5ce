import { beforeAll, beforeEach, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import { exportedAnswers } from "../../src/exporting/answers.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { newId } from "../../src/store/ids.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { inSnapshot } from "../../src/store/transaction.ts";
import { importText, vault } from "../importing/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertPerson } from "../support/database-rows.ts";
import { createWorld, dana, kim, type World } from "../support/world.ts";
import { dump } from "./canaries.ts";
import { linkByHand } from "./support.ts";

const MINUTE = 60_000;

describeEitherDatabase("a file of answers from before somebody was forgotten", (open) => {
  let database: TestDatabase;
  let world: World;
  let customer: string;

  beforeAll(async () => {
    database = await open();
  });

  /** A customer of a name that is nobody else's answers, in words too. */
  beforeEach(async () => {
    world = await createWorld(database);
    const name = `Zoe${world.workspaceId}`;
    const zoe = { ...dana, externalId: `U-${name}`, name };
    await world.playChat({ customer: zoe });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    await world.answers(zoe, "2");
    await world.writes(zoe, `Nobody answered ${name}`);
    await world.settle();
    customer = await idOf(name);
  });

  const idOf = async (name: string) =>
    (
      await database.db
        .selectFrom("people")
        .select("id")
        .where("workspace_id", "=", world.workspaceId)
        .where("name", "=", name)
        .executeTakeFirstOrThrow()
    ).id;

  const exported = () =>
    inSnapshot(database.db, async (db) => {
      const { workspaceId } = world;
      const all = { metric: undefined, from: undefined, until: undefined, format: "csv" } as const;
      let text = "";
      const options = { workspaceId, ...all, names: true, bom: false };
      for await (const piece of exportedAnswers(db, vault, options)) text += piece;
      return text;
    });

  /** Here, and on the platform. */
  const forget = async (personId: string) => {
    const { workspaceId } = world;
    await doWork(world.engine, (work) =>
      forgetHuman(world.engine, work, { workspaceId, personId, by: "operator" }),
    );
    await world.settle();
  };

  const answersNow = async () => {
    const now = world.clock.now();
    const all = parsePeriod("all", { now, timeZone: "UTC" });
    if (!all.ok) throw new Error(all.problem);
    const question = { workspaceId: world.workspaceId, metric: metrics.nps, now };
    return readFacts(database.db, { ...question, periods: [all.period] });
  };

  /** Rows of the database that tell of somebody; the log may have an id. */
  const rowsWith = async (...words: readonly string[]) =>
    (await dump(database.db))
      .split("\n")
      .filter((row) => !row.startsWith("public.audit "))
      .filter((row) => words.some((word) => row.includes(word)));

  test("P1 brings nobody back, counts nothing twice, and says whom it left out", async () => {
    const file = await exported();
    const name = `Zoe${world.workspaceId}`;
    expect(file).toContain(`Nobody answered ${name}`);
    await forget(customer);
    const before = await answersNow();
    expect(before[0]?.histogram[2]).toBe(1);
    for (const time of [1, 2]) {
      const { imported, forgotten, rows } = await importText(database, world.workspaceId, file);
      expect({ imported, forgotten, time }).toEqual({ imported: 0, forgotten: rows, time });
    }
    expect(await rowsWith(name, customer)).toEqual([]);
    expect(await answersNow()).toEqual(before);
  });

  test("P1 nor out of sealed rows, nor when they were known to be somebody's since", async () => {
    for (const table of ["answers", "invitations"] as const)
      await database.db
        .updateTable(table)
        .set({ promise: "totals" })
        .where("workspace_id", "=", world.workspaceId)
        .execute();
    const file = await exported();
    expect(file).not.toContain(customer);
    const { workspaceId } = world;
    const other = await insertPerson(database.db, workspaceId, { id: newId(), name: "Elsewhere" });
    await linkByHand(database, workspaceId, other, customer, { now: world.clock.now() });
    await forget(other);
    const { imported, forgotten, rows } = await importText(database, workspaceId, file);
    expect({ imported, forgotten }).toEqual({ imported: 0, forgotten: rows });
    expect(await rowsWith(`Zoe${workspaceId}`, customer, other)).toEqual([]);
  });

  test("P1 nor an agent: the chats that they handled come back without them", async () => {
    const agent = await idOf(kim.name ?? "");
    await database.db
      .updateTable("people")
      .set({ name: `Agent${world.workspaceId}` })
      .where("workspace_id", "=", world.workspaceId)
      .where("id", "=", agent)
      .execute();
    const file = await exported();
    expect(file).toContain(`Agent${world.workspaceId}`);
    await forget(agent);
    // Gone with everything that it belonged to, so that the file brings all of it anew.
    for (const table of [
      ...(["deliveries", "case_events", "cases", "answer_history", "answers"] as const),
      ...(["decisions", "invitations", "handlers", "chats"] as const),
    ])
      await database.db.deleteFrom(table).where("workspace_id", "=", world.workspaceId).execute();
    const { imported, rows } = await importText(database, world.workspaceId, file);
    expect(imported).toBe(rows);
    expect(await rowsWith(`Agent${world.workspaceId}`, agent)).toEqual([]);
  });
});
