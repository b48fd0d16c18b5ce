/**
 * Structured logs, one line an event. Answers, names, e-mails, tokens and secrets never go in; the
 * redaction below is the second wall, not the first.
 */
import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

export const logLevels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const secretKeys = ["text", "name", "email", "token", "secret", "password", "values", "message"];

/** A logger that writes JSON lines to standard error, so that standard output stays for results. */
export function createLog(
  level: LogLevel,
  to: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: "[hidden]",
      },
      serializers: { error: describeError, err: describeError },
    },
    to,
  );
}

/** One line of an error for whoever looks after the service; see {@link describeError}. */
export function errorLine(error: unknown): string {
  const { type, code, reason } = describeError(error);
  const [line = ""] = String(reason ?? "").split("\n");
  return [type, code, line].filter((part) => part !== undefined && part !== "").join(": ");
}

/** Class, code and our own message only: a driver's message can quote a row. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error ? error.code : undefined;
  const ours = error.name === "AppError" ? { reason: error.message } : {};
  return {
    type: error.name,
    code,
    ...ours,
    stack: placesOf(error),
  };
}

/** Where it was thrown. A stack begins with the message, which may have lines of its own. */
function placesOf({ stack = "", message }: Error): string {
  const begin = stack.indexOf(message);
  const places = begin === -1 ? [] : stack.slice(begin + message.length).split("\n");
  return places
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 5)
    .join("\n");
}
