/**
 * What can go wrong in a way that somebody has to act on. Each code is translated once, at the edge
 * (command line: message and exit code; chat: a friendly sentence). An expected "no" (a late
 * answer, an unknown command) is a return value and never an error.
 */
export type ErrorCode =
  | "bad-setting" // a setting is missing or wrong
  | "bad-input" // what a person typed or a file holds cannot be used
  | "data-in-use" // another process has the embedded database open
  | "data-stuck" // the embedded database stopped answering
  | "schema-newer" // the database was written by a newer aftertalk
  | "schema-broken" // the database lacks something that correctness depends on
  | "secret-lost" // what is sealed in the database needs a secret that was not given
  | "database-away" // the database cannot be reached
  | "port-taken"
  | "temporary" // a platform failed in a way that may pass: retry
  | "rate-limited" // a platform asked to wait: retry after `retryAfterMs`
  | "unreachable" // this person or place cannot be reached on this platform: do not retry
  | "revoked" // the platform refuses our credentials
  | "not-found";

/** Extra facts of an error: why, what to do next, how long to wait. */
export interface ErrorDetails {
  readonly cause?: unknown;
  /** What to do next, one sentence for the person who reads it. */
  readonly advice?: string;
  /** For `rate-limited`: milliseconds to wait before the next try. */
  readonly retryAfterMs?: number;
  /** For `rate-limited`: who has to wait. Not set: only this one delivery, by our own pacing. */
  readonly waits?: "place" | "connection";
}

/** The one error class: a code to act on, a message that a person can read, the cause kept. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly waits: "place" | "connection" | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.advice = details.advice;
    this.retryAfterMs = details.retryAfterMs;
    this.waits = details.waits;
  }
}

/** True when `error` is ours and carries `code`. */
export function hasCode(error: unknown, code: ErrorCode): error is AppError {
  return error instanceof AppError && error.code === code;
}
