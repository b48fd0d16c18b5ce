/** What the main thread and the thread of the embedded database say to each other. */
import type { PostgresQueryResult } from "kysely";

/** What a statement gave: its rows, or how many it changed. */
export interface EmbeddedResult<T = unknown> {
  readonly rows: T[];
  readonly affectedRows?: number;
  readonly command: PostgresQueryResult<T>["command"];
}

/** `query` is one statement with parameters, `exec` any number without. One request at a time. */
export type EmbeddedRequest =
  | { readonly kind: "query"; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: "exec"; readonly sql: string }
  | { readonly kind: "close" };

/** What of a database error survives the way between the threads. */
export interface EmbeddedFailure {
  readonly message: string;
  /** PostgreSQL's own fields: code, detail, constraint … */
  readonly fields: Readonly<Record<string, string>>;
  /** True when the database cannot be trusted to go on: full disk, panic, crashed code. */
  readonly fatal: boolean;
}

/** The first answer says that the database is open; then each request has one. */
export type EmbeddedResponse =
  | { readonly kind: "done"; readonly results: EmbeddedResult[] }
  | { readonly kind: "failed"; readonly failure: EmbeddedFailure };

/** What the thread is started with. */
export interface EmbeddedStart {
  /** Folder of the database cluster itself; made when there is none. */
  readonly cluster: string;
}
