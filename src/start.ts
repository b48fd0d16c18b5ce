/** Puts the running service together: database, queue, inbox, outbox, clockwork, platforms, web. */
import { greetNewConnections } from "./admin/setup/hello.ts";
import { tellStops } from "./admin/stop/tell-stop.ts";
import { postAlerts } from "./alerts/post.ts";
import { keepLedgerFile } from "./backup/ledger-sync.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createCoreServices } from "./core-services.ts";
import { postDigests } from "./digest/post.ts";
import type { Engine } from "./engine.ts";
import { AppError } from "./errors.ts";
import { createInbox } from "./inbox.ts";
import { languageFor } from "./locales/index.ts";
import type { Log } from "./log.ts";
import { openEngine } from "./open-engine.ts";
import { createOutbox } from "./outbox.ts";
import { createRemovals } from "./people/removal.ts";
import type { ChatPlatform, ConnectionRef, Inbox } from "./platform.ts";
import { runAskJob } from "./scheduling/ask/ask.ts";
import { createQuietUntil } from "./scheduling/ask/quiet.ts";
import { createTicker, type Ticker } from "./scheduling/clockwork/ticker.ts";
import { standardSchedules } from "./scheduling/definition/standard-schedules.ts";
import { buryJob } from "./scheduling/jobs/dead-jobs.ts";
import type { JobTiming } from "./scheduling/jobs/jobs.ts";
import { runRetention } from "./scheduling/retention.ts";
import { type ConnectionSettings, ensureConnection } from "./store/connections.ts";
import { type Database, openDatabase } from "./store/database.ts";
import { databaseProblems } from "./store/health.ts";
import { migrateToLatest } from "./store/migrate.ts";
import { ensureSchedules } from "./store/schedules.ts";
import { ensureSurveys } from "./store/surveys.ts";
import { inTransaction } from "./store/transaction.ts";
import { ensureWorkspace, type Workspace } from "./store/workspaces.ts";
import { standardSurveys } from "./surveys/standard.ts";
import { startWebServer } from "./web.ts";

/** A platform with the connections it serves. */
export interface WiredPlatform {
  readonly platform: ChatPlatform;
  readonly connections: readonly {
    readonly ref: ConnectionRef;
    readonly name: string;
    readonly settings?: Partial<ConnectionSettings>;
  }[];
  /** Of connections that the platform opens while running. */
  readonly settings?: Partial<ConnectionSettings>;
}

export interface StartOptions {
  readonly config: Config;
  readonly secret: string;
  /** Secrets from before, still understood. */
  readonly previous?: readonly string[];
  readonly log: Log;
  /**
   * Makes the adapters; the core does not know which there are. Called when the port is ours, so
   * that meanwhile whoever comes over HTTP is told to come again.
   */
  readonly platforms: (web: {
    readonly port: number;
  }) => readonly WiredPlatform[] | Promise<readonly WiredPlatform[]>;
  /** Told what is going on while starting, for people. */
  readonly onProgress?: (line: string) => void;
  readonly clock?: Clock;
  readonly timing?: JobTiming;
  /** Called at each crash point; tests end the process there. */
  readonly reach?: Engine["reach"];
}

export interface Running {
  readonly url: string;
  /** Stops taking work, finishes what is under way (10 s at most), closes everything. */
  stop(): Promise<void>;
}

/** Starts everything; what was started is stopped again when a later part fails. */
export async function startAftertalk(options: StartOptions): Promise<Running> {
  const { config, log, onProgress = () => {} } = options;
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  try {
    const web = await startWebServer(config);
    started.push(web);
    const wired = await options.platforms(web);
    if (wired.length === 0) throw nothingToDo();
    onProgress(
      config.databaseUrl === undefined
        ? "Opening the embedded database (the first start takes a few seconds)"
        : "Opening the database",
    );
    const database = await openDatabase({
      databaseUrl: config.databaseUrl,
      dataFolder: config.dataFolder,
      log,
    });
    started.push({ stop: () => database.close() });
    const workspace = await prepare(database, config, wired, options.clock ?? systemClock);
    const opened = await openEngine(database, workspace, {
      ...options,
      previous: options.previous ?? [],
      dataFolder: config.dataFolder,
    });
    const engine: Engine = { ...opened, platforms: wired.map(({ platform }) => platform) };
    started.push({ stop: () => engine.jobs.stop() });
    const ticker = await startWork(engine, workspace, config, wired);
    started.push(ticker);
    for (const { platform, settings = {} } of wired) {
      started.push(platform); // first: also what started halfway is stopped
      const opening = { platform: platform.name, workspaceId: workspace.id, settings };
      await startPlatform(platform, createInbox(engine, opening), engine);
    }
    web.ready(
      wired.map(({ platform }) => platform),
      () => databaseProblems(database),
    );
    return { url: web.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function nothingToDo(): AppError {
  return new AppError("bad-setting", "There is no platform to work on.", {
    advice:
      "Set up Slack (docs/slack.md: SLACK_BOT_TOKEN and SLACK_APP_TOKEN) or Discord (docs/discord.md: DISCORD_TOKEN), or try things out with AFTERTALK_PLAYGROUND=on.",
  });
}

/** A platform that cannot start ends the start, and says which one it was. */
async function startPlatform(platform: ChatPlatform, inbox: Inbox, engine: Engine): Promise<void> {
  try {
    await platform.start(inbox, createCoreServices(engine, platform.name));
  } catch (cause) {
    const ours = cause instanceof AppError;
    const why = ours
      ? cause.message
      : `an unexpected ${cause instanceof Error ? cause.name : "error"}`;
    throw new AppError(ours ? cause.code : "temporary", `${platform.name} did not start: ${why}`, {
      cause,
      advice: (ours ? cause.advice : undefined) ?? "Run: aftertalk doctor",
    });
  }
}

/** Schema, workspace, surveys, schedules and connections, each made when it is missing. */
async function prepare(
  database: Database,
  config: Config,
  wired: readonly WiredPlatform[],
  clock: Clock,
): Promise<Workspace> {
  await migrateToLatest(database);
  const workspace = await ensureWorkspace(database.db, {
    name: config.company,
    timeZone: config.timeZone,
    locale: languageFor("en"),
  });
  await inTransaction(database.db, async (transaction) => {
    await ensureSurveys(transaction, workspace.id, standardSurveys(workspace.name));
    await ensureSchedules(transaction, workspace.id, standardSchedules, clock.now());
  });
  for (const { ref, name, settings } of wired.flatMap(({ connections }) => connections)) {
    await ensureConnection(database.db, workspace.id, ref, name, settings);
  }
  return workspace;
}

/** Jobs and clockwork; what they do goes out to the platforms. */
async function startWork(
  engine: Engine,
  { id: workspaceId }: Workspace,
  { dataFolder }: Config,
  wired: readonly WiredPlatform[],
): Promise<Ticker> {
  const platforms = new Map(wired.map(({ platform }) => [platform.name, platform]));
  const quietUntil = createQuietUntil(platforms);
  const outbox = createOutbox(engine, platforms);
  const removals = createRemovals(engine, platforms);
  const keepLedger = () => keepLedgerFile(engine, workspaceId, dataFolder);
  await engine.jobs.work({
    ask: (data) => runAskJob(engine, data, quietUntil),
    deliver: (data) => outbox.deliver(data),
    async remove(data) {
      await keepLedger(); // first of all: whoever was forgotten stays so, whatever becomes of the database
      await removals.remove(data);
    },
    deadDelivery: (data) => outbox.giveUp(data),
    deadRemoval: (data) => removals.giveUp(data),
    died: (job) => buryJob(engine, job),
  });
  const ticker = createTicker(engine, [
    { name: "ledger", cron: "* * * * *", run: keepLedger },
    // Often enough that nothing is a day late when the service was down at one of these times.
    { name: "retention", cron: "47 3,9,15,21 * * *", run: () => runRetention(engine) },
    {
      name: "digest",
      cron: "* * * * *",
      run: () => postDigests(engine, (platform) => platforms.has(platform)),
    },
    {
      name: "alerts",
      cron: "* * * * *",
      run: () => postAlerts(engine, (platform) => platforms.has(platform)),
    },
    { name: "stops", cron: "* * * * *", run: () => tellStops(engine) },
    {
      name: "greeting",
      cron: "* * * * *",
      run: () => greetNewConnections(engine, (platform) => platforms.has(platform)),
    },
  ]);
  ticker.start();
  return ticker;
}
