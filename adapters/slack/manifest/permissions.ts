/**
 * What our Slack app asks for, each with its reason. What is not here is not asked for, on purpose:
 * no `app_mentions:read` (nobody has to mention us), no `chat:write.customize` or
 * `chat:write.public` (we speak as ourselves, where we were invited), no `im:read`, `mpim:*` or
 * `team:read` (nothing of ours calls for them).
 */
import type { AppsManifestValidateArguments } from "@slack/web-api";

type Manifest = AppsManifestValidateArguments["manifest"];
type OAuth = NonNullable<Manifest["oauth_config"]>;
export type BotScope = NonNullable<NonNullable<OAuth["scopes"]>["bot"]>[number];
type Settings = NonNullable<Manifest["settings"]>;
export type BotEvent = NonNullable<
  NonNullable<Settings["event_subscriptions"]>["bot_events"]
>[number];

/** Least scopes: scope → what would not work without it. */
export const botScopes = {
  "channels:history":
    "hear messages in public support channels; find a message of ours again when Slack did not say whether it took it",
  "groups:history": "the same in private support channels",
  "im:history":
    "hear answers in words in direct messages; find our messages to somebody who wants to be forgotten",
  "channels:read": "know the names of public channels, whether they are shared or archived",
  "groups:read": "the same of private channels",
  "im:write": "open a direct message with a customer",
  "chat:write": "write, change and remove our messages, and write what only one person sees",
  "reactions:read": "see the reaction that closes a chat",
  "users:read": "know names, languages, time zones, guests and admins",
  "usergroups:read": "know who belongs to the team and to the leads",
  "files:write":
    "attach the picture of a summary that is shared; send somebody the file with their own data, and delete it",
  "files:read": "know when that picture can be shown: a message that names it too early is refused",
  "emoji:read": "recognise the closing emoji under its other names",
  commands: "the slash commands and the entries of a message's menu",
} satisfies Partial<Record<BotScope, string>>;

/**
 * What may be left out when the app is installed (https://docs.slack.dev/reference/app-manifest,
 * bot_optional): everything else works without it.
 */
export const optionalScopes = {
  "dnd:read": "wait with a question while somebody has their notifications paused",
  "users:read.email":
    "know that somebody here is somebody on another platform too, by an address that Slack has confirmed",
} satisfies Partial<Record<BotScope, string>>;

type OptionalScope = keyof typeof optionalScopes;
export const ourOptionalScopes = Object.keys(optionalScopes) as OptionalScope[];

export type OurScope = keyof typeof botScopes;
export const ourScopes = Object.keys(botScopes) as OurScope[];

/**
 * Events with the scopes that they come with, any one of them
 * (https://docs.slack.dev/reference/events). None: no scope is needed.
 */
export const botEvents = {
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  reaction_added: ["reactions:read"],
  reaction_removed: ["reactions:read"],
  app_home_opened: [],
  // What we remember of Slack is brought up to date by these instead of being asked for again.
  user_change: ["users:read"],
  subteam_created: ["usergroups:read"],
  subteam_updated: ["usergroups:read"],
  subteam_members_changed: ["usergroups:read"],
  emoji_changed: ["emoji:read"],
  channel_rename: ["channels:read"],
  group_rename: ["groups:read"],
  // A place that was closed to us is open again. One that closes is noticed when we write to it.
  member_joined_channel: ["channels:read", "groups:read"],
  channel_unarchive: ["channels:read"],
  group_unarchive: ["groups:read"],
  // The app was taken out of a workspace, or its token taken back.
  app_uninstalled: [],
  tokens_revoked: [],
} satisfies Partial<Record<BotEvent, readonly OurScope[]>>;
