/** Everything the parts of the emulator share; index.ts puts it together. */
import type { Faults } from "../net/faults.ts";
import type { Timeline } from "../net/time.ts";
import type { Audit } from "./audit.ts";
import type { Events } from "./events.ts";
import type { Fault } from "./faults.ts";
import type { Gateway } from "./gateway.ts";
import type { Ids } from "./ids.ts";
import type { Interactions } from "./interactions.ts";
import type { Messages } from "./messages.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Registry } from "./registry.ts";
import type { State } from "./state.ts";
import type { Threads } from "./threads.ts";

/** One request to the REST API and what became of it. */
export interface Call {
  /** Milliseconds since the epoch, by Discord's clock. */
  readonly at: number;
  /** The route: "POST /channels/:channel/messages"; an unknown one with its path as it came. */
  readonly method: string;
  /** What stands in the path for the route's parameters, without tokens. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Names of the files that came with it. */
  readonly files: readonly string[];
  /** Status and code: "200", "403 50013", or what a fault made of it; undefined while it runs. */
  outcome: string | undefined;
  /** False when the request never had an effect. */
  accepted: boolean;
}

/** Something that Discord refused and a correct app would not have sent. */
export interface Problem {
  readonly method: string;
  readonly error: string;
  readonly details: readonly string[];
}

export interface AppIdentity {
  /** Also the bot's user id, as it is for every newer app. */
  readonly id: string;
  /** Undefined once Discord has taken it back. */
  token: string | undefined;
}

export interface WorldOptions {
  /** "off": no rate limits, for tests of something else that send a lot. */
  readonly limits: "discord" | "off";
  /** Privileged intents that the developer portal allows; default: all of them. */
  readonly privileged: readonly ("members" | "presences" | "content")[];
  /** What HELLO says. */
  readonly heartbeatMs: number;
  /** Real time between two IDENTIFYs of one bucket; sooner is answered with op 9. */
  readonly identifyPauseMs: number;
  /** How many shards may identify at the same time; what the gateway/bot route says. */
  readonly maxConcurrency: number;
  /** Shards that are recommended. */
  readonly shards: number;
  /** After how many invalid requests the address is shut out. */
  readonly invalidRequests: number;
}

export interface World {
  readonly app: AppIdentity;
  readonly options: WorldOptions;
  readonly ids: Ids;
  readonly timeline: Timeline;
  readonly state: State;
  readonly gateway: Gateway;
  readonly events: Events;
  readonly audit: Audit;
  readonly messages: Messages;
  readonly threads: Threads;
  readonly interactions: Interactions;
  readonly registry: Registry;
  readonly rates: RateLimits;
  readonly faults: Faults<Call, Fault>;
  readonly calls: Call[];
  readonly problems: Problem[];
  /** http://127.0.0.1:port, without a slash at the end. */
  readonly origin: () => string;
}
