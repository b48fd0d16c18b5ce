import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { type ExportAnswersOptions, exportedAnswers } from "../../src/exporting/answers.ts";
import { cuts } from "../../src/metrics/filter.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import { keepForgotten } from "../../src/store/forgotten.ts";
import type { Db } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { inSnapshot } from "../../src/store/transaction.ts";
import { importText, ledger, vault } from "../importing/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { drawnWorkspace, insertDrawn } from "./generated.ts";

const now = new Date("2026-10-10T12:00:00Z");
const periods = ["2026-W39", "all"].map((text) => {
  const parsed = parsePeriod(text, { now, timeZone: "Europe/Berlin" });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.period;
});

const everything = { metric: undefined, from: undefined, until: undefined, format: "csv" } as const;

function exported(
  db: Db,
  workspaceId: number,
  options: Partial<ExportAnswersOptions> = {},
): Promise<string> {
  return inSnapshot(db, async (snapshot) => {
    const wanted = { workspaceId, ...everything, names: true, bom: false, ...options };
    let text = "";
    for await (const piece of exportedAnswers(snapshot, vault, wanted)) text += piece;
    return text;
  });
}

/** Every figure of a workspace, whole and by every cut, of both promises. */
async function figuresOf(db: Db, workspaceId: number) {
  const figures: unknown[] = [];
  for (const metric of [metrics.nps, metrics.csat, metrics.resolution]) {
    const question = { workspaceId, metric, periods, now };
    figures.push(await readFacts(db, { ...question, promise: "totals" }));
    figures.push(await readFacts(db, { ...question, promise: "named" }));
    for (const by of cuts) {
      const { rows } = await readCutFacts(db, { ...question, by });
      figures.push([by, rows.toSorted((a, b) => (a.value < b.value ? -1 : 1))]);
    }
  }
  return figures;
}

async function eraseAnswers(db: Db, workspaceId: number, chatsToo: boolean): Promise<void> {
  const tables = ["answers", "invitations", "anonymous_counts"];
  for (const table of chatsToo ? [...tables, "handlers", "chats"] : tables)
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(db);
}

/** Sealed rows are sealed anew each time, in no order. */
const readable = (text: string) =>
  text.split("\r\n").filter((line) => !line.includes("sealed,v1."));

describeEitherDatabase("export and import", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("N7 export, erase, import: the same figures to the last digit, and the same file again", async () => {
    const { db } = database;
    await fc.assert(
      fc.asyncProperty(drawnWorkspace, async (drawn) => {
        const workspaceId = await insertDrawn(db, drawn);
        const before = await figuresOf(db, workspaceId);
        const file = await exported(db, workspaceId);
        expect(await importText(database, workspaceId, file)).toMatchObject({
          imported: 0,
          bad: 0,
        });
        await eraseAnswers(db, workspaceId, drawn.chatsToo);
        const taken = await importText(database, workspaceId, file);
        expect(taken.badRows).toEqual([]);
        expect(taken.imported).toBe(taken.rows);
        expect(await figuresOf(db, workspaceId)).toEqual(before);
        expect(readable(await exported(db, workspaceId))).toEqual(readable(file));
      }),
      { numRuns: 1 },
    );
  });

  test("names are in it only when they are wanted, totals never, and the forgotten stay away", async () => {
    const { db } = database;
    const [drawn] = fc.sample(drawnWorkspace, { numRuns: 1, seed: 1 });
    if (drawn === undefined) throw new Error("nothing was drawn");
    const workspaceId = await insertDrawn(db, { ...drawn, chatsToo: false });
    expect(await exported(db, workspaceId)).toContain("Bob");
    const file = await exported(db, workspaceId, { names: false });
    expect(readable(file).join("\n")).not.toContain("Bob"); // sealed ones may have any letters
    expect(file).not.toContain("totals,answered");
    expect(file).toContain("sealed,v1.");
    const bob = db.selectFrom("people").select("id").where("name", "=", "Bob");
    const { id } = await bob.where("workspace_id", "=", workspaceId).executeTakeFirstOrThrow();
    const key = { kind: "user", platform: "import", externalId: id } as const;
    const entry = { hash: ledger.hash(workspaceId, key), forgottenAt: now, liftedAt: null };
    await keepForgotten(db, workspaceId, [entry]);
    await eraseAnswers(db, workspaceId, false);
    const { forgotten, imported, rows } = await importText(database, workspaceId, file);
    expect(forgotten).toBeGreaterThan(0);
    expect(imported).toBe(rows - forgotten);
    expect(await exported(db, workspaceId)).not.toContain(id);
  });
});
