/**
 * What Slack allows, each number with the page of Slack's documentation (docs.slack.dev) that
 * states it. Block Kit's own limits stand beside their checks in block-kit.ts.
 */

/** "Handling user interaction", "Slash commands", "Events API": three seconds to acknowledge. */
export const ACKNOWLEDGE_MS = 3000;

/** "Events API", section on retries: nearly at once, after one minute, after five minutes. */
export const RETRY_AFTER_MS: readonly number[] = [0, 60_000, 300_000];

/** "Modals", section on opening: a trigger_id expires three seconds after it was sent. */
export const TRIGGER_MS = 3000;

/** "Handling user interaction", section on response_url: five times within thirty minutes. */
export const RESPONSE_URL_USES = 5;
export const RESPONSE_URL_MS = 30 * 60_000;

/** "Modals", section on the view stack: at most three views at a time. */
export const VIEW_STACK = 3;

/** "chat.postMessage", section on truncating: longer texts are cut, with a warning. */
export const TEXT_CUT = 40_000;

/**
 * Where posting cuts, changing refuses: chat.update answers msg_too_long to more than 4 000
 * characters (seen in seratch/ChatGPT-in-Slack#102 and F3-Nation/archive-slackblast#64).
 */
export const UPDATE_TEXT = 4000;

/** "Message metadata": payload of at most 8 KB. */
export const METADATA_BYTES = 8000;

/** "Rate limits": requests per minute, method and workspace. */
export const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
export type Tier = keyof typeof TIERS;
export const TIER_WINDOW_MS = 60_000;

/**
 * "Rate limits", section on posting messages: one message per second and channel, short bursts
 * tolerated. How short is not said; three is what this emulator tolerates.
 */
export const CHANNEL_BURST = 3;
export const CHANNEL_REFILL_MS = 1000;

/** "Rate limits": "several hundred messages per minute" for a workspace, all channels together. */
export const WORKSPACE_MESSAGES_PER_MINUTE = 300;

/** "Rate limits for conversations.history and conversations.replies" (29 May 2025), unlisted apps. */
export const UNLISTED_HISTORY_PER_MINUTE = 1;
export const UNLISTED_HISTORY_PAGE = 15;

/** "Socket Mode": at most ten open connections per app; the url of a connection is used once. */
export const SOCKETS_PER_APP = 10;

/** "conversations.history" and others: default and largest page. */
export const PAGE = 100;
export const LARGEST_PAGE = 999;
