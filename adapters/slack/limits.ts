/**
 * What Slack's own limits hold up. A 429 holds its channel; a second channel's 429 while the first
 * still waits is the workspace's limit, and holds all of it. Until then nothing is called there.
 */
import { AppError, hasCode } from "../../src/errors.ts";
import { DEFAULT_LIMIT_MS } from "./errors.ts";

export interface Limits {
  /** @throws AppError `rate-limited` while the place, or the whole workspace, has to wait. */
  check(workspace: string, place: string): void;
  /** Notes a 429 and gives the error that says who waits; other errors come back as they are. */
  note(workspace: string, place: string, error: AppError): AppError;
}

interface Waits {
  all: number;
  readonly places: Map<string, number>;
}

/** `now` gives milliseconds. */
export function createLimits(now: () => number): Limits {
  const workspaces = new Map<string, Waits>();
  const waitsOf = (workspace: string): Waits => {
    const known = workspaces.get(workspace) ?? { all: 0, places: new Map() };
    workspaces.set(workspace, known);
    for (const [place, until] of known.places) if (until <= now()) known.places.delete(place);
    return known;
  };
  return {
    check(workspace, place) {
      const { all, places } = waitsOf(workspace);
      if (all > now()) throw held("connection", all - now());
      const until = places.get(place);
      if (until !== undefined) throw held("place", until - now());
    },
    note(workspace, place, error) {
      if (!hasCode(error, "rate-limited")) return error;
      const waits = waitsOf(workspace);
      const retryAfterMs = error.retryAfterMs ?? DEFAULT_LIMIT_MS;
      const until = now() + retryAfterMs;
      const others = [...waits.places.keys()].some((other) => other !== place);
      waits.places.set(place, until);
      if (!others) return held("place", retryAfterMs, error);
      waits.all = Math.max(waits.all, until);
      return held("connection", retryAfterMs, error);
    },
  };
}

function held(waits: "place" | "connection", retryAfterMs: number, cause?: AppError): AppError {
  const whom = waits === "place" ? "this channel" : "this workspace";
  return new AppError("rate-limited", `Slack asked us to wait in ${whom}`, {
    retryAfterMs,
    waits,
    ...(cause === undefined ? {} : { cause }),
  });
}
