/** What a manifest declares: the scopes, events, commands and shortcuts that Slack lets an app have. */
import { z } from "zod";

const schema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string() })).default([]),
    shortcuts: z.array(z.object({ callback_id: z.string() })).default([]),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
  }),
});

export interface Declared {
  readonly scopes: readonly string[];
  readonly events: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  readonly shortcuts: ReadonlySet<string>;
}

/** Throws where the manifest is none. */
export function declaredIn(manifest: unknown): Declared {
  const { oauth_config, features, settings } = schema.parse(manifest);
  return {
    scopes: oauth_config.scopes.bot,
    events: new Set(settings.event_subscriptions?.bot_events),
    commands: new Set(features.slash_commands.map(({ command }) => command)),
    shortcuts: new Set(features.shortcuts.map(({ callback_id }) => callback_id)),
  };
}
