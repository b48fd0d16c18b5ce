/**
 * Statements that come again get a name, so that PostgreSQL reads and plans them once a connection
 * and not each time: of a summary that is most of its time.
 */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";
import type { Log } from "../log.ts";

/** Each is kept in every connection of the server, and takes some ten to hundred kB there. */
const MOST_NAMES = 200;
/** What comes less often is not worth one. */
const USES_BEFORE = 5;
/** Texts that are counted; lists of any length make ever new ones. */
const MOST_TEXTS = 2000;

/** The name is not known, or known already: a pooler gives each transaction another connection. */
const NO_NAMES = new Set(["26000", "42P05"]);
/** A table has changed, and with it what the statement returns. */
const OTHER_RESULT = "0A000";

/** Which statements have names. */
export interface StatementNames {
  /** The name for a use of this text; undefined: none. */
  nameOf(text: string): string | undefined;
  /** This one never has a name again. */
  refuse(text: string): void;
  /** None has, from now on. */
  refuseAll(): void;
}

/** Names of one pool: the same text has the same name on all its connections. */
export function createStatementNames(most = MOST_NAMES): StatementNames {
  const names = new Map<string, string | undefined>();
  const uses = new Map<string, number>();
  let given = 0;
  let refused = false;
  return {
    nameOf(text) {
      if (refused) return undefined;
      if (names.has(text) || given === most) return names.get(text);
      const used = (uses.get(text) ?? 0) + 1;
      if (used < USES_BEFORE) {
        if (uses.size >= MOST_TEXTS) uses.clear();
        uses.set(text, used);
        return undefined;
      }
      uses.delete(text);
      given += 1;
      const name = `s${given}`;
      names.set(text, name);
      return name;
    },
    refuse(text) {
      names.set(text, undefined);
    },
    refuseAll() {
      refused = true;
    },
  };
}

/** The pool with names for statements that have parameters; others are sent as they are. */
export function withNames(
  pool: Pick<pg.Pool, "options" | "end"> & { connect(): Promise<pg.PoolClient> },
  log: Log,
): PostgresPool {
  const names = createStatementNames();
  // One for each connection: Kysely knows them by it.
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: () =>
      pool.connect().then((client) => {
        let known = clients.get(client);
        if (known === undefined) {
          known = naming(client, names, log);
          clients.set(client, known);
        }
        return known;
      }),
    end: () => pool.end(),
  };
}

function naming(client: pg.PoolClient, names: StatementNames, log: Log): PostgresPoolClient {
  const run = (text: string, values: readonly unknown[], name?: string) =>
    client.query({ text, values: [...values], ...(name !== undefined && { name }) });
  // Nothing is waited for here but the answer: this is on the way of every statement.
  function send(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    const name = values.length === 0 ? undefined : names.nameOf(text);
    if (name === undefined) return run(text, values);
    const inside = client.getTransactionStatus() !== "I";
    return run(text, values, name).catch((error: unknown) => {
      if (!isAboutNames(error)) throw error;
      if (error.code === OTHER_RESULT) names.refuse(text);
      else {
        names.refuseAll();
        log.warn({ code: error.code }, "a pooler keeps no prepared statements: none are used");
      }
      // A transaction is over by its error; whoever began it does it again.
      if (inside) throw error;
      return run(text, values);
    });
  }
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new TypeError("there are no cursors here");
    return send(text, values);
  }
  return { query, release: (destroy) => client.release(destroy) };
}

function isAboutNames(error: unknown): error is Error & { code: string } {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return false;
  return error.code === OTHER_RESULT || NO_NAMES.has(error.code);
}
