/** The playground's own failures as AppErrors, and AppErrors as answers to the page. */
import type { z } from "zod";
import { AppError, type ErrorCode } from "../../src/errors.ts";
import type { Address } from "../../src/platform.ts";
import type { Refused } from "./wire.ts";

export function unknownPlace(to: Address): AppError {
  return new AppError("unreachable", `the playground has no such place: ${to.kind}`, {
    advice: "It was removed with the data folder; nothing is sent there again.",
  });
}

export function unknownMessage(): AppError {
  return new AppError("not-found", "the playground has no such message", {
    advice: "Send a new message instead.",
  });
}

export function stopped(): AppError {
  return new AppError("temporary", "the playground is stopping");
}

/** What the page sent cannot be used. The words in it are not repeated. */
export function badRequest(problem: z.ZodError | string): AppError {
  return new AppError("bad-input", typeof problem === "string" ? problem : describe(problem), {
    advice: "Nothing was saved. Correct it and send it again.",
  });
}

function describe(problem: z.ZodError): string {
  return problem.issues
    .map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "))
    .join("; ");
}

const statuses: Partial<Record<ErrorCode, 400 | 404>> = { "bad-input": 400, "not-found": 404 };

/** Status and body for the page. What is not ours is never quoted: it may hold a row. */
export function answerFor(error: unknown): { status: 400 | 404 | 503; body: Refused } {
  const known = error instanceof AppError ? statuses[error.code] : undefined;
  if (error instanceof AppError && known !== undefined) {
    const { code, message, advice } = error;
    return { status: known, body: { error: { code, message, ...(advice && { advice }) } } };
  }
  const message = "Not saved: aftertalk could not take it just now.";
  return { status: 503, body: { error: { code: "temporary", message, advice: "Try again." } } };
}
