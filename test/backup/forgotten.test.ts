import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepLedgerFile } from "../../src/backup/ledger-sync.ts";
import { checkBackup } from "../../src/backup/read.ts";
import { restoreBackup } from "../../src/backup/restore.ts";
import { writeBackup } from "../../src/backup/write.ts";
import { readConfig } from "../../src/config.ts";
import { doWork, type Engine } from "../../src/engine.ts";
import { createLog } from "../../src/log.ts";
import { openEngine } from "../../src/open-engine.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { startAftertalk } from "../../src/start.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { liftForgotten, readLedger } from "../../src/store/forgotten.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { ensureWorkspace } from "../../src/store/workspaces.ts";
import { createOpener, fillDataFolder, makeFolder } from "../support/database.ts";
import {
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
} from "../support/database-rows.ts";
import { createMessenger } from "../support/messenger.ts";

const root = makeFolder();
afterAll(() => rmSync(root, { recursive: true, force: true }));
const openServer = createOpener("postgres");
const log = createLog("error");
const secret = "a secret of at least thirty-two characters";
const CANARY = "canary-7b1f";
const patient = { timeout: 240_000 };
let machines = 0;

/** Everything that a backup of it would hold. */
async function dump(database: Database): Promise<string> {
  const file = join(root, `${Math.random()}.gz`);
  await writeBackup(database, { file, now: new Date() });
  return gunzipSync(readFileSync(file)).toString();
}

/** A machine: a data folder and, of one kind, a server; everything there opens and closes by itself. */
async function createMachine(kind: "postgres" | "embedded") {
  machines += 1;
  const dataFolder = join(root, `machine-${machines}`);
  mkdirSync(dataFolder, { mode: 0o700 });
  const databaseUrl = kind === "postgres" ? (await openServer()).databaseUrl : undefined;
  if (kind === "embedded") fillDataFolder(dataFolder);
  const open = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase({ databaseUrl, dataFolder, log });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };
  return {
    dataFolder,
    databaseUrl,
    open,
    /** With an engine, as a command has it: what the ledger's file says is applied first. */
    withEngine: <T>(
      work: (engine: Engine, database: Database, workspaceId: number) => Promise<T>,
    ) =>
      open(async (database) => {
        const workspace = await ensureWorkspace(database.db, {
          name: "Acme",
          timeZone: "UTC",
          locale: "en",
        });
        const options = { secret, previous: [], dataFolder, log };
        const engine = await openEngine(database, workspace, options);
        try {
          return await work(engine, database, workspace.id);
        } finally {
          await engine.jobs.stop();
        }
      }),
  };
}
type Machine = Awaited<ReturnType<typeof createMachine>>;

/** Somebody with canaries in everything, and somebody else. */
async function fill(engine: Engine, workspaceId: number): Promise<string> {
  const { db } = engine;
  const connection = { platform: "messenger", external_id: "T1" };
  const connection_id = await insertConnection(db, workspaceId, connection);
  const person_id = await insertPerson(db, workspaceId, {
    name: CANARY,
    email: `${CANARY}@x.example`,
  });
  await db
    .insertInto("identities")
    .values({ workspace_id: workspaceId, connection_id, external_id: "U1", person_id })
    .execute();
  const survey_id = await insertSurvey(db, workspaceId, { key: "test" });
  const when = new Date("2026-11-01T12:00:00Z");
  const asked = { state: "answered", person_id, asked_at: when, answered_at: when } as const;
  const invitation_id = await insertInvitation(db, workspaceId, survey_id, asked);
  const row = { workspace_id: workspaceId, invitation_id, survey_id, survey_version: 1, person_id };
  await db
    .insertInto("answers")
    .values({ ...row, question: "why", text: CANARY, answered_at: when })
    .execute();
  return person_id;
}

async function restoreWithoutErasing(machine: Machine, file: string): Promise<void> {
  const summary = await checkBackup(file);
  const jobs = { enqueue: async () => {} };
  await machine.open((database) =>
    restoreBackup(database, { file, summary, jobs, now: new Date(), replace: true }),
  );
}

describe.each(["postgres", "embedded"] as const)("P3 erase, then restore (%s)", (kind) => {
  let machine: Machine;
  let personId: string;
  const file = join(root, `${kind}.gz`);

  beforeAll(async () => {
    machine = await createMachine(kind);
    await machine.withEngine(async (engine, database, workspaceId) => {
      personId = await fill(engine, workspaceId);
      await writeBackup(database, { file, now: new Date() });
      await doWork(engine, (work) =>
        forgetHuman(engine, work, { workspaceId, personId, by: "person" }),
      );
      await keepLedgerFile(engine, workspaceId, machine.dataFolder);
      expect(await dump(database)).not.toContain(CANARY);
    });
  }, 240_000);

  test("on the same machine: it is erased again before anybody can look", patient, async () => {
    expect(readFileSync(join(machine.dataFolder, "forgotten.jsonl"), "utf8")).not.toContain(CANARY);
    await restoreWithoutErasing(machine, file);
    await machine.withEngine(async ({ db }, database, workspaceId) => {
      // Their account, and our own id of them.
      expect(await readLedger(db, workspaceId)).toHaveLength(2);
      expect(await db.selectFrom("erasures").select("requested_by").execute()).toEqual([
        { requested_by: "restore" },
      ]);
      expect(await dump(database)).not.toContain(CANARY);
    });
  });

  test(
    "on another machine with the ledger's file: the service is not ready before it is applied",
    patient,
    async () => {
      const other = await createMachine(kind);
      await restoreWithoutErasing(other, file);
      cpSync(
        join(machine.dataFolder, "forgotten.jsonl"),
        join(other.dataFolder, "forgotten.jsonl"),
      );
      const readiness: [when: string, status: number][] = [];
      const messenger = createMessenger();
      let port = 0;
      const look = async (when: string) => {
        const { status } = await fetch(`http://127.0.0.1:${port}/readyz`);
        readiness.push([when, status]);
      };
      const env = {
        AFTERTALK_DATA_DIR: other.dataFolder,
        PORT: "0",
        DATABASE_URL: other.databaseUrl,
      };
      const service = await startAftertalk({
        config: readConfig(env),
        secret,
        log,
        async platforms(web) {
          port = web.port;
          await look("before the database is open");
          return [
            {
              platform: {
                ...messenger,
                async start(inbox, core) {
                  await look("before anything comes in");
                  return messenger.start(inbox, core);
                },
              },
              connections: [{ ref: { platform: "messenger", externalId: "T1" }, name: "Test" }],
            },
          ];
        },
      });
      await look("started");
      await service.stop();
      expect(readiness).toEqual([
        ["before the database is open", 503],
        ["before anything comes in", 503],
        ["started", 200],
      ]);
      expect(await other.open(dump)).not.toContain(CANARY);
    },
  );

  if (kind === "embedded") return; // the same once more, and slow there
  test(
    "whoever came back meanwhile is not kept out, and what was before stays gone",
    patient,
    async () => {
      const other = await createMachine(kind);
      cpSync(
        join(machine.dataFolder, "forgotten.jsonl"),
        join(other.dataFolder, "forgotten.jsonl"),
      );
      await restoreWithoutErasing(other, file);
      await other.withEngine(async (engine, _, workspaceId) => {
        const [entry] = await readLedger(engine.db, workspaceId);
        expect(entry?.liftedAt).toBeNull();
        await inTransaction(engine.db, (trx) =>
          liftForgotten(trx, workspaceId, [entry?.hash ?? ""], new Date()),
        );
      });
      await other.withEngine(async () => {});
      await restoreWithoutErasing(other, file);
      await other.withEngine(async ({ db }, database, workspaceId) => {
        expect((await readLedger(db, workspaceId))[0]?.liftedAt).not.toBeNull();
        expect(await dump(database)).not.toContain(CANARY);
      });
    },
  );
});
