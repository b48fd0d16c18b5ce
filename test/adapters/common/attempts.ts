import { AppError, type ErrorCode } from "../../../src/errors.ts";
import type { Message } from "../../../src/platform.ts";

/** The error that a promise rejects with. */
export async function failure(attempt: Promise<unknown>): Promise<AppError> {
  return attempt.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: AppError) => error,
  );
}

/** The code of the AppError that an attempt fails with; undefined when it succeeds. */
export async function codeOf(attempt: Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** A message with nothing but words. */
export function plain(text: string): Message {
  return { summary: text, locale: "en", parts: [{ kind: "text", text }] };
}
