/** Findings in the same words everywhere. */
import { hasCode } from "../../../src/errors.ts";
import type { Finding } from "../../../src/platform.ts";
import { codeOf, discordError } from "../errors.ts";

export const fine = (check: string, says: string): Finding => ({ check, ok: true, says });

export const mended = (check: string, says: string, mend: string): Finding => ({
  check,
  ok: false,
  says,
  mend,
});

/** A question that Discord did not answer. `mend` is for refusals; waits have their own. */
export function failed(check: string, error: unknown, mend?: string): Finding {
  const { code, message, advice, retryAfterMs } = discordError(error, "read");
  if (code === "rate-limited") {
    const seconds = Math.ceil((retryAfterMs ?? 0) / 1000);
    const again = `Run aftertalk doctor again in ${seconds} seconds.`;
    return mended(check, `Discord asked us to wait ${seconds} seconds`, again);
  }
  if (isAway(error)) {
    const reach = "Check that this machine reaches Discord: firewall, proxy, DISCORD_API_URL.";
    return mended(check, message, reach);
  }
  return mended(check, message, mend ?? advice ?? "Look at the application's pages at Discord.");
}

/** Discord did not answer at all, or not as Discord does. */
const isAway = (error: unknown): boolean =>
  hasCode(discordError(error, "read"), "temporary") && codeOf(error) === undefined;

/** A check that is about one server carries its name. */
export const about = (server: { readonly name: string }, what: string): string =>
  `Discord ${server.name}, ${what}`;

/** `A`, `A and B`, `A, B and C`. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(words);
}

/** At most so many of a long list are named. */
const MOST_NAMED = 5;

/** The first few by name, the others by number. */
export function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest <= 0 ? listed(names) : `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more`;
}
