/**
 * Where nothing is called for a while. A 429 holds its channel; a second channel's 429 while the
 * first still waits is the workspace's limit, and holds all of it (F1). A refused token holds its
 * own workspace (F6), but is tried again now and then: Slack has refused good ones by mistake.
 */
import { AppError, hasCode } from "../../../src/errors.ts";
import { DEFAULT_LIMIT_MS } from "../errors.ts";

const REVOKED_MS = 600_000;

export interface Limits {
  /** @throws AppError `rate-limited` or `revoked` while the place or the workspace has to wait. */
  check(workspace: string, place: string): void;
  /** Notes a 429 or a refused token; gives the error to throw, which says who waits. */
  note(workspace: string, place: string, error: AppError): AppError;
}

interface Waits {
  all: number;
  revoked: { readonly until: number; readonly error: AppError } | undefined;
  readonly places: Map<string, number>;
}

/** `now` gives milliseconds. */
export function createLimits(now: () => number): Limits {
  const workspaces = new Map<string, Waits>();
  const waitsOf = (workspace: string): Waits => {
    const known = workspaces.get(workspace) ?? {
      all: 0,
      revoked: undefined,
      places: new Map(),
    };
    workspaces.set(workspace, known);
    for (const [place, until] of known.places) if (until <= now()) known.places.delete(place);
    return known;
  };
  return {
    check(workspace, place) {
      const { all, revoked, places } = waitsOf(workspace);
      if (revoked !== undefined && revoked.until > now()) throw revoked.error;
      if (all > now()) throw held("connection", all - now());
      const until = places.get(place);
      if (until !== undefined) throw held("place", until - now());
    },
    note(workspace, place, error) {
      const waits = waitsOf(workspace);
      if (hasCode(error, "revoked")) waits.revoked = { until: now() + REVOKED_MS, error };
      if (!hasCode(error, "rate-limited")) return error;
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
