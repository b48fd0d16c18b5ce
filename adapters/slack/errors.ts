/**
 * Slack's refusals as AppErrors. Only Slack's own error codes and scope names are quoted: neither a
 * token, nor a text, nor a name ever gets into a message.
 */
import { RespondError } from "@slack/bolt";
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { AppError, type ErrorDetails } from "../../src/errors.ts";

/** How long we wait when a 429 does not say it, or says nonsense (docs/faults.md, F2). */
export const DEFAULT_LIMIT_MS = 60_000;

/** What was tried: only an edit knows messages that are gone. */
type Attempt = "send" | "update" | "read";

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors, and conversations.open's. */
const unreachable = new Set([
  ...["channel_not_found", "user_not_found", "users_not_found", "cannot_find_channel"],
  ...["not_in_channel", "user_not_in_channel", "is_archived", "is_inactive", "no_permission"],
  ...["cannot_dm_bot", "user_disabled", "user_not_visible", "messages_tab_disabled"],
  ...["access_denied", "method_not_supported_for_channel_type"],
  ...["thread_not_found", "thread_locked", "cannot_reply_to_message"],
]);

/** The whole installation is refused, not this one call. */
const revoked = new Set([
  ...["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"],
  ...["org_login_required", "team_access_not_granted", "enterprise_is_restricted"],
]);

/** The message is gone, or can no longer be edited: a new one has to be sent. */
const gone = new Set([
  ...["message_not_found", "cant_update_message", "edit_window_closed"],
  ...["thread_not_found"],
]);

/** The AppError of whatever a call to Slack threw; one of ours passes through. */
export function slackError(error: unknown, attempt: Attempt = "send"): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof WebAPIRateLimitedError) return limited(error.retryAfter, error);
  if (error instanceof WebAPIPlatformError) return refusal(error, attempt);
  return new AppError("temporary", `Slack could not be asked (${causeOf(error)})`, {
    advice: "It is tried again by itself.",
    cause: error,
  });
}

/** Rate-limited for so many seconds; anything but a positive number means the default. */
function limited(seconds: number | undefined, cause: unknown): AppError {
  const known = seconds !== undefined && Number.isFinite(seconds) && seconds > 0;
  return new AppError("rate-limited", "Slack asked us to wait", {
    retryAfterMs: known ? seconds * 1000 : DEFAULT_LIMIT_MS,
    cause,
  });
}

function refusal(error: WebAPIPlatformError, attempt: Attempt): AppError {
  const code = refusalCode(error);
  const cause = error;
  if (code === "ratelimited" || code === "rate_limited") {
    return limited(error.data.response_metadata?.retryAfter, error);
  }
  if (code === "missing_scope") return missingScope(error);
  if (attempt === "update" && gone.has(code)) {
    return refused("not-found", code, { cause, advice: "Send a new message instead." });
  }
  if (revoked.has(code)) return refused("revoked", code, { cause, advice: revokedAdvice });
  if (unreachable.has(code) || code.startsWith("restricted_action")) {
    return refused("unreachable", code, { cause, advice: "Nothing more is sent there." });
  }
  return refused("temporary", code, { cause, advice: "It is tried again by itself." });
}

const revokedAdvice =
  "Install the app in this workspace again, put its new bot token into SLACK_BOT_TOKEN, and restart.";

function refused(
  code: "not-found" | "revoked" | "unreachable" | "temporary",
  reason: string,
  details: ErrorDetails,
): AppError {
  return new AppError(code, `Slack refused it (${reason})`, details);
}

/** Nothing was sent; the same call succeeds once an admin has granted the scope. */
function missingScope(error: WebAPIPlatformError): AppError {
  const needed: unknown = "needed" in error.data ? error.data.needed : undefined;
  const scope = typeof needed === "string" && /^[a-z0-9_.:,-]{1,100}$/.test(needed) ? needed : "";
  return new AppError("bad-setting", `Slack refused it: the app lacks the scope ${scope || "?"}`, {
    advice: `Add ${scope || "the missing scope"} under OAuth & Permissions (the manifest of \`aftertalk slack manifest\` has all scopes), then install the app to the workspace again.`,
    cause: error,
  });
}

/** Slack's error code; not what an HTML page or a proxy put in its place. */
function refusalCode(error: WebAPIPlatformError): string {
  const code: unknown = error.data.error;
  return typeof code === "string" && /^[a-z0-9_]{1,64}$/.test(code) ? code : "unreadable answer";
}

function causeOf(error: unknown): string {
  if (error instanceof WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  if (error instanceof RespondError) return `response URL, HTTP ${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return nameOf(error.original);
  return nameOf(error);
}

/** `TimeoutError`, `ECONNRESET`: a kind of failure, never its message. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error.name;
}

/** True when Slack refused for one of these reasons: for the few places that act on a single one. */
export function isRefusal(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(refusalCode(error));
}

export function stopped(): AppError {
  return new AppError("temporary", "the Slack adapter is stopping");
}

export function unknownWorkspace(): AppError {
  return new AppError("revoked", "there is no token for this Slack workspace", {
    advice: "Put its bot token into SLACK_BOT_TOKEN and restart, or leave it: nothing is deleted.",
  });
}

export function noLeadsChannel(): AppError {
  return new AppError("unreachable", "this Slack workspace has no leads' channel", {
    advice: "Put the channel into SLACK_LEADS_CHANNEL, invite the app to it, and restart.",
  });
}
