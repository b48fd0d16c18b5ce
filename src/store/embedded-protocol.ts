/** What the main thread and the thread of the embedded database say to each other. */

export interface EmbeddedResult<T = Record<string, unknown>> {
  readonly rows: T[];
  readonly affectedRows?: number;
  readonly fields: { readonly name: string; readonly dataTypeID: number }[];
  /** What the statement was: "SELECT", "COMMIT" … */
  readonly command?: string;
}

/** `query` is one statement with parameters, `exec` any number without. One at a time. */
export type EmbeddedRequest =
  | { readonly kind: "query"; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: "exec"; readonly sql: string }
  | { readonly kind: "close" };

/** The fields of a database error that survive the way between the threads. */
export interface EmbeddedFailure {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** True when the database cannot be trusted to go on: full disk, panic, crashed code. */
  readonly fatal: boolean;
}

export type EmbeddedResponse =
  | { readonly kind: "done"; readonly results: EmbeddedResult[] }
  | { readonly kind: "failed"; readonly failure: EmbeddedFailure };

/** What the thread is started with. */
export interface EmbeddedStart {
  /** Folder of the database cluster itself. */
  readonly cluster: string;
}
