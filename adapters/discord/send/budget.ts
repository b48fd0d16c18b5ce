/**
 * Discord shuts an address out after 10 000 invalid requests in ten minutes
 * (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans):
 * answered 401, 403 or 429, shared limits excepted. All answers count, whoever asked (F4), and the
 * first refused token ends everything (F6).
 */
import { type REST, RESTEvents } from "discord.js";
import { AppError } from "../../../src/errors.ts";

const WINDOW_MS = 600_000;
/** From here on only what leads have to hear, and answers to what people do. */
const CAREFUL = 500;
/** Half of what Discord allows: not even that. */
const MOST = 5000;

export interface Budget {
  /**
   * Before something goes out. `weighty`: it goes while anything goes.
   * @throws AppError `rate-limited` when too much was refused lately.
   */
  check(weighty: boolean): void;
  /** Discord has refused the token; nothing is asked with it any more. */
  refused(): boolean;
}

/** Counts from now on. `now` gives milliseconds. */
export function createBudget(rest: REST, now: () => number): Budget {
  const invalid: number[] = [];
  let refused = false;
  const forgetOld = () => {
    const fresh = invalid.findIndex((at) => at > now() - WINDOW_MS);
    invalid.splice(0, fresh === -1 ? invalid.length : fresh);
  };
  rest.on(RESTEvents.Response, ({ data }, { status, headers }) => {
    if (status === 401 && data.auth !== false) refused = true;
    if (status !== 401 && status !== 403 && status !== 429) return;
    if (status === 429 && headers.get("x-ratelimit-scope") === "shared") return;
    invalid.push(now());
    forgetOld();
  });
  return {
    check(weighty) {
      forgetOld();
      const most = weighty ? MOST : CAREFUL;
      if (invalid.length < most) return;
      // It goes on when so many have grown old that there are fewer again.
      const last = invalid[invalid.length - most] ?? now();
      throw new AppError("rate-limited", "Discord has refused too many requests lately", {
        retryAfterMs: Math.max(1, last + WINDOW_MS - now()),
        advice: "aftertalk doctor says which permissions are missing.",
        ...(weighty ? { waits: "connection" } : {}),
      });
    },
    refused: () => refused,
  };
}
