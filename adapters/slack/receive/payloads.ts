/**
 * The payloads of Slack that we understand, as far as we need them. Fields that are not named here
 * may change or go without harm (F19). Shapes: https://docs.slack.dev/reference/events and
 * https://docs.slack.dev/reference/interaction-payloads.
 */
import { z } from "zod";

const id = z.string().min(1);
const optional = z.string().optional().catch(undefined);
/** Seconds since the epoch with a fraction; also the name of a message within its channel. */
const ts = z.string().regex(/^\d{1,12}(\.\d{1,9})?$/);

/** As much as twelve digits say: a date can hold it. */
const LATEST_S = 999_999_999_999;

export const envelope = z.object({
  event_id: id,
  event_time: z.number().min(0).max(LATEST_S).optional().catch(undefined),
  event: z.looseObject({ type: z.string() }),
});

const gone = z.object({
  ts,
  thread_ts: optional,
  user: optional,
  bot_id: optional,
  subtype: optional,
  reply_count: z.number().optional().catch(undefined),
});

export const messageEvent = z.object({
  subtype: optional,
  channel: id,
  channel_type: optional,
  user: optional,
  bot_id: optional,
  username: optional,
  bot_profile: z.object({ name: optional }).optional().catch(undefined),
  user_profile: z
    .object({ display_name: optional, real_name: optional, name: optional })
    .optional()
    .catch(undefined),
  text: z.string().catch(""),
  ts,
  thread_ts: ts.optional().catch(undefined),
  parent_user_id: optional,
  hidden: z.boolean().optional().catch(undefined),
  previous_message: gone.optional().catch(undefined),
});
export type MessageEvent = z.infer<typeof messageEvent>;

export const reactionEvent = z.object({
  user: id,
  reaction: id,
  item: z.object({ type: z.literal("message"), channel: id, ts }),
  event_ts: ts.optional().catch(undefined),
});

export const homeOpenedEvent = z.object({ user: id, tab: z.literal("home") });
export const memberJoinedEvent = z.object({ user: id, channel: id });
export const unarchivedEvent = z.object({ channel: id });
export const renamedEvent = z.object({ channel: z.object({ id, name: id }) });
export const userChangedEvent = z.object({ user: z.object({ id }) });

const user = z.object({ id, name: optional, username: optional });

export const commandBody = z.object({
  command: z.string().regex(/^\/./),
  text: z.string().catch(""),
  user_id: id,
  user_name: optional,
  channel_id: id,
  trigger_id: id,
});

export const actionBody = z.object({
  user,
  container: z
    .object({ message_ts: optional, channel_id: optional, view_id: optional })
    .optional()
    .catch(undefined),
  channel: z.object({ id }).optional().catch(undefined),
  message: z.object({ ts: optional }).optional().catch(undefined),
  view: z.object({ id, type: optional }).optional().catch(undefined),
  actions: z
    .array(z.object({ action_id: z.string().catch(""), action_ts: ts.optional().catch(undefined) }))
    .min(1),
});

export const viewBody = z.object({
  user,
  view: z.object({ id, hash: z.string().catch("") }),
});

export const shortcutBody = z.object({
  callback_id: id,
  user,
  channel: z.object({ id, name: optional }),
  message: z.object({ ts, thread_ts: ts.optional().catch(undefined) }),
  trigger_id: id,
  action_ts: ts.optional().catch(undefined),
});

/** A timestamp of Slack's as a date, to the millisecond. */
export function dateOf(stamp: string): Date {
  return new Date(Math.round(Number(stamp) * 1000));
}
