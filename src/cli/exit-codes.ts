/** What a command's exit code says. docs/command-line.md has the same table; a test compares them. */
import { AppError, type ErrorCode } from "../errors.ts";

/** Thrown out of work that was interrupted from outside (Ctrl-C, a supervisor). */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
    this.name = "Interrupted";
  }
}

export const exitCodes = {
  ok: { code: 0, meaning: "done" },
  failure: { code: 1, meaning: "not done: the message says why" },
  usage: { code: 2, meaning: "wrong usage or settings: nothing was tried" },
  inUse: { code: 3, meaning: "the data is in use by another process" },
  database: {
    code: 4,
    meaning: "the database cannot be used: away, damaged, or newer than aftertalk",
  },
  differs: {
    code: 5,
    meaning: "config apply --dry-run --exit-code: something would change",
  },
  stuck: {
    code: 75,
    meaning: "the embedded database stopped answering; nothing acknowledged is lost",
  },
  interrupted: { code: 130, meaning: "interrupted; nothing was changed" },
} as const;

const codesOfErrors: Partial<Record<ErrorCode, number>> = {
  "bad-setting": exitCodes.usage.code,
  "secret-lost": exitCodes.usage.code,
  "data-in-use": exitCodes.inUse.code,
  "data-stuck": exitCodes.stuck.code,
  "database-away": exitCodes.database.code,
  "schema-broken": exitCodes.database.code,
  "schema-newer": exitCodes.database.code,
};

/** lock_not_available: PostgreSQL's word for having waited too long for what others hold. */
export function isLockedOut(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return exitCodes.interrupted.code;
  if (isLockedOut(error)) return exitCodes.inUse.code;
  const code = error instanceof AppError ? codesOfErrors[error.code] : undefined;
  return code ?? exitCodes.failure.code;
}
