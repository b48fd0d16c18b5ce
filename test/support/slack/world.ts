/** Everything the parts of the emulator share; index.ts puts it together. */
import type { Faults } from "../net/faults.ts";
import type { Declared } from "./app-manifest.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Events } from "./events.ts";
import type { Fault } from "./faults.ts";
import type { Ids } from "./ids.ts";
import type { Messages } from "./messages.ts";
import type { UploadedFile } from "./model.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Responses } from "./response-urls.ts";
import type { Sockets } from "./socket.ts";
import type { State } from "./state.ts";
import type { Timeline } from "./time.ts";
import type { Triggers } from "./triggers.ts";
import type { Views } from "./views.ts";

/** One call of the Web API (or of a response URL or an upload) and what became of it. */
export interface Call {
  /** Milliseconds since the epoch, by Slack's clock. */
  readonly at: number;
  /** Name of the workspace; undefined when the token belongs to none. */
  readonly workspace: string | undefined;
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** "ok", Slack's error, "ratelimited", or what a fault made of it; undefined while it runs. */
  outcome: string | undefined;
  /** False when the request never had an effect. */
  accepted: boolean;
}

/** Something that Slack refused and a correct app would not have sent. */
export interface Problem {
  readonly method: string;
  readonly error: string;
  readonly details: readonly string[];
}

/** The one app that is installed in the workspaces of this Slack. */
export interface AppIdentity {
  readonly id: string;
  readonly token: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
  /** What its manifest declares; undefined: everything is declared. */
  readonly declared: Declared | undefined;
}

export interface World {
  readonly app: AppIdentity;
  readonly ids: Ids;
  readonly timeline: Timeline;
  readonly state: State;
  readonly messages: Messages;
  readonly events: Events;
  readonly deliveries: Deliveries;
  readonly triggers: Triggers;
  readonly responses: Responses;
  readonly views: Views;
  readonly sockets: Sockets;
  readonly files: Map<string, UploadedFile>;
  readonly rates: RateLimits;
  readonly faults: Faults<Call, Fault>;
  readonly calls: Call[];
  readonly problems: Problem[];
  /** http://127.0.0.1:port, without a slash at the end. */
  readonly origin: () => string;
  readonly options: WorldOptions;
}

export interface WorldOptions {
  /** "off": no rate limits, for tests of something else that post a lot. */
  readonly limits: "slack" | "off";
  /** Commercially distributed outside the Marketplace: history once a minute, fifteen messages. */
  readonly unlisted: boolean;
  /** Milliseconds by Slack's clock until a completed file is looked into and shared; default 0: at once. */
  readonly fileReadyMs: number;
}
