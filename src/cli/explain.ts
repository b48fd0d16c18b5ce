/** Errors in words for the person at the terminal: what happened, what to do; never a stack trace. */
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import type { CliContext } from "./context.ts";
import { exitCodeOf, Interrupted, isLockedOut } from "./exit-codes.ts";

interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
}

/** Says what went wrong, as JSON too when that is wanted, and gives the exit code. */
export function explain(context: CliContext, error: unknown): number {
  const { code, message, advice } = explanationOf(error);
  context.out.note(advice === undefined ? message : `${message}\nWhat to do: ${advice}`);
  context.out.result({ error: { code, message, ...(advice === undefined ? {} : { advice }) } });
  logDetails(context, error);
  return exitCodeOf(error);
}

function explanationOf(error: unknown): Explanation {
  if (error instanceof Interrupted) {
    return { code: "interrupted", message: "Interrupted: nothing was changed." };
  }
  if (error instanceof AppError) {
    const { code, message, advice } = error;
    return { code, message, ...(advice === undefined ? {} : { advice }) };
  }
  if (isLockedOut(error)) {
    return {
      code: "data-in-use",
      message: "Nothing was changed: somebody else was changing the same, and did not end in time.",
      advice: "Run it again in a moment.",
    };
  }
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    code: "unexpected",
    message: `Something went wrong that aftertalk did not expect (${kind}).`,
    advice: "Run it again with AFTERTALK_LOG_LEVEL=debug to see the details.",
  };
}

/** Where it happened, for those who asked for details; the settings may be what is wrong. */
export function logDetails(context: CliContext, error: unknown): void {
  if (context.env.AFTERTALK_LOG_LEVEL !== "debug") return;
  createLog("debug").debug({ error }, "what went wrong");
}
