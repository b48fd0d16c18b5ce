/** What the parts of this adapter share: the Slack workspaces it serves, and how it is set up. */

import type { WebClient } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import type { ConnectionRef } from "../../src/platform.ts";
import type { Say } from "../common/say.ts";

/** One Slack workspace (or, for an org-wide installation, one organisation) our app is installed in. */
export interface SlackWorkspace {
  /** `externalId` is the team id (T…), or the enterprise id (E…) of an org-wide installation. */
  readonly ref: ConnectionRef;
  readonly name: string;
  /** Ends in a slash; links to messages begin with it. */
  readonly url: string;
  readonly botUserId: string;
  /** Messages of ours carry it; null when Slack did not tell. */
  readonly botId: string | null;
  /** Org-wide only: ids of the organisation's workspaces that have the app. */
  readonly teams?: readonly string[];
  /** The SDK's own retries are off, its time-out is finite: our outbox owns the retries. */
  readonly client: WebClient;
}

/** How an operator set this platform up. Channels and groups may be given by id or by #name, @handle. */
export interface SlackOptions {
  /** One for each Slack workspace. */
  readonly botTokens: readonly string[];
  /** With it: Socket Mode. */
  readonly appToken?: string;
  /** With it: HTTP, under /slack/events. */
  readonly signingSecret?: string;
  /** Another base address than Slack's own, for emulators and proxies. */
  readonly apiUrl?: string;
  readonly supportChannels: readonly string[];
  readonly team: readonly string[];
  readonly leads: readonly string[];
  readonly admins: readonly string[];
  readonly leadsChannels: readonly string[];
  /** Names without colons: white_check_mark. */
  readonly closeEmoji: readonly string[];
  readonly say: Say;
  readonly log: Log;
  /** Milliseconds since the epoch; tests move it by hand. */
  readonly now?: () => number;
}
