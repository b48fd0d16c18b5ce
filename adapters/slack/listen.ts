/**
 * The way in: Bolt tells payloads apart, two receivers of ours feed it, because Bolt's own
 * acknowledge events before anything is written.
 */
import { App, type Receiver } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import type { Inbox } from "../../src/platform.ts";
import { createHandOut } from "./answer/files.ts";
import { createForms } from "./answer/forms.ts";
import { createRespond } from "./answer/respond.ts";
import { createAnswers } from "./answer.ts";
import { quietLogger } from "./client.ts";
import { type Call, createAcknowledger } from "./listen/acknowledge.ts";
import type { Body } from "./listen/body.ts";
import { flows } from "./listen/flows.ts";
import { createHttpReceiver } from "./listen/http.ts";
import { createIgnored, type Ignored } from "./listen/ignored.ts";
import { createSocketReceiver, type SocketPace } from "./listen/socket.ts";
import type { FlowOptions } from "./listen/take.ts";
import type { Incoming, Receive } from "./receive.ts";
import type { SlackOptions, SlackWorkspace } from "./workspace.ts";

/** In milliseconds. */
export interface Deadlines {
  /** Events, taps and submissions: acknowledged by then or not at all. Slack waits 3 s. */
  readonly acknowledge: number;
  /** Commands and shortcuts: "one moment" after this. */
  readonly moment: number;
  /** How long a stop waits for what is under way. */
  readonly stop: number;
}

const usual: Deadlines = { acknowledge: 2500, moment: 800, stop: 5000 };

export interface ListenerOptions {
  readonly options: Pick<SlackOptions, "appToken" | "signingSecret" | "apiUrl" | "say" | "now">;
  readonly workspaces: { find(body: unknown): SlackWorkspace | undefined };
  readonly receive: Receive;
  readonly inbox: Inbox;
  readonly log: Log;
  readonly deadlines?: Partial<Deadlines>;
  readonly pace?: Partial<SocketPace>;
}

export interface Listener {
  /** Resolves when the ways in that are set up are open. Rejects with an AppError. */
  start(): Promise<void>;
  /** Takes nothing more, finishes what is under way, closes the connections. */
  stop(): Promise<void>;
  /** POST /slack/events; there only with a signing secret (W2). */
  fetch?(request: Request): Promise<Response>;
}

/** Opens nothing before `start`. */
export function createListener(listener: ListenerOptions): Listener {
  const { options, log, pace } = listener;
  const deadlines = { ...usual, ...listener.deadlines };
  const ignored = createIgnored(log);
  const calls = new Map<object, Call>();
  const acknowledger = createAcknowledger({
    deadlineMs: deadlines.acknowledge,
    log,
    find: (body) => findWorkspace(body, listener, ignored),
    work: (call) => dispatch(call, calls, app, ignored),
  });
  const { handle } = acknowledger;
  const { signingSecret, appToken, apiUrl, now = Date.now } = options;
  const http = signingSecret ? createHttpReceiver({ signingSecret, now, handle }) : undefined;
  const base = apiUrl === undefined ? {} : { apiUrl };
  const sockets = appToken
    ? createSocketReceiver({ ...base, appToken, handle, log, ...(pace ? { pace } : {}) })
    : undefined;
  const receivers = [http, sockets].filter((receiver) => receiver !== undefined);
  const app = createApp(together(receivers), listener);
  addListeners(app, calls, createFlowOptions(listener, deadlines, ignored));
  return {
    async start() {
      await app.start();
    },
    async stop() {
      await acknowledger.close(deadlines.stop);
      await app.stop();
    },
    ...(http === undefined ? {} : { fetch: (request: Request) => http.fetch(request) }),
  };
}

function together(receivers: readonly Receiver[]): Receiver {
  return {
    init() {},
    start: () => Promise.all(receivers.map((receiver) => receiver.start())),
    stop: () => Promise.all(receivers.map((receiver) => receiver.stop())),
  };
}

function createApp(receiver: Receiver, { options, workspaces, log }: ListenerOptions): App {
  return new App({
    receiver,
    logger: quietLogger(log),
    convoStore: false,
    // Without a token Bolt makes no clients of its own; the workspace's client is the only one.
    authorize: async (_source, body) => {
      const workspace = workspaces.find(body);
      return {
        teamId: workspace?.ref.externalId ?? "",
        botUserId: workspace?.botUserId ?? "",
        ...(workspace?.botId ? { botId: workspace.botId } : {}),
      };
    },
    ...(options.apiUrl === undefined ? {} : { clientOptions: { slackApiUrl: options.apiUrl } }),
  });
}

function createFlowOptions(
  { options, receive, inbox, log }: ListenerOptions,
  deadlines: Deadlines,
  ignored: Ignored,
): FlowOptions {
  const { say } = options;
  const forms = createForms({ say, log });
  const means = { forms, respond: createRespond(options.apiUrl) };
  const answers = createAnswers({ ...means, handOut: createHandOut({ say, log }), log });
  return { receive, inbox, say, log, ignored, answers, forms, momentMs: deadlines.moment };
}

/** Everything of a kind goes the same way: what it means is decided by `receive`. */
function addListeners(app: App, calls: Map<object, Call>, options: FlowOptions): void {
  const to =
    (kind: Incoming["kind"]) =>
    async ({ body }: { body: object }) => {
      const call = calls.get(body);
      if (call === undefined) return;
      calls.delete(body);
      await flows[kind](call, options);
    };
  app.event(/.*/, to("event"));
  app.command(/.*/, to("command"));
  app.action(/.*/, to("action"));
  app.shortcut(/.*/, to("shortcut"));
  app.view(/.*/, to("view"));
}

/** Through Bolt to the flow. What Bolt cannot make sense of is no failure of ours (F19). */
async function dispatch(
  call: Call,
  calls: Map<object, Call>,
  app: App,
  ignored: Ignored,
): Promise<void> {
  const { body } = call;
  calls.set(body, call);
  // The real acknowledgement is the call's: this one comes before anything is written.
  const ack = async () => {};
  let failure: unknown;
  await app.processEvent({ body, ack }).catch((error: unknown) => {
    failure = error;
  });
  // No listener took it: our own messages, kinds and shapes that we do not know.
  if (calls.delete(body)) ignored.add("unknown");
  // One took it and failed: not acknowledged, so that it is not lost without a word.
  else if (failure !== undefined) throw failure;
}

/** A payload for a workspace that is not ours has no effect. */
function findWorkspace(
  body: Body,
  { workspaces }: ListenerOptions,
  ignored: Ignored,
): SlackWorkspace | undefined {
  const workspace = workspaces.find(body);
  const team = body.team_id;
  if (workspace === undefined) {
    ignored.add(typeof team === "string" ? `workspace:${team}` : "workspace");
  }
  return workspace;
}
