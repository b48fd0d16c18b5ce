/** What Slack keeps. Plain records; state.ts makes and finds them. */

export interface Enterprise {
  readonly id: string;
  readonly name: string;
}

/** A workspace, or the organisation itself where an app is installed org-wide. */
export interface Team {
  /** Of the installation: T… of a workspace, E… of an organisation. */
  readonly id: string;
  /** T…: the workspace that its people are in; with an org-wide installation another than `id`. */
  readonly workspaceId: string;
  readonly name: string;
  readonly domain: string;
  readonly url: string;
  readonly enterprise: Enterprise | undefined;
  readonly orgWide: boolean;
  readonly bot: { readonly userId: string; readonly id: string; readonly token: string };
  /** Whether our app is installed here; other workspaces exist only to share channels. */
  readonly installed: boolean;
  scopes: Set<string>;
  token: "valid" | "token_revoked" | "account_inactive";
  readonly members: Map<string, Member>;
  readonly groups: Map<string, UserGroup>;
  /** Custom emoji: name → picture address, or "alias:name". */
  readonly emoji: Map<string, string>;
}

/**
 * "disabled": the app's Messages tab is off (messages_tab_disabled when posting). "blocked": none
 * can be opened (cannot_dm_bot; for somebody of another company user_not_visible).
 */
export type DirectMessages = "open" | "disabled" | "blocked";

export interface Member {
  readonly id: string;
  readonly team: Team;
  readonly handle: string;
  name: string;
  locale: string;
  timeZone: string;
  /** Undefined: they have none that could be shown. */
  email: string | undefined;
  /** `is_email_confirmed`: somebody has opened what Slack sent there. */
  emailConfirmed: boolean;
  /** A guest (`is_restricted`): of this workspace, but no full member. */
  readonly guest: boolean;
  admin: boolean;
  owner: boolean;
  deactivated: boolean;
  readonly bot: boolean;
  dm: DirectMessages;
  /** Notifications off from when to when; undefined: never. */
  quiet: { readonly from: Date; readonly to: Date } | undefined;
  /** Opened views, the top one last, and the App Home. */
  stack: View[];
  home: View | undefined;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  members: string[];
  disabled: boolean;
}

export interface Channel {
  readonly id: string;
  name: string;
  readonly kind: "public" | "private" | "im";
  /** The first is its home; more than one: Slack Connect. */
  teams: readonly Team[];
  readonly members: Set<string>;
  archived: boolean;
  /** Somebody without the right to post here may only read ("restricted_action"). */
  readOnly: boolean;
  readonly messages: Message[];
  readonly whispers: Whisper[];
  readonly created: number;
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface Message {
  readonly ts: string;
  readonly channel: Channel;
  /** Who wrote it: a member or a bot user. */
  readonly user: string;
  readonly team: Team;
  /** Set for messages of apps. */
  readonly botId: string | undefined;
  readonly appId: string | undefined;
  subtype: string | undefined;
  text: string;
  blocks: readonly Json[] | undefined;
  attachments: readonly Json[] | undefined;
  readonly threadTs: string | undefined;
  metadata: Metadata | undefined;
  edited: { readonly user: string; readonly ts: string } | undefined;
  readonly reactions: Map<string, string[]>;
  readonly files: UploadedFile[];
  readonly unfurl: { readonly links: boolean; readonly media: boolean };
  deleted: boolean;
}

/** An ephemeral message: in no history, gone when its reader reloads. */
export interface Whisper {
  readonly ts: string;
  readonly channel: Channel;
  readonly to: string;
  readonly team: Team;
  readonly from: "app" | "slackbot";
  readonly threadTs: string | undefined;
  text: string;
  blocks: readonly Json[] | undefined;
  attachments: readonly Json[] | undefined;
  edited: boolean;
}

export interface UploadedFile {
  readonly id: string;
  readonly team: Team;
  readonly name: string;
  readonly altText: string | undefined;
  title: string;
  readonly length: number;
  bytes: Buffer | undefined;
  /** Uploaded, then completed, then (a little later) ready and shared. */
  state: "waiting" | "uploaded" | "completed" | "ready";
  /** Gone for everybody; messages with it show that there was one. */
  deleted: boolean;
  readonly created: number;
  readonly shares: { readonly channel: Channel; readonly ts: string }[];
}

export interface View {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly type: "modal" | "home";
  readonly team: Team;
  readonly user: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  hash: string;
  /** As the app sent it, with block ids filled in. */
  content: Json;
  /** What is typed or chosen now: block id → action id → value. */
  typed: Map<string, Map<string, Json>>;
}

export type Json = { readonly [key: string]: unknown };
