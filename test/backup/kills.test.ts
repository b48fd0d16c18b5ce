import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkBackup } from "../../src/backup/read.ts";
import { restoreBackup } from "../../src/backup/restore.ts";
import { writeBackup } from "../../src/backup/write.ts";
import { createLog } from "../../src/log.ts";
import { runRetention } from "../../src/scheduling/retention.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import type { Db } from "../../src/store/schema.ts";
import { keepNewSecret, listSecrets, secretPlace } from "../../src/store/secrets.ts";
import { resealAll } from "../../src/vault/reseal.ts";
import { createVault } from "../../src/vault.ts";
import { createOpener, drawnKinds, makeDataFolder } from "../support/database.ts";
import {
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";
import { fillWorkspace } from "../support/filled-workspace.ts";
import { createRunner } from "../support/programs.ts";

const run = createRunner();
const program = new URL("./programs/keep.ts", import.meta.url);
const openServer = createOpener("postgres");
const folder = mkdtempSync(join(tmpdir(), "aftertalk-kills-"));
const log = createLog("error");
const now = new Date("2026-11-02T12:00:00Z");
const patient = { timeout: 240_000 };
const folders = [folder];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

/** A database that may be opened by one process after another. */
async function createPlace(kind: "postgres" | "embedded") {
  const server = kind === "postgres" ? await openServer() : undefined;
  const place = server?.databaseUrl ?? makeDataFolder();
  if (kind === "embedded") folders.push(place);
  const databaseUrl = kind === "postgres" ? place : undefined;
  return {
    place,
    async open<T>(work: (database: Database) => Promise<T>): Promise<T> {
      const database = await openDatabase({ databaseUrl, dataFolder: place, log });
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    },
    async dies(...args: string[]) {
      const killed = run(program, place, ...args);
      expect(await killed.exited(), killed.complaints()).toBeUndefined();
    },
  };
}

const namesOf = (db: Db) => db.selectFrom("people").select("name").orderBy("name").execute();

// Processes and kills are slow: one kind a run, TEST_DATABASE=both for both.
describe.each(drawnKinds)("kill -9 (%s, drawn)", (kind) => {
  test(
    "P8 in the middle of a re-sealing: everything opens, before and after it went on",
    patient,
    async () => {
      const old = createVault({ secret: "a secret of at least thirty-two characters" });
      const secret = "another secret of thirty-two characters!";
      const both = createVault({
        secret,
        previous: ["a secret of at least thirty-two characters"],
      });
      const { open, dies } = await createPlace(kind);
      const names = Array.from({ length: 8 }, (_, i) => `s${i}`);
      const workspaceId = await open(async ({ db }) => {
        const id = await insertWorkspace(db);
        for (const name of names) await keepNewSecret(db, old, id, { name, text: name, at: now });
        return id;
      });
      await dies("reseal", secret, "a secret of at least thirty-two characters");
      await open(async ({ db }) => {
        const secrets = await listSecrets(db, workspaceId);
        const opened = secrets.map((s) => both.open(s.sealed, secretPlace(workspaceId, s.name)));
        expect(opened).toEqual(names);
        expect(secrets.filter(({ keyId }) => keyId === both.keyId)).toHaveLength(3);
        expect(await resealAll(db, both, workspaceId, now)).toBe(5);
        const alone = createVault({ secret });
        const after = await listSecrets(db, workspaceId);
        expect(after.map((s) => alone.open(s.sealed, secretPlace(workspaceId, s.name)))).toEqual(
          names,
        );
      });
    },
  );

  test(
    "U5 in the middle of a restore: nothing has changed, and it can be done again",
    patient,
    async () => {
      const file = join(folder, `${kind}.gz`);
      const source = await createPlace(kind);
      await source.open(async (database) => {
        await fillWorkspace(database.db);
        await writeBackup(database, { file, now });
      });
      const { open, dies } = await createPlace(kind);
      await open(
        async ({ db }) =>
          void (await insertPerson(db, await insertWorkspace(db), { name: "Here" })),
      );
      await dies("restore", file);
      await open(async (database) => {
        expect(await namesOf(database.db)).toEqual([{ name: "Here" }]);
        const summary = await checkBackup(file);
        const jobs = { enqueue: async () => {} };
        await restoreBackup(database, { file, summary, jobs, now, replace: true });
        expect(await namesOf(database.db)).toEqual([{ name: "Ada" }]);
      });
    },
  );

  test(
    "P5 in the middle of retention: what is left is done the next time, and nothing twice",
    patient,
    async () => {
      const { open, dies } = await createPlace(kind);
      const answered_at = new Date("2020-01-01T00:00:00Z");
      await open(async ({ db }) => {
        const workspace_id = await insertWorkspace(db);
        const survey_id = await insertSurvey(db, workspace_id);
        for (let i = 0; i < 3; i += 1) {
          const asked = { answered_at, asked_at: answered_at, created_at: answered_at };
          const state = { state: "answered", ...asked } as const;
          const invitation_id = await insertInvitation(db, workspace_id, survey_id, state);
          const row = { workspace_id, invitation_id, survey_id, survey_version: 1, answered_at };
          const scale = { metric: "nps", score: 9, scale_min: 0, scale_max: 10 } as const;
          await db
            .insertInto("answers")
            .values([
              { ...row, question: "score", ...scale },
              { ...row, question: "why", text: "canary" },
            ])
            .execute();
        }
      });
      await dies("retention");
      await open(async ({ db }) => {
        expect(await db.selectFrom("answers").select("question").execute()).toHaveLength(3);
        await runRetention({ db, clock: { now: () => now }, log });
        expect(await db.selectFrom("answers").select("question").execute()).toEqual([]);
        const counted = db.selectFrom("anonymous_counts").select(["score", "n"]);
        expect(await counted.where("what", "=", "score").execute()).toEqual([{ score: 9, n: 3 }]);
      });
    },
  );
});
