/**
 * A process to be killed: the whole core with real workers on one of the databases. Events come in
 * and are acknowledged over IPC; messages go out over HTTP to a platform that outlives it.
 *
 *   node test/campaign/victim.ts URL_OR_FOLDER PLATFORM_URL [POINT:N] [clock]
 */
import { AppError } from "../../src/errors.ts";
import { createInbox } from "../../src/inbox.ts";
import { createLog } from "../../src/log.ts";
import { createOutbox } from "../../src/outbox.ts";
import { createLedger } from "../../src/people/ledger.ts";
import { createRemovals } from "../../src/people/removal.ts";
import type { ChatPlatform, PlatformEvent } from "../../src/platform.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";
import { buryJob } from "../../src/scheduling/jobs/dead-jobs.ts";
import { createJobs } from "../../src/scheduling/jobs/jobs.ts";
import { ensureConnection } from "../../src/store/connections.ts";
import { openDatabase } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { ensureSchedules } from "../../src/store/schedules.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { ensureWorkspace } from "../../src/store/workspaces.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import type { Hands } from "./schedule-story.ts";
import { runClock, setUpSchedules, turnHands } from "./victim-clock.ts";

const [where = "", platformUrl = "", fault = "", clockwork = ""] = process.argv.slice(2);
const [point, count = "1"] = fault.split(":");
const log = createLog("error");

const database = await openDatabase({
  log,
  ...(where.startsWith("postgres")
    ? { databaseUrl: where, dataFolder: "" }
    : { dataFolder: where }),
});
await migrateToLatest(database);
const workspace = await ensureWorkspace(database.db, {
  name: "Acme",
  timeZone: "UTC",
  locale: "en",
});
await ensureSurveys(database.db, workspace.id, standardSurveys("Acme"));
await ensureSchedules(database.db, workspace.id, standardSchedules, new Date());
await ensureConnection(database.db, workspace.id, { platform: "wire", externalId: "T" }, "Test", {
  askDelaySeconds: 0,
});

const platform: ChatPlatform = {
  name: "wire",
  async start() {},
  async stop() {},
  async send(_connection, to, message, key) {
    return post("/send", { to, message, key });
  },
  async update(_connection, to, messageId, message) {
    await post("/update", { to, messageId, message });
  },
};

async function post(path: string, body: unknown) {
  const response = await fetch(platformUrl + path, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new AppError("temporary", `the platform answered ${response.status}`);
  const { messageId } = (await response.json()) as { messageId: string };
  return { messageId, reached: true };
}

const jobs = createJobs({
  database: database.jobsDatabase,
  kind: database.kind,
  log,
  timing: { lease: 2, sweep: 1, poll: 0.5, retry: 1 },
});
await jobs.start();
let left = Number(count);
const engine = {
  db: database.db,
  patiently: database.patiently,
  clock: { now: () => new Date() },
  jobs,
  tokens: createTokens("a secret of at least thirty-two characters"),
  ledger: createLedger(Buffer.alloc(32, "ledger")),
  log,
  reach(reached: string) {
    if (reached !== point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  },
};
const platforms = new Map([[platform.name, platform]]);
const outbox = createOutbox(engine, platforms);
const removals = createRemovals(engine, platforms);
const inbox = createInbox(engine);
await jobs.work({
  ask: (data) => runAskJob(engine, data),
  deliver: (data) => outbox.deliver(data),
  remove: (data) => removals.remove(data),
  deadDelivery: (data) => outbox.giveUp(data),
  deadRemoval: (data) => removals.giveUp(data),
  died: (job) => buryJob(engine, job),
});

process.on("message", async (event: PlatformEvent | Hands) => {
  if (event.kind === "remind" || event.kind === "fire") {
    await turnHands(database.db, workspace.id, event);
    process.send?.({ acknowledged: event.id, reply: { kind: "none" } });
    return;
  }
  const reply = await inbox.receive({ ...event, at: new Date(event.at) });
  process.send?.({ acknowledged: event.id, reply });
});
process.on("disconnect", () => process.exit(0));
if (clockwork !== "") {
  await setUpSchedules(engine, workspace.id);
  void runClock(engine);
}
process.send?.({ ready: true });
