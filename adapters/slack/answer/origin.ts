/** Where a person acted: what an update replaces, and where only they see a message. */
import { z } from "zod";
import type { PlatformEvent } from "../../../src/platform.ts";
import { readChatId } from "../ids.ts";
import type { Call } from "../listen/acknowledge.ts";
import type { SlackWorkspace } from "../workspace.ts";

/** What the pressed button was in. A form carries it, because a submission does not say it. */
export type Origin =
  | { readonly kind: "message"; readonly channel: string; readonly ts: string }
  /** Only its response URL reaches it, five times in 30 minutes. */
  | { readonly kind: "ephemeral"; readonly url: string }
  | { readonly kind: "modal"; readonly viewId: string }
  | { readonly kind: "home" }
  | { readonly kind: "nowhere" };

/** Who acted, where, and by which ways they can be answered. */
export interface Scene {
  readonly workspace: SlackWorkspace;
  readonly userId: string;
  readonly origin: Origin;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  readonly responseUrl?: string | undefined;
  /** Good for three seconds, once. */
  readonly triggerId?: string | undefined;
  /** What a message in the conversation with us answers. */
  readonly eventId?: string | undefined;
}

/** Longest origin that fits beside the rest of a form. */
const MAX_ORIGIN_LENGTH = 500;

const text = z.string().min(1).optional().catch(undefined);

/** Everything optional: what Slack leaves out or changes counts as absent. */
const sceneSchema = z.object({
  trigger_id: text,
  response_url: text,
  user: z.object({ id: text }).optional().catch(undefined),
  user_id: text,
  channel: z.object({ id: text }).optional().catch(undefined),
  channel_id: text,
  container: z
    .object({ message_ts: text, thread_ts: text, is_ephemeral: z.boolean().catch(false) })
    .optional()
    .catch(undefined),
  view: z.object({ id: text, type: text }).optional().catch(undefined),
});

const eventSchema = z.object({
  event: z.object({ user: text, channel: text, thread_ts: text }),
});

const originSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("message"), channel: z.string(), ts: z.string() }),
  z.object({ kind: z.literal("ephemeral"), url: z.string() }),
  z.object({ kind: z.literal("modal"), viewId: z.string() }),
  z.object({ kind: z.literal("home") }),
]);

const nowhere: Origin = { kind: "nowhere" };

/** The scene of a command, shortcut, tap or submission. */
export function sceneOf({ body, workspace }: Call): Scene {
  const { data } = sceneSchema.safeParse(body);
  return {
    workspace,
    userId: data?.user?.id ?? data?.user_id ?? "",
    origin: data === undefined ? nowhere : originOf(data),
    channel: data?.channel?.id ?? data?.channel_id,
    thread: data?.container?.thread_ts,
    responseUrl: data?.response_url,
    triggerId: data?.trigger_id,
  };
}

function originOf(data: z.infer<typeof sceneSchema>): Origin {
  const { container, view, channel, response_url } = data;
  if (view?.type === "home") return { kind: "home" };
  if (view?.id !== undefined) return { kind: "modal", viewId: view.id };
  if (container === undefined) return nowhere;
  if (container.is_ephemeral) {
    return response_url === undefined ? nowhere : { kind: "ephemeral", url: response_url };
  }
  if (channel?.id === undefined || container.message_ts === undefined) return nowhere;
  return { kind: "message", channel: channel.id, ts: container.message_ts };
}

/** The scene of something that happened in a channel or in the conversation with us. */
export function sceneOfEvent({ body, workspace }: Call, event: PlatformEvent): Scene {
  const parsed = eventSchema.safeParse(body).data?.event;
  const actor = "from" in event ? event.from : "by" in event ? event.by : undefined;
  const chat = "chat" in event ? readChatId(event.chat.externalId) : undefined;
  return {
    workspace,
    eventId: event.id,
    userId: actor?.externalId ?? parsed?.user ?? "",
    origin: nowhere,
    channel: chat?.channel ?? parsed?.channel,
    thread: chat?.thread ?? parsed?.thread_ts,
  };
}

/** The origin as a form carries it; empty when it would be too long. */
export function writeOrigin(origin: Origin): string {
  const written = JSON.stringify(origin);
  return written.length > MAX_ORIGIN_LENGTH ? "" : written;
}

/** The origin that a form carried. */
export function readOrigin(written: string): Origin {
  try {
    return originSchema.safeParse(JSON.parse(written)).data ?? nowhere;
  } catch {
    return nowhere;
  }
}
