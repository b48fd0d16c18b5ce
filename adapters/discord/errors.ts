/**
 * Discord's refusals as AppErrors. Only Discord's numbers are quoted: the errors of discord.js carry
 * whole requests with texts and tokens, so they are never logged as they are.
 */
import {
  RESTJSONErrorCodes as Codes,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
} from "discord.js";
import { AppError } from "../../src/errors.ts";

/** How long we wait when a limit does not say it, or says nonsense (docs/faults.md, F3). */
export const DEFAULT_LIMIT_MS = 60_000;

/** What was tried: only an edit knows messages that are gone. */
export type Attempt = "send" | "update" | "remove" | "read";

interface Dead {
  readonly codes: readonly number[];
  readonly why: string;
  readonly advice: string;
}

/** Nothing was written there, and nothing will be: why, and what somebody can do about it. */
const deadEnds: readonly Dead[] = [
  {
    codes: [Codes.UnknownChannel],
    why: "the channel or thread was deleted",
    advice: "Nothing more is sent there.",
  },
  {
    codes: [Codes.UnknownGuild],
    why: "the server is gone",
    advice: "Invite the bot again, or leave it: nothing is deleted.",
  },
  {
    codes: [Codes.UnknownUser],
    why: "there is no such user any more",
    advice: "Nothing more is sent to them.",
  },
  {
    codes: [Codes.MissingAccess],
    why: "the bot cannot see the channel",
    advice: "Give the bot's role View Channel there, or add the bot to the private thread.",
  },
  {
    codes: [Codes.MissingPermissions],
    why: "the bot lacks a permission there",
    advice:
      "Give the bot's role Send Messages, Send Messages in Threads and Attach Files there; aftertalk doctor says which one is missing.",
  },
  {
    codes: [
      Codes.CannotSendMessagesToThisUser,
      Codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
      Codes.ExplicitContentCannotBeSentToTheDesiredRecipient,
      Codes.InvalidRecipients,
    ],
    why: "direct messages are closed",
    advice: "They are asked elsewhere.",
  },
  {
    codes: [
      Codes.CannotExecuteActionOnDMChannel,
      Codes.CannotSendMessagesInNonTextChannel,
      Codes.CannotExecuteActionOnThisChannelType,
      Codes.CannotSendAMessageInAForumChannel,
    ],
    why: "messages cannot be written there",
    advice: "Choose a text channel or a thread.",
  },
  {
    codes: [Codes.ChannelVerificationLevelTooHighForYouToGainAccess],
    why: "the server's verification level keeps the bot out",
    advice: "Let the bot in, or choose another channel.",
  },
  {
    codes: [Codes.InvalidActionOnArchivedThread, Codes.ThreadLocked],
    why: "the thread is locked",
    advice: "Unlock it to have messages written there.",
  },
];

/** Limits that come as refusals, without a time to wait. */
const limits: ReadonlySet<number> = new Set([
  Codes.OpeningDirectMessagesTooFast,
  Codes.ActionCannotBePerformedDueToSlowmodeRateLimit,
  Codes.AnnouncementEditLimitExceeded,
  Codes.ChannelWriteRateLimit,
  Codes.ServerWriteRateLimit,
  Codes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
  Codes.ServiceResourceIsBeingRateLimited,
]);

/**
 * The message is gone or can no longer be changed. One in an archived thread stays as it is: a
 * change is not worth waking the thread and everybody in it.
 */
const gone: ReadonlySet<number> = new Set([
  Codes.UnknownMessage,
  Codes.UnknownChannel,
  Codes.CannotEditMessageAuthoredByAnotherUser,
  Codes.InvalidActionOnArchivedThread,
  Codes.ThreadLocked,
]);

/** The AppError of whatever a call to Discord threw; one of ours passes through. */
export function discordError(error: unknown, attempt: Attempt = "send"): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof RateLimitError) return limited(error);
  if (error instanceof DiscordAPIError) return refusal(error, attempt);
  if (isTokenGone(error)) return tokenRefused(error);
  return new AppError("temporary", `Discord could not be asked (${causeOf(error)})`, {
    advice: "It is tried again by itself.",
    cause: error,
  });
}

/** True when Discord refused with one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly number[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

/** Discord's own number of a refusal, also behind an AppError. */
export function codeOf(error: unknown): number | undefined {
  if (error instanceof AppError) return codeOf(error.cause);
  if (!(error instanceof DiscordAPIError)) return undefined;
  return typeof error.code === "number" ? error.code : undefined;
}

function limited(error: RateLimitError): AppError {
  const told = error.retryAfter > 0 ? error.retryAfter : error.timeToReset;
  return new AppError("rate-limited", "Discord asked us to wait", {
    retryAfterMs: Number.isFinite(told) && told > 0 ? Math.ceil(told) : DEFAULT_LIMIT_MS,
    ...(error.global ? { waits: "connection" } : {}),
    cause: error,
  });
}

function refusal(error: DiscordAPIError, attempt: Attempt): AppError {
  const code = codeOf(error) ?? 0;
  const cause = error;
  if (error.status === 401 && code !== Codes.InvalidWebhookToken) return tokenRefused(error);
  if (limits.has(code)) {
    const retryAfterMs = DEFAULT_LIMIT_MS;
    return new AppError("rate-limited", `Discord asked us to wait (${code})`, {
      retryAfterMs,
      cause,
    });
  }
  if (attempt === "update" && gone.has(code)) {
    return new AppError("not-found", `the message can no longer be changed (${code})`, {
      advice: "Send a new message instead.",
      cause,
    });
  }
  const dead = deadEnds.find(({ codes }) => codes.includes(code));
  if (dead !== undefined) {
    const { why, advice } = dead;
    return new AppError("unreachable", `Discord refused it: ${why} (${code})`, { advice, cause });
  }
  return new AppError("temporary", `Discord refused it (HTTP ${error.status}, ${code})`, {
    advice: "It is tried again by itself.",
    cause,
  });
}

/** discord.js forgets a token that was refused once, and then calls nothing any more. */
function isTokenGone(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

export function tokenRefused(cause?: unknown): AppError {
  return new AppError("revoked", "Discord refuses the bot's token", {
    advice:
      "Reset the token on the Bot page of the developer portal, put it into DISCORD_TOKEN, and restart.",
    ...(cause === undefined ? {} : { cause }),
  });
}

function causeOf(error: unknown): string {
  if (error instanceof HTTPError) return `HTTP ${error.status}`;
  if (!(error instanceof Error)) return typeof error;
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error.name;
}

export function stopped(): AppError {
  return new AppError("temporary", "the Discord adapter is stopping");
}

export function unknownGuild(): AppError {
  return new AppError("revoked", "the bot is not in this Discord server", {
    advice: "Invite it again (aftertalk discord invite), or leave it: nothing is deleted.",
  });
}

export function noLeadsChannel(): AppError {
  return new AppError("unreachable", "this Discord server has no leads' channel", {
    advice: "Put a text channel that the bot can see into DISCORD_LEADS_CHANNEL, and restart.",
  });
}
