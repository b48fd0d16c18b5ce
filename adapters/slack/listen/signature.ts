/** Slack's signature of what it sends over HTTP: version v0, HMAC-SHA256 over time and raw bytes. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own advice: older requests are replays. */
const MAX_AGE_SECONDS = 300;
/**
 * Slack signs when it sends, so a time ahead of ours is a clock that is off and nothing else. More
 * than a minute of that would only stretch the time in which a stolen request can be played again.
 */
const MAX_AHEAD_SECONDS = 60;

export interface Signed {
  /** Header x-slack-request-timestamp: seconds since the epoch. */
  readonly timestamp: string | null;
  /** Header x-slack-signature. */
  readonly signature: string | null;
}

/**
 * True when both headers have the one form that Slack gives them and the time is near `now`
 * (milliseconds). Told before the body is read, so that junk costs nothing.
 */
export function isTimely({ timestamp, signature }: Signed, now: number): boolean {
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (signature === null || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const age = Math.floor(now / 1000) - Number(timestamp);
  return age <= MAX_AGE_SECONDS && age >= -MAX_AHEAD_SECONDS;
}

/** True when `body` was signed with `secret` at a time near `now`. Compares in constant time. */
export function isSigned(secret: string, signed: Signed, body: Uint8Array, now: number): boolean {
  // Anybody can sign with an empty secret.
  if (secret === "" || !isTimely(signed, now)) return false;
  const expected = createHmac("sha256", secret)
    .update(`v0:${signed.timestamp}:`)
    .update(body)
    .digest();
  const given = Buffer.from(signed.signature?.slice("v0=".length) ?? "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
