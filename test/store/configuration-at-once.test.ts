import { beforeAll, describe, expect, test } from "vitest";
import type { Change } from "../../src/configuration/change.ts";
import { listChangeSets } from "../../src/store/change-sets.ts";
import { applyChanges } from "../../src/store/configuration.ts";
import { readConfiguration } from "../../src/store/read-configuration.ts";
import { listSurveyVersions, readKeptSurvey } from "../../src/store/survey-versions.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { scoreSurvey } from "../../src/surveys/parts.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertInvitation, insertPerson, insertWorkspace } from "../support/database-rows.ts";

const openServer = createOpener("postgres");
const at = new Date("2026-11-02T09:00:00Z");
const ADMINS = 6;
const KEY = "relationship-nps";

describe("many admins at once", () => {
  let database: TestDatabase;
  let workspaceId: number;
  beforeAll(async () => {
    database = await openServer();
    workspaceId = await insertWorkspace(database.db);
    await ensureSurveys(database.db, workspaceId, standardSurveys("Acme"));
  });

  const apply = (by: string, changes: readonly Change[]) =>
    inTransaction(database.db, (trx) =>
      applyChanges(trx, workspaceId, changes, { by, at, origin: "chat" }),
    );
  const now = () => readConfiguration(database.db, workspaceId);

  /** Words and a target that belong together: each admin has their own. */
  async function save(admin: number, base: number | null): Promise<boolean> {
    const company = `Acme ${admin}`;
    const definition = scoreSurvey("nps", { company, whyMiddle: "ask.nps.why.middle" });
    const was = (await now()).settings["targets.nps"];
    const settings = {
      kind: "settings",
      set: { "targets.nps": admin },
      was: { "targets.nps": was },
    };
    const survey = { kind: "survey", key: KEY, trigger: "schedule", definition, base };
    const outcome = await apply(`admin-${admin}`, [survey as Change, settings as Change]);
    return outcome.kind === "applied";
  }

  test("of all who began with a version one saves; every set is whole, and all are undone one by one", async () => {
    const { db } = database;
    const first = await readKeptSurvey(db, workspaceId, KEY);
    const winners: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const base = (await readKeptSurvey(db, workspaceId, KEY))?.version ?? null;
      const all = Array.from({ length: ADMINS }, (_, i) => round * ADMINS + i + 1);
      const saved = await Promise.all(all.map((admin) => save(admin, base)));
      const winner = all.filter((_, i) => saved[i]);
      expect(winner).toHaveLength(1);
      winners.push(...winner);
      const is = await now();
      const said = JSON.stringify(is.surveys.get(KEY)?.definition);
      expect(said).toContain(`Acme ${is.settings["targets.nps"]}`);
      expect(is.surveys.get(KEY)?.by).toBe(`admin-${winner[0]}`);
    }
    const versions = await listSurveyVersions(db, workspaceId, KEY);
    expect(versions.slice(1).map(({ by }) => by)).toEqual(winners.map((admin) => `admin-${admin}`));
    const sets = await listChangeSets(db, workspaceId, { states: ["applied"], limit: 50 });
    expect(sets).toHaveLength(winners.length);
    // All of one moment: by their ids, which are in the order in which they were made.
    const last = sets.toSorted((a, b) => winnerOf(b.by, winners) - winnerOf(a.by, winners));
    const [newest, ...older] = last;
    if (newest?.undo === undefined) throw new Error("nothing was saved");
    for (const { undo = [] } of older)
      expect(await apply("somebody", undo)).toMatchObject({ kind: "conflict" });
    expect(await apply("somebody", newest.undo)).toMatchObject({ kind: "applied" });
    const back = await now();
    expect(back.settings["targets.nps"]).toBe(winners.at(-2));
    expect(JSON.stringify(back.surveys.get(KEY)?.definition)).toContain(`Acme ${winners.at(-2)}`);
    expect(first?.version).toBe(1);
  });

  test("while somebody changes what is set up, people are met and asked as ever", async () => {
    const { db } = database;
    const is = await readKeptSurvey(db, workspaceId, KEY);
    if (is?.definition === undefined) throw new Error("there is no survey");
    const { id, version: base, definition } = is;
    const changed = { ...definition, cases: definition.cases === false };
    const survey: Change = {
      ...{ kind: "survey", key: KEY, trigger: "schedule", definition: changed, base },
    };
    await db.transaction().execute(async (trx) => {
      const by = { by: "admin-1", at, origin: "chat" } as const;
      expect(await applyChanges(trx, workspaceId, [survey], by)).toMatchObject({ kind: "applied" });
      const person_id = await insertPerson(db, workspaceId);
      expect(await insertInvitation(db, workspaceId, id, { person_id })).toBeDefined();
    });
  });

  test("the same undo by many at once is made once", async () => {
    const was = (await now()).settings["alerts.on"];
    const off: Change = { kind: "settings", set: { "alerts.on": !was }, was: { "alerts.on": was } };
    const done = await apply("admin-1", [off]);
    if (done.kind !== "applied") throw new Error("there was a conflict");
    const { undo } = done;
    const outcomes = await Promise.all(
      Array.from({ length: ADMINS }, (_, i) => apply(`admin-${i}`, undo)),
    );
    expect(outcomes.filter(({ kind }) => kind === "applied")).toHaveLength(1);
    expect((await now()).settings["alerts.on"]).toBe(was);
  });
});

function winnerOf(by: string, winners: readonly number[]): number {
  return winners.indexOf(Number(by.slice("admin-".length)));
}
