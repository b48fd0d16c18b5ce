/** What the reading of one payload has at hand. */
import type { Log } from "../../../src/log.ts";
import type { PlatformUser } from "../../../src/platform.ts";
import type { Channels } from "../directory/channels.ts";
import type { Directory, Mentioned } from "../directory.ts";
import type { SlackWorkspace } from "../workspace.ts";
import type { Workspaces } from "../workspaces.ts";
import type { CloseEmoji } from "./close-emoji.ts";
import type { Marks } from "./marks.ts";

/** What the reading of a payload may ask. */
export interface ReceiveOptions {
  readonly workspaces: Workspaces;
  readonly directory: Directory;
  readonly rules: {
    readonly channels: Channels;
    readonly emoji: CloseEmoji;
    /** Without it every reaction that is taken away counts. */
    readonly marks?: Marks;
  };
  readonly log: Log;
  /** Milliseconds since the epoch: commands and shortcuts carry no time. */
  readonly now?: () => number;
  /** Slack says that the app was uninstalled or its token revoked; it may be late news. */
  readonly onRevoked?: (workspace: SlackWorkspace) => Promise<void>;
}

/** One payload being read. */
export interface Reading extends ReceiveOptions {
  readonly body: unknown;
  readonly workspace: SlackWorkspace;
  readonly clock: () => number;
  /** Who this is; their role is known for certain, or it throws and Slack delivers again. */
  certain(who: Mentioned): Promise<PlatformUser>;
}

/** An event of Slack's events API. */
export interface EventReading extends Reading {
  readonly id: string;
  readonly at: Date | undefined;
  readonly type: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** For payloads of an unknown shape: the kind may be logged, nothing else (F19). */
export function ignored({ log }: Reading, what: string): undefined {
  log.debug({ what }, "something of Slack's in an unknown shape was ignored");
  return undefined;
}
