import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { writeBackup } from "../../src/backup/write.ts";
import { keepView } from "../../src/commands/view/key.ts";
import { doWork } from "../../src/engine.ts";
import { createLog } from "../../src/log.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { readOwnData } from "../../src/people/my-data.ts";
import { createJobs } from "../../src/scheduling/jobs/jobs.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { newId } from "../../src/store/ids.ts";
import { describeEitherDatabase, makeDataFolder, type TestDatabase } from "../support/database.ts";
import { createWorld, robin, type World } from "../support/world.ts";
import { dump, plantCanaries } from "./canaries.ts";
import { type HumanRows, insertHuman } from "./human-rows.ts";

/** What people write, and what tells who they are: the least that canaries have to be in. */
const FREE = [
  ...["people.name", "people.email", "people.locale", "identities.external_id"],
  ...["chats.external_id", "chats.url", "chats.channel", "chats.tags"],
  ...["answers.text", "answers.choice", "answer_history.text", "quotes.text"],
  ...["case_events.text", "case_events.details", "deliveries.address", "deliveries.message"],
  ...["invitations.conversation", "invitations.address", "invitations.reason_key", "holds.reason"],
  ...["people.plan", "people.tags", "people.left_rule", "activities.what", "dates.name"],
  ...["signals.reasons", "signal_events.reasons", "people.role_by"],
  ...["drafts.about", "drafts.content", "change_sets.changes", "change_sets.undo"],
];

describeEitherDatabase("a canary in every personal field", (open) => {
  let database: TestDatabase;
  let world: World;
  let human: HumanRows;
  let other: HumanRows;
  let planted: ReadonlyMap<string, string>;
  let others: ReadonlyMap<string, string>;
  let logged: string[];
  let run = 0;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    logged = [];
    run += 1;
    const log = createLog("debug", { write: (line: string) => logged.push(line) });
    world = await createWorld(database, { log });
    const { workspaceId } = world;
    human = await insertHuman(database.db, workspaceId);
    other = await insertHuman(database.db, workspaceId, human);
    planted = await plant(human, `A${run}`);
    others = await plant(other, `B${run}`);
    await look(human, `canaryA${run}_views_`);
    await look({ ...human, personId: newId() }, "");
  });

  /** A lead looks for words, and at the chats that somebody handled, page by page. */
  const look = ({ workspaceId, personId }: HumanRows, search: string) =>
    keepView(
      database.db,
      workspaceId,
      { versus: "before", filter: { agent: { values: [personId], label: "" } }, search },
      world.clock.now(),
    );

  const plant = ({ workspaceId, personId, otherRowId }: HumanRows, name: string) =>
    plantCanaries(database.db, { workspaceId, people: [personId, otherRowId] }, name);

  const erase = ({ workspaceId, personId }: HumanRows) =>
    doWork(world.engine, (work) =>
      forgetHuman(world.engine, work, { workspaceId, personId, by: "operator" }),
    );

  test("P9 the data of somebody have every personal column, and nothing of anybody else", async () => {
    expect([...planted.keys()]).toEqual(expect.arrayContaining(FREE));
    const { workspaceId, otherRowId } = human;
    const data = await readOwnData(database.db, workspaceId, otherRowId, world.clock.now());
    const file = JSON.stringify(data);
    const missing = [...planted.values()].filter((canary) => !file.includes(canary));
    expect(missing).toEqual([]);
    expect(file).not.toContain(`canaryB${run}_`);
    expect(data).toMatchObject({ asked: 1, chats: 1, cases: 1, quotes: 1, consent: "open" });
    expect(data?.names).toHaveLength(2);
    const { people, audit, change_sets, role_grants } = data?.tables ?? {};
    expect(people).toContainEqual(expect.objectContaining({ told_role: "viewer" }));
    expect(audit).toMatchObject([{ action: "consent.never", origin: "chat" }]);
    expect(change_sets?.map(({ state }) => state).sort()).toEqual([
      "applied",
      ...["offered", "refused", "withdrawn"],
    ]);
    // What was granted to them, and not what they granted.
    expect(role_grants).toMatchObject([{ role: "lead" }]);
  });

  test("P1 an erased human is in no row of any table, in no job, in no log and in no backup", async () => {
    expect([...planted.keys()]).toEqual(expect.arrayContaining(FREE));
    await erase(human);
    await world.settle();
    const rows = await dump(database.db);
    expect(rows.split("\n").filter((row) => row.includes(`canaryA${run}_`))).toEqual([]);
    expect(rows).toContain(`"search": ""`);
    expect(logged.filter((line) => line.includes("canary"))).toEqual([]);
    const lost = [...others.values()].filter((canary) => !rows.includes(canary));
    expect(lost).toEqual([]);
    const backup = await backedUp(database);
    expect(backup).not.toContain(`canaryA${run}_`);
    expect(backup).toContain(`canaryB${run}_`);
  });

  test("what leads type, search for and press is in no log, nor are the answers to it", async () => {
    const word = `canaryL${run}`;
    const shown: string[] = [];
    for (const [command, text] of [
      ["feedback", `all ${word}`],
      ["feedback", `all low "${word} \0\u202e%_' or 1=1 --" <!channel> (a+)+$`],
      ["nps", `month team:${word} agent:${word} account:${word}`],
      ["nps", `month by ${word} vs ${word}`],
      ["journey", word],
      [word, word],
    ] as const)
      shown.push(JSON.stringify(await world.types(robin, command, text)));
    shown.push(JSON.stringify(await world.presses(robin, `${word}.${word}`)));
    expect(shown.filter((reply) => reply.includes(word)).length).toBeGreaterThan(3);
    world.engine.log.debug({ name: word }, "that lines are kept is seen by this one");
    expect(logged.join("")).toContain("[hidden]");
    expect(logged.filter((line) => line.includes("canary"))).toEqual([]);
  });

  test("P1 after an erasure nobody of the human's rows is referred to by anything but the logs of who changed what", async () => {
    await erase(human);
    await world.settle();
    const rows = (await dump(database.db)).split("\n");
    const naming = rows.filter(
      (row) => row.includes(human.personId) || row.includes(human.otherRowId),
    );
    const logs = ["audit", "change_sets", "role_grants"].map((table) => `public.${table}`);
    expect([...new Set(naming.map((row) => row.split(" ")[0]))].sort()).toEqual(logs);
    const held = await database.db
      .selectFrom("role_grants")
      .select(["role", "granted_by"])
      .where("workspace_id", "=", human.workspaceId)
      .orderBy("granted_at")
      .execute();
    // What they granted holds; nothing is left that was granted to them.
    expect(held.filter(({ granted_by }) => granted_by === human.otherRowId)).toEqual([
      { role: "viewer", granted_by: human.otherRowId },
    ]);
    expect(held.filter(({ role }) => role === "lead")).toHaveLength(1);
    const { rows: accounts } = await sql`select from identities
      where workspace_id = ${human.workspaceId}`.execute(database.db);
    expect(accounts).toHaveLength(2);
  });
});

test("P1 nothing of an erased human is left in the files of the embedded database", async () => {
  const dataFolder = makeDataFolder();
  const onFatal = (error: Error) => {
    throw error;
  };
  const log = createLog("error");
  const database = await openEmbedded({ dataFolder, log, onFatal });
  const jobs = createJobs({ database: database.jobsDatabase, kind: "embedded", log });
  try {
    await jobs.start();
    const world = await createWorld({
      ...database,
      jobs: async () => jobs,
      workspaceId: 0,
      databaseUrl: undefined,
    });
    const { workspaceId, engine } = world;
    const { personId, otherRowId } = await insertHuman(database.db, workspaceId);
    await plantCanaries(database.db, { workspaceId, people: [personId, otherRowId] }, "F");
    await sql`checkpoint`.execute(database.db);
    expect(filesWith(dataFolder, "canaryF").length).toBeGreaterThan(10);
    await doWork(engine, (work) =>
      forgetHuman(engine, work, { workspaceId, personId, by: "operator" }),
    );
    await world.settle();
    await database.patiently(async (db) => {
      for (const step of SCRUB) await sql.raw(step).execute(db);
    });
    expect(filesWith(dataFolder, "canaryF")).toEqual([]);
  } finally {
    await jobs.stop();
    await database.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

/** What a backup has in it. */
async function backedUp(database: TestDatabase): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "aftertalk-canary-"));
  const file = join(folder, "backup.gz");
  try {
    await writeBackup(database, { file, now: new Date() });
    return gunzipSync(readFileSync(file)).toString();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rewrites every table, and gives back the log of what was written before. */
const SCRUB = ["vacuum full", "set wal_recycle = off", "select pg_switch_wal()", "checkpoint"];

/** Names of the files below a folder that have the word in them. */
function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(word));
}
