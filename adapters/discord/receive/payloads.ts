/**
 * The payloads of Discord's gateway and REST API that we understand, as far as we need them. Fields
 * that are not named here may change or go without harm (F19). Shapes:
 * https://docs.discord.com/developers/events/gateway-events, .../resources/message, .../audit-log.
 */
import { z } from "zod";
import { isSnowflake } from "../ids.ts";

const id = z.string().refine(isSnowflake);
const optionalId = id.nullish().catch(undefined);
const optional = z.string().nullish().catch(undefined);
const yes = z.boolean().optional().catch(undefined);

/** What the gateway sends: `s` counts within a session. */
export const packet = z.object({
  t: z.string(),
  s: z.number().nullish().catch(undefined),
  d: z.unknown().optional(),
});

const user = z.object({
  id,
  username: z.string().catch(""),
  global_name: optional,
  bot: yes,
});

const member = z.object({ roles: z.array(z.string()).catch([]), nick: optional });

/** What stands in a message of ours; of others' components we want to know nothing. */
const components = z.array(z.unknown()).catch([]);

export const message = z.object({
  id,
  channel_id: id,
  guild_id: optionalId,
  type: z.number(),
  author: user,
  member: member.optional().catch(undefined),
  content: z.string().catch(""),
  webhook_id: optionalId,
  components,
  reactions: z
    .array(
      z.object({ emoji: z.object({ id: optional, name: optional }), count: z.number().catch(1) }),
    )
    .catch([]),
});
export type MessagePayload = z.infer<typeof message>;

/** What of a list is in a shape that we know; the rest is left out. */
function known<T>(shape: z.ZodType<T>) {
  return z.array(z.unknown()).transform((all) =>
    all.flatMap((each) => {
      const parsed = shape.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

export const messages = known(message).catch([]);
export const users = known(user).catch([]);

/** A channel or a thread. */
export const channel = z.object({
  id,
  type: z.number(),
  guild_id: optionalId,
  parent_id: optionalId,
  owner_id: optionalId,
  name: optional,
  applied_tags: z.array(z.string()).optional().catch(undefined),
  last_message_id: optionalId,
  newly_created: yes,
  thread_metadata: z
    .object({
      archived: z.boolean().catch(false),
      locked: z.boolean().catch(false),
      archive_timestamp: z.string().catch(""),
      create_timestamp: optional,
    })
    .optional()
    .catch(undefined),
});
export type ChannelPayload = z.infer<typeof channel>;

export const threads = z
  .object({ threads: known(channel), has_more: z.boolean().catch(false) })
  .catch({ threads: [], has_more: false });

/** Threads of channels that the bot has come to see. */
export const threadList = z.object({ guild_id: id, threads: known(channel) });

export const reaction = z.object({
  /** Absent when all of a kind were cleared: nobody says by whom. */
  user_id: optionalId,
  channel_id: id,
  message_id: id,
  guild_id: id,
  member: member
    .extend({ user: user.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  message_author_id: optionalId,
  emoji: z.object({ id: optional, name: optional }),
});
export type ReactionPayload = z.infer<typeof reaction>;

export const auditEntry = z.object({
  id,
  guild_id: optionalId,
  user_id: optionalId,
  target_id: optionalId,
  action_type: z.number(),
  changes: z
    .array(
      z.object({
        key: z.string(),
        old_value: z.unknown().optional(),
        new_value: z.unknown().optional(),
      }),
    )
    .catch([]),
});
export type AuditPayload = z.infer<typeof auditEntry>;

export const auditLog = z
  .object({ audit_log_entries: known(auditEntry) })
  .catch({ audit_log_entries: [] });

export const ready = z.object({ session_id: z.string() });
