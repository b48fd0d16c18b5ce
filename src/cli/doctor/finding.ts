import { AppError } from "../../errors.ts";
import type { Finding } from "../../platform.ts";

/** A failed check, in the words of the error when it is one of ours. */
export function problem(check: string, error: unknown, mend: string): Finding {
  if (error instanceof AppError) {
    return { check, ok: false, says: error.message, mend: error.advice ?? mend };
  }
  const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
  return { check, ok: false, says: `it failed${code}`, mend };
}
