import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { countAudience, inAudience, listAudience } from "../../src/store/audience.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertPerson, insertWorkspace } from "../support/database-rows.ts";
import { fillTown } from "./audience/fill-town.ts";
import { audiences, fits, type Human, isCustomer, makeTown, NOW } from "./audience/town.ts";

const seed = Math.floor(Math.random() * 2 ** 31);

describeEitherDatabase(`an audience, of people of seed ${seed}`, (open) => {
  let database: TestDatabase;
  let town: Human[];
  let workspaceId: number;
  let connections: ReadonlyMap<string, string>;

  beforeAll(async () => {
    database = await open();
    ({ workspaceId } = database);
    town = makeTown(seed, 80);
    ({ connections } = await fillTown(database.db, workspaceId, town));
    const other = await insertWorkspace(database.db);
    await fillTown(database.db, other, makeTown(seed, 10)); // nobody of these is ever found
    await sql`analyze`.execute(database.db);
  }, 60_000);

  const isReachable = (human: Human) => human.rows.some(({ on }) => on.length > 0);
  const ids = (humans: readonly Human[]) => humans.map(({ rows }) => rows[0]?.id);

  test("an audience means exactly those whom every segment means, over all rows of a human", async () => {
    await fc.assert(
      fc.asyncProperty(audiences, async (audience) => {
        const wanted = town.filter((human) => isCustomer(human) && fits(human, audience));
        const page = { now: NOW, limit: 1000 };
        const found = await listAudience(database.db, workspaceId, audience, page);
        expect(found.map(({ humanId }) => humanId)).toEqual(ids(wanted.filter(isReachable)));
        const away = wanted.filter((human) => !isReachable(human));
        const count = await countAudience(database.db, workspaceId, audience, NOW);
        expect(count).toEqual({ reachable: found.length, unreachable: away.length });
      }),
      { numRuns: 60 },
    );
  });

  test("any row of a human tells the same of an audience as any other", async () => {
    await fc.assert(
      fc.asyncProperty(audiences, async (audience) => {
        const { rows } = await sql<{ id: string; fits: boolean }>`
          select each.id, ${inAudience(workspaceId, audience, NOW, "each")} as fits
          from people each where workspace_id = ${workspaceId}`.execute(database.db);
        const told = new Map(rows.map((row) => [row.id, row.fits]));
        for (const human of town) {
          const wanted = human.rows.map(() => fits(human, audience));
          expect(human.rows.map(({ id }) => told.get(id))).toEqual(wanted);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("pages go on where the one before ended, and end", async () => {
    const all = await listAudience(database.db, workspaceId, {}, { now: NOW, limit: 1000 });
    const paged: typeof all = [];
    for (;;) {
      const after = paged.at(-1)?.humanId;
      const page = await listAudience(database.db, workspaceId, {}, { now: NOW, after, limit: 7 });
      if (page.length === 0) break;
      paged.push(...page);
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(7);
  });

  test("somebody is written to where they were active last, of the platforms that are meant", async () => {
    const { db } = database;
    const playground = connections.get("playground") ?? "";
    const messenger = connections.get("messenger") ?? "";
    const id = "00000000-0000-7000-8000-000000000001";
    const at = (day: number) => new Date(NOW.getTime() - day * 24 * 60 * 60 * 1000);
    await insertPerson(db, workspaceId, { id, locale: "fy", active_at: at(5) });
    const other = await insertPerson(db, workspaceId, { human_id: id, active_at: at(2) });
    for (const [connection_id, person_id] of [
      [playground, id],
      [messenger, other],
    ] as const) {
      await db
        .insertInto("identities")
        .values({ workspace_id: workspaceId, connection_id, external_id: "U1", person_id })
        .execute();
    }
    const where = async (audience: Parameters<typeof listAudience>[2]) =>
      listAudience(db, workspaceId, { languages: ["fy"], ...audience }, { now: NOW, limit: 5 });
    expect(await where({})).toEqual([{ humanId: id, personId: other, connectionId: messenger }]);
    expect(await where({ platforms: ["playground"] })).toEqual([
      { humanId: id, personId: id, connectionId: playground },
    ]);
    await db
      .insertInto("chats")
      .values({
        ...{ workspace_id: workspaceId, id, external_id: "C1", connection_id: playground },
        ...{ customer_id: id, opened_at: at(4), last_message_at: at(1) },
      })
      .execute();
    expect(await where({})).toEqual([{ humanId: id, personId: id, connectionId: playground }]);
  });

  test("nobody is written to in a file: who is known by an import alone cannot be reached", async () => {
    const { db } = database;
    const fresh = await insertWorkspace(db);
    const file = await insertConnection(db, fresh, { platform: "import" });
    const real = await insertConnection(db, fresh, { platform: "messenger" });
    const [met, told] = [await insertPerson(db, fresh), await insertPerson(db, fresh)];
    for (const [connection_id, person_id] of [
      [real, met],
      [file, met], // told of after they were met
      [file, told],
    ] as const) {
      const identity = { connection_id, person_id, external_id: `crm-${person_id}` };
      await db
        .insertInto("identities")
        .values({ workspace_id: fresh, ...identity })
        .execute();
    }
    const found = await listAudience(db, fresh, {}, { now: NOW, limit: 5 });
    expect(found).toEqual([{ humanId: met, personId: met, connectionId: real }]);
    expect(await countAudience(db, fresh, {}, NOW)).toEqual({ reachable: 1, unreachable: 1 });
  });

  test("N4 whatever an audience names is looked for and never run", async () => {
    const { db } = database;
    const fresh = await insertWorkspace(db);
    await insertConnection(db, fresh);
    const names = [
      "'; drop table people; --",
      "%",
      "_",
      "$1",
      '"',
      "\\",
      "{a,b}",
      "\u0000".slice(1),
    ];
    const each = names.filter((name) => name !== "");
    const audience = {
      ...{ accounts: each, plans: each, languages: each, platforms: each, tags: each, teams: each },
    };
    expect(await listAudience(db, fresh, audience, { now: NOW, limit: 5 })).toEqual([]);
    expect((await countAudience(db, fresh, audience, NOW)).unreachable).toBe(0);
  });
});
