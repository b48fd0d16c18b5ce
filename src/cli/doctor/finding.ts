import { AppError } from "../../errors.ts";

/** What a check found. `mend` says what to do about a problem. */
export type Finding =
  | { readonly check: string; readonly ok: true; readonly says: string }
  | { readonly check: string; readonly ok: false; readonly says: string; readonly mend: string };

/** A failed check, in the words of the error when it is one of ours. */
export function problem(check: string, error: unknown, mend: string): Finding {
  if (error instanceof AppError) {
    return { check, ok: false, says: error.message, mend: error.advice ?? mend };
  }
  const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
  return { check, ok: false, says: `it failed${code}`, mend };
}
