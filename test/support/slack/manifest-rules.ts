/**
 * What Slack accepts as an app manifest, strictly: an unknown field is refused. Limits from
 * https://docs.slack.dev/reference/app-manifest and the docstrings of the same fields in
 * @slack/web-api (dist/types/request/manifest.d.ts); scopes of events from
 * https://docs.slack.dev/reference/events, one page an event.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

/** Lengths and counts, by Slack's words for them. */
const manifestLimits = {
  name: 35,
  description: 140,
  /** App settings refuse a shorter one. */
  longDescription: [174, 4000],
  botDisplayName: 80,
  shortcuts: 10,
  shortcutName: 24,
  shortcutDescription: 150,
  callbackId: 255,
  commands: 50,
  command: 32,
  commandDescription: 2000,
  usageHint: 1000,
  scopes: 255,
  events: 100,
} as const;

/** The names that the SDK knows, read from its types: there is no list of them at run time. */
function namesOf(type: "BotScope" | "ManifestEvent"): ReadonlySet<string> {
  const main = createRequire(import.meta.url).resolve("@slack/web-api");
  const types = readFileSync(join(dirname(main), "types/request/manifest.d.ts"), "utf8");
  const union = new RegExp(`type ${type} = ([^;]+);`).exec(types)?.[1] ?? "";
  return new Set([...union.matchAll(/'([^']+)'/g)].map(([, name = ""]) => name));
}

const scopeNames = namesOf("BotScope");
const eventNames = namesOf("ManifestEvent");

/** Event → scopes, one of which a bot must have to be sent it. */
const eventScopes: Readonly<Record<string, readonly string[]>> = {
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  "message.mpim": ["mpim:history"],
  app_mention: ["app_mentions:read"],
  app_home_opened: [],
  app_uninstalled: [],
  tokens_revoked: [],
  reaction_added: ["reactions:read"],
  reaction_removed: ["reactions:read"],
  user_change: ["users:read"],
  team_join: ["users:read"],
  team_rename: ["team:read"],
  team_domain_change: ["team:read"],
  emoji_changed: ["emoji:read"],
  subteam_created: ["usergroups:read"],
  subteam_updated: ["usergroups:read"],
  subteam_members_changed: ["usergroups:read"],
  channel_created: ["channels:read"],
  channel_rename: ["channels:read"],
  channel_archive: ["channels:read"],
  channel_unarchive: ["channels:read"],
  channel_deleted: ["channels:read"],
  channel_left: ["channels:read"],
  channel_id_changed: ["channels:read", "groups:read"],
  channel_shared: ["channels:read", "groups:read"],
  channel_unshared: ["channels:read", "groups:read"],
  member_joined_channel: ["channels:read", "groups:read"],
  member_left_channel: ["channels:read", "groups:read"],
  group_rename: ["groups:read"],
  group_archive: ["groups:read"],
  group_unarchive: ["groups:read"],
  group_deleted: ["groups:read"],
  group_left: ["groups:read"],
};

/**
 * Method → scopes, all of which a bot must have (https://docs.slack.dev/reference/methods, one page
 * a method). Those of conversations.* for public and private channels and direct messages.
 */
export const methodScopes: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "auth.teams.list": [],
  "apps.connections.open": [], // an app-level token, with connections:write
  "bots.info": ["users:read"],
  "chat.delete": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.list": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "dnd.info": ["dnd:read"],
  "emoji.list": ["emoji:read"],
  "files.delete": ["files:write"],
  "files.info": ["files:read"],
  filesUploadV2: ["files:write"],
  "reactions.get": ["reactions:read"],
  "usergroups.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "views.open": [],
  "views.publish": [],
  "views.update": [],
};

const httpsUrl = z.url({ protocol: /^https$/ });
const unique = <T>(items: readonly T[]): boolean => new Set(items).size === items.length;

const shortcut = z.strictObject({
  name: z.string().min(1).max(manifestLimits.shortcutName),
  type: z.enum(["message", "global"]),
  callback_id: z.string().min(1).max(manifestLimits.callbackId),
  description: z.string().min(1).max(manifestLimits.shortcutDescription),
});

const slashCommand = z.strictObject({
  command: z
    .string()
    .max(manifestLimits.command)
    .regex(/^\/[a-z0-9_-]+$/),
  description: z.string().min(1).max(manifestLimits.commandDescription),
  usage_hint: z.string().max(manifestLimits.usageHint).optional(),
  should_escape: z.boolean().optional(),
  url: httpsUrl.optional(),
});

const features = z.strictObject({
  app_home: z.strictObject({
    home_tab_enabled: z.boolean(),
    messages_tab_enabled: z.boolean(),
    messages_tab_read_only_enabled: z.boolean(),
  }),
  bot_user: z.strictObject({
    display_name: z
      .string()
      .max(manifestLimits.botDisplayName)
      .regex(/^[a-z0-9._-]+$/),
    always_online: z.boolean().optional(),
  }),
  shortcuts: z
    .array(shortcut)
    .max(manifestLimits.shortcuts)
    .refine((all) => unique(all.map(({ callback_id }) => callback_id)), "callback ids are unique"),
  slash_commands: z
    .array(slashCommand)
    .max(manifestLimits.commands)
    .refine((all) => unique(all.map(({ command }) => command)), "commands are unique"),
});

const scopes = z
  .array(z.string().refine((name) => scopeNames.has(name), "a scope that Slack knows"))
  .max(manifestLimits.scopes)
  .refine(unique, "scopes are unique");

const shape = z.strictObject({
  _metadata: z
    .strictObject({ major_version: z.int().min(1).max(2), minor_version: z.int() })
    .optional(),
  display_information: z.strictObject({
    name: z.string().min(1).max(manifestLimits.name),
    description: z.string().max(manifestLimits.description).optional(),
    long_description: z
      .string()
      .min(manifestLimits.longDescription[0])
      .max(manifestLimits.longDescription[1])
      .optional(),
    background_color: z
      .string()
      .regex(/^#([\da-f]{3}){1,2}$/i)
      .optional(),
  }),
  features,
  oauth_config: z.strictObject({
    scopes: z.strictObject({
      bot: scopes,
      bot_optional: scopes.optional(),
    }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: httpsUrl.optional(),
      bot_events: z
        .array(z.string().refine((name) => eventNames.has(name), "an event that Slack knows"))
        .max(manifestLimits.events)
        .refine(unique, "events are unique"),
    }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: httpsUrl.optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

/** Everything that is wrong with a manifest, as lines "field: problem"; none when Slack takes it. */
export function manifestProblems(manifest: unknown): string[] {
  const parsed = shape.safeParse(manifest);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  }
  return [
    ...optionalOnly(parsed.data),
    ...missingScopes(parsed.data),
    ...missingAddresses(parsed.data),
  ];
}

type Shape = z.infer<typeof shape>;

/** What is optional is one of the scopes: the two lists are no two sets. */
function optionalOnly({ oauth_config: { scopes: asked } }: Shape): string[] {
  const { bot, bot_optional = [] } = asked;
  return bot_optional
    .filter((scope) => !bot.includes(scope))
    .map((scope) => `bot_optional: ${scope} is not among the scopes`);
}

function missingScopes({ oauth_config, settings, features: { slash_commands, shortcuts } }: Shape) {
  const granted = new Set(oauth_config.scopes.bot);
  const events = settings.event_subscriptions.bot_events.flatMap((event) => {
    const needed = eventScopes[event];
    if (needed === undefined) return [`${event}: its scopes are not known here`];
    const sent = needed.length === 0 || needed.some((scope) => granted.has(scope));
    return sent ? [] : [`${event}: never sent without ${needed.join(" or ")}`];
  });
  const commands = slash_commands.length + shortcuts.length > 0 && !granted.has("commands");
  return commands ? [...events, "slash commands and shortcuts: need the scope commands"] : events;
}

/** Without Socket Mode everything that Slack sends needs an address. */
function missingAddresses({ settings, features: { slash_commands } }: Shape): string[] {
  if (settings.socket_mode_enabled) return [];
  return [
    ["event_subscriptions", settings.event_subscriptions.request_url] as const,
    ["interactivity", settings.interactivity.request_url] as const,
    ...slash_commands.map(({ command, url }) => [command, url] as const),
  ].flatMap(([what, url]) =>
    url === undefined ? [`${what}: no address, and no Socket Mode`] : [],
  );
}
