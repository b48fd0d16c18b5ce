import { AppError } from "../../../src/errors.ts";

/** How long an attempt is told to wait: milliseconds to wait, 0 when it may go. */
export function waitOf(attempt: () => void): number {
  try {
    attempt();
    return 0;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "rate-limited") throw error;
    return error.retryAfterMs ?? Number.NaN;
  }
}
