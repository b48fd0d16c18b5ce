/** Findings of the doctors, in the same words everywhere. */
import { type AppError, hasCode } from "../../src/errors.ts";
import type { Finding } from "../../src/platform.ts";

export const fine = (check: string, says: string): Finding => ({ check, ok: true, says });

export const mended = (check: string, says: string, mend: string): Finding => ({
  check,
  ok: false,
  says,
  mend,
});

export interface Failures {
  /** The platform's own name: Slack. */
  readonly platform: string;
  /** The setting of its address: SLACK_API_URL. */
  readonly address: string;
  /** What to do about a refusal that says nothing better. */
  readonly otherwise: string;
  readonly errorOf: (error: unknown) => AppError;
  /** Whether this is the platform's own answer: it was reached. */
  readonly isAnswer: (error: unknown) => boolean;
}

/**
 * A question that the platform did not answer. `mend` is for refusals; waits and a platform that
 * cannot be reached have their own.
 */
export type Failed = (check: string, error: unknown, mend?: string) => Finding;

export function createFailed(failures: Failures): Failed {
  const { platform, address, otherwise, errorOf, isAnswer } = failures;
  return (check, error, mend) => {
    const known = errorOf(error);
    const { message, advice, retryAfterMs } = known;
    if (hasCode(known, "rate-limited")) {
      const seconds = Math.ceil((retryAfterMs ?? 0) / 1000);
      const again = `Run aftertalk doctor again in ${seconds} seconds.`;
      return mended(check, `${platform} asked us to wait ${seconds} seconds`, again);
    }
    if (hasCode(known, "temporary") && !isAnswer(error)) {
      const reach = `Check that this machine reaches ${platform}: firewall, proxy, ${address}.`;
      return mended(check, message, reach);
    }
    return mended(check, message, mend ?? advice ?? otherwise);
  };
}
