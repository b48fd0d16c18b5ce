/**
 * What Slack does, on this machine: a server that the real clients (@slack/web-api,
 * @slack/socket-mode, @slack/bolt) talk to, with the workspaces and people of a test behind it. It
 * refuses what Slack refuses, and keeps in `slack.problems` what a correct app would never send.
 *
 * ```ts
 * const slack = await startSlack();
 * const acme = slack.workspace("Acme");
 * const help = acme.channel("help");
 * const dana = acme.person("Dana", { locale: "ru-RU" });
 * // … start the app with slack.apiUrl, acme.botToken and slack.appToken (or slack.signingSecret) …
 * await dana.posts(help, "My invoice is wrong");
 * await slack.settled(); // the app has acknowledged; what it does afterwards is to be waited for
 * const [question] = dana.sees("dm");
 * await dana.presses(question, "7");
 * expect(slack.problems).toEqual([]);
 * await slack.stop();
 * ```
 *
 * Time is the machine's, or a clock that the test moves: limits, retries, deadlines and expiry all
 * follow it. limits.ts has the numbers, each with its source; block-kit.ts those of blocks.
 *
 * Not here: user tokens and OAuth, group direct messages, previews of links, `app_rate_limited`,
 * selects that ask the app or Slack for their entries.
 */
import type { Clock } from "../../../src/clock.ts";
import { createFaults } from "../net/faults.ts";
import { declaredIn } from "./app-manifest.ts";
import { createDeliveries, type Delivery, type Receipt } from "./deliveries.ts";
import { createEvents } from "./events.ts";
import type { FaultOrChoice } from "./faults.ts";
import {
  checkCertificate,
  createHttpTransport,
  type HttpDelivery,
  verifyUrl,
} from "./http-delivery.ts";
import { createIds } from "./ids.ts";
import { createMessages } from "./messages.ts";
import type { UploadedFile } from "./model.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createResponses } from "./response-urls.ts";
import { allScopes } from "./scopes.ts";
import { startSlackServer } from "./server.ts";
import { createSockets, type Sockets } from "./socket.ts";
import { createState } from "./state.ts";
import { createTimeline } from "./time.ts";
import { createTriggers } from "./triggers.ts";
import { createViews } from "./views.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";
import type { AppIdentity, Call, Problem, World, WorldOptions } from "./world.ts";

export type { Delivery } from "./deliveries.ts";
export type { Fault, FaultOrChoice } from "./faults.ts";
export type { HttpDelivery } from "./http-delivery.ts";
export type { Person } from "./person.ts";
export type { Place } from "./places.ts";
export type { SeenMessage } from "./seen.ts";
export type { ChannelFace, Workspace } from "./workspace.ts";
export type { Call, Problem } from "./world.ts";

export interface SlackOptions extends Partial<WorldOptions> {
  /** Moved by the test; without it the machine's time. */
  readonly clock?: Clock;
  /** The app's manifest: with it only what it declares can be typed, used, heard and called. */
  readonly manifest?: unknown;
}

export interface WorkspaceOptions {
  /** Scopes of the bot token; default: those of the manifest, or every scope there is. */
  readonly scopes?: readonly string[];
  /** The app is installed here; default true. Without it, a workspace to share channels with. */
  readonly installed?: boolean;
  /** An organisation with an org-wide installation. */
  readonly orgWide?: boolean;
}

export interface Slack {
  /** For SLACK_API_URL; ends in a slash. */
  readonly apiUrl: string;
  /** The app is one app, installed in every workspace: one app token, one signing secret. */
  readonly appToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  workspace(name: string, options?: WorkspaceOptions): Workspace;
  /** Socket Mode (the default) or an address that gets everything. */
  deliversTo(how: "socket" | HttpDelivery): void;
  /** What Slack does before it takes an address: the challenge, and a look at the certificate. */
  verifiesUrl(target: HttpDelivery): Promise<boolean>;
  checksCertificate(target: HttpDelivery): Promise<number>;
  /** Socket Mode's connections: how many, cutting them, asking for a new one. */
  readonly sockets: Pick<Sockets, "count" | "connected" | "disconnect" | "cut" | "ping">;
  /** Every call of the Web API, of response URLs ("response_url") and uploads ("upload"). */
  calls(method?: string): Call[];
  /** What was refused and a correct app would never have sent. */
  readonly problems: readonly Problem[];
  /** Events on their way or delivered, with every attempt. */
  readonly events: readonly Delivery[];
  /** The bytes of a file that can be shown, by its id. */
  file(id: string): Buffer | undefined;
  /** The next `times` calls (default one) fail like this; the result takes it back. */
  fail(method: string, fault: FaultOrChoice, options?: { times?: number }): () => void;
  /** Delivers an event again, as Slack does now and then even after an acknowledgement. */
  redeliver(eventId: string): Promise<Receipt>;
  /**
   * Everything that is under way has been answered. Retries that wait for the clock do not count;
   * what the app leaves unanswered does, until the clock has moved on by three seconds.
   */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const { world, serve } = createWorld(options);
  const server = await serve();
  return {
    apiUrl: `${server.origin}/api/`,
    appToken: world.app.token,
    signingSecret: world.app.signingSecret,
    appId: world.app.id,
    workspace(name, { scopes, installed = true, orgWide = false } = {}) {
      const team = world.state.addTeam(name, {
        installed,
        orgWide,
        scopes: [...(scopes ?? world.app.declared?.scopes ?? allScopes)],
      });
      return createWorkspace(world, team);
    },
    deliversTo(how) {
      world.deliveries.transport =
        how === "socket"
          ? world.sockets
          : createHttpTransport(how, world.app.signingSecret, world.timeline);
    },
    verifiesUrl: (target) =>
      verifyUrl(target, world.app.signingSecret, world.app.verificationToken, world.timeline.now()),
    checksCertificate: (target) => checkCertificate(target),
    sockets: world.sockets,
    calls: (method) => world.calls.filter((call) => method === undefined || call.method === method),
    problems: world.problems,
    events: world.deliveries.events,
    file: (id) =>
      [...world.files.values()].find((file) => file.id === id && file.state === "ready")?.bytes,
    fail: (method, fault, { times = 1 } = {}) => world.faults.add(method, fault, times),
    redeliver: (eventId) => world.deliveries.redeliver(eventId),
    async settled() {
      await world.deliveries.settled();
      await server.settled();
      await world.deliveries.settled();
    },
    async stop() {
      world.deliveries.stop();
      world.timeline.stop();
      await server.close();
    },
  };
}

function createWorld(options: SlackOptions) {
  const timeline = createTimeline(options.clock);
  const ids = createIds();
  const app: AppIdentity = {
    id: "A0AFTERTALK",
    token: "xapp-1-A0AFTERTALK-app",
    signingSecret: "8f742231b10e8888abcd99yyyzzz85a5",
    verificationToken: "verification-token",
    declared: options.manifest === undefined ? undefined : declaredIn(options.manifest),
  };
  const settings: WorldOptions = {
    limits: options.limits ?? "slack",
    unlisted: options.unlisted ?? false,
    fileReadyMs: options.fileReadyMs ?? 0,
  };
  const state = createState(ids, timeline);
  const sockets = createSockets(ids, app.id);
  const deliveries = createDeliveries(timeline, sockets);
  const events = createEvents(app, state, ids, timeline, deliveries);
  const messages = createMessages(state, events, timeline);
  const files = new Map<string, UploadedFile>();
  let origin = "";
  const world: World = {
    app,
    ids,
    timeline,
    state,
    sockets,
    deliveries,
    events,
    messages,
    files,
    triggers: createTriggers(ids, timeline),
    responses: createResponses(app, ids, timeline, messages, files),
    views: createViews(ids, timeline, state),
    rates: createRateLimits(timeline, settings),
    faults: createFaults(),
    calls: [],
    problems: [],
    origin: () => origin,
    options: settings,
  };
  const serve = async () => {
    const server = await startSlackServer(world);
    origin = server.origin;
    return server;
  };
  return { world, serve };
}
