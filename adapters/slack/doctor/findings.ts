/** Findings in the same words everywhere. */
import { WebAPIPlatformError } from "@slack/web-api";
import { hasCode } from "../../../src/errors.ts";
import type { Finding } from "../../../src/platform.ts";
import { slackError } from "../errors.ts";

export const fine = (check: string, says: string): Finding => ({ check, ok: true, says });

export const mended = (check: string, says: string, mend: string): Finding => ({
  check,
  ok: false,
  says,
  mend,
});

/**
 * A question that Slack did not answer. `mend` is for refusals; waits, missing scopes and a Slack
 * that cannot be reached have their own.
 */
export function failed(check: string, error: unknown, mend?: string): Finding {
  const { code, message, advice, retryAfterMs } = slackError(error, "read");
  if (code === "rate-limited") {
    const seconds = Math.ceil((retryAfterMs ?? 0) / 1000);
    const again = `Run aftertalk doctor again in ${seconds} seconds.`;
    return mended(check, `Slack asked us to wait ${seconds} seconds`, again);
  }
  if (isAway(error)) {
    const reach = "Check that this machine reaches Slack: firewall, proxy, SLACK_API_URL.";
    return mended(check, message, reach);
  }
  return mended(check, message, mend ?? advice ?? "Look at the app's settings in Slack.");
}

/** Slack did not answer at all, or not as Slack does. */
export const isAway = (error: unknown): boolean =>
  hasCode(slackError(error, "read"), "temporary") && !(error instanceof WebAPIPlatformError);

/** A check that is about one workspace carries its name. */
export const about = (workspace: { readonly name: string }, what: string): string =>
  `Slack ${workspace.name}, ${what}`;
