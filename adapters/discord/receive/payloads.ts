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
  d: z.unknown(),
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

export const messages = z.array(message);
export const users = z.array(user);

/** A channel or a thread. */
export const channel = z.object({
  id,
  type: z.number(),
  guild_id: optionalId,
  parent_id: optionalId,
  name: optional,
  applied_tags: z.array(z.string()).optional().catch(undefined),
  last_message_id: optionalId,
  newly_created: yes,
  member: z.unknown(),
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

export const threads = z.object({
  threads: z.array(channel),
  has_more: z.boolean().catch(false),
});

export const reaction = z.object({
  user_id: id,
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
    .array(z.object({ key: z.string(), old_value: z.unknown(), new_value: z.unknown() }))
    .catch([]),
});
export type AuditPayload = z.infer<typeof auditEntry>;

export const auditLog = z.object({ audit_log_entries: z.array(auditEntry) });

export const ready = z.object({ session_id: z.string() });
