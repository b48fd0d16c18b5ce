import type { AppError } from "../../../src/errors.ts";
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

/** A message with nothing but words. */
export function plain(text: string): Message {
  return { summary: text, locale: "en", parts: [{ kind: "text", text }] };
}
