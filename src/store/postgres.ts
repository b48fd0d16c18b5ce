/** PostgreSQL through a pool with finite limits everywhere: nothing here waits for ever. */
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { withNames } from "./named-statements.ts";
import type { Schema } from "./schema.ts";
import { arrayTypes, valueParsers } from "./value-types.ts";

/**
 * Milliseconds. A caller that gets none of the connections in time is refused, not kept waiting.
 * Opening another one may take longer: a busy machine is no reason to refuse somebody.
 */
const limits = {
  connection: 500,
  opening: 2_000,
  statement: 30_000,
  lock: 5_000,
  idleInTransaction: 30_000,
};
type PostgresLimits = Readonly<typeof limits>;

/** For the first contact: a name may have to be looked up and a server may be waking. */
const FIRST_CONTACT_MS = 10_000;
const OLDEST_SERVER = 15;
const DEFAULT_POOL_SIZE = 10;
/** The oid of text[], which the type of pg's own list leaves out. */
const TEXT_ARRAY = 1009 as Parameters<typeof pg.types.getTypeParser>[0];

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: Log;
  readonly applicationName?: string | undefined;
  readonly poolSize?: number | undefined;
  /** Other limits than the usual ones, for tests. */
  readonly limits?: Partial<PostgresLimits> | undefined;
}

/** Opens a pool after checking that the server answers and is new enough. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  await checkServer(options);
  const limit = { ...limits, ...options.limits };
  const pool = createPool(options, limit);
  const db = createKysely(pool, limit, options.log);
  return {
    kind: "postgres",
    db,
    jobsDatabase: { executeSql: (text, values) => pool.query(text, values) },
    async patiently(work) {
      const patience = {
        ...{ connection: FIRST_CONTACT_MS, opening: FIRST_CONTACT_MS },
        ...{ statement: 0, lock: 0, idleInTransaction: 0 },
      };
      const patient = createPool({ ...options, poolSize: 1 }, patience);
      try {
        return await work(createKysely(patient, patience, options.log));
      } finally {
        await patient.end();
      }
    },
    // Not db.destroy(): that leaves the pool open when Kysely itself has not used it yet.
    close: () => pool.end(),
  };
}

function createKysely(pool: pg.Pool, limit: PostgresLimits, log: Log): Kysely<Schema> {
  const soon = {
    options: pool.options,
    connect: () => takeSoon(pool, limit.connection),
    end: () => pool.end(),
  };
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withNames(soon, log) }) });
}

/** A connection of the pool. Where all are in use, nobody waits long for one. */
function takeSoon(pool: pg.Pool, limitMs: number): Promise<pg.PoolClient> {
  const isFull = pool.idleCount === 0 && pool.totalCount >= pool.options.max;
  const coming = pool.connect();
  if (!isFull) return coming;
  const { promise, resolve, reject } = Promise.withResolvers<pg.PoolClient>();
  const timer = setTimeout(() => {
    reject(allInUse());
    // Whatever it comes to now is of no use to anybody.
    coming.then((client) => client.release()).catch(() => {});
  }, limitMs);
  coming.then(resolve, reject).finally(() => clearTimeout(timer));
  return promise;
}

function allInUse(): AppError {
  return new AppError("database-away", "All connections to the database are in use (timeout).", {
    advice: "Try again in a moment; if it stays so, see what keeps the database busy.",
  });
}

function createPool(options: PostgresOptions, limit: PostgresLimits): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: options.applicationName ?? "aftertalk",
    max: options.poolSize ?? DEFAULT_POOL_SIZE,
    connectionTimeoutMillis: Math.max(limit.opening, limit.connection),
    statement_timeout: limit.statement,
    lock_timeout: limit.lock,
    idle_in_transaction_session_timeout: limit.idleInTransaction,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: createTypes(),
  });
  // Without these listeners the loss of a connection would end the process: the pool's is for idle
  // ones, the client's for one whose user is between two statements (the next one then fails).
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", (error) => {
    if (!pool.ending) options.log.warn({ error }, "lost an idle database connection");
  });
  return pool;
}

/** pg's own parsers with ours in front, for the types and for the arrays of them. */
function createTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  for (const [oid, parse] of Object.entries(valueParsers)) types.setTypeParser(Number(oid), parse);
  const splitArray: (text: string) => (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY);
  for (const [oid, element] of Object.entries(arrayTypes)) {
    const parse = valueParsers[element];
    if (!parse) continue;
    types.setTypeParser(Number(oid), (text: string) =>
      splitArray(text).map((item) => (item === null ? null : parse(item))),
    );
  }
  return types;
}

async function checkServer(options: PostgresOptions): Promise<void> {
  const place = describePlace(options.databaseUrl);
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: FIRST_CONTACT_MS,
    query_timeout: FIRST_CONTACT_MS,
  });
  client.on("error", () => {});
  let version: string;
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    version = rows[0]?.server_version ?? "";
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("database-away", `The database at ${place} cannot be reached: ${why}.`, {
      cause,
      advice:
        "Check that PostgreSQL runs and that DATABASE_URL has the right address, name, user and password.",
    });
  } finally {
    await client.end().catch(() => {});
  }
  if (Number.parseInt(version, 10) < OLDEST_SERVER) {
    throw new AppError(
      "bad-setting",
      `PostgreSQL ${version} at ${place} is too old: aftertalk needs ${OLDEST_SERVER} or newer.`,
      { advice: "Upgrade the server, or let DATABASE_URL name a newer one." },
    );
  }
}

/** Host, port and database name: what may be shown of an address. */
function describePlace(databaseUrl: string): string {
  let url: URL;
  try {
    url = new URL(databaseUrl);
  } catch {
    // The cause would quote the whole address, password included.
    throw new AppError("bad-setting", "DATABASE_URL is not an address.", {
      advice: "It looks like postgres://user:password@localhost:5432/aftertalk.",
    });
  }
  return `${url.hostname || "localhost"}:${url.port || 5432}${url.pathname}`;
}
