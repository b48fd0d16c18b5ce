/** The way in with everything real around it but the core: Slack is the emulator. */
import { createAdaptorServer } from "@hono/node-server";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect } from "vitest";
import { createChannels } from "../../../../adapters/slack/directory/channels.ts";
import { createDirectory } from "../../../../adapters/slack/directory.ts";
import type { SocketPace } from "../../../../adapters/slack/listen/socket.ts";
import {
  createListener,
  type Deadlines,
  type Listener,
} from "../../../../adapters/slack/listen.ts";
import { createCloseEmoji } from "../../../../adapters/slack/receive/close-emoji.ts";
import { createReceive } from "../../../../adapters/slack/receive.ts";
import { renderMessage } from "../../../../adapters/slack/render.ts";
import type { SlackOptions } from "../../../../adapters/slack/workspace.ts";
import { openWorkspaces } from "../../../../adapters/slack/workspaces.ts";
import { AppError } from "../../../../src/errors.ts";
import { isTextKey, languageFor, textsFor } from "../../../../src/locales/index.ts";
import { createLog, type Log } from "../../../../src/log.ts";
import type { Form, Inbox, Message, PlatformEvent, Reply } from "../../../../src/platform.ts";
import type { TestClock } from "../../../support/clock.ts";
import {
  type Person,
  type Slack,
  startSlack,
  type Workspace,
} from "../../../support/slack/index.ts";

/** An inbox that knows an event again, as the real one does, and answers what it is told to. */
export interface ScriptedInbox extends Inbox {
  /** Everything that was taken, each once. */
  readonly events: readonly PlatformEvent[];
  /** How often something came that was known already. */
  repeated: number;
  reply: (event: PlatformEvent) => Reply;
  /** While set, everything waits for it before it is written, as when the database stalls. */
  hold: Promise<void> | undefined;
  away: boolean;
}

function createScriptedInbox(): ScriptedInbox {
  const events: PlatformEvent[] = [];
  const inbox: ScriptedInbox = {
    events,
    repeated: 0,
    reply: () => ({ kind: "nothing" }),
    hold: undefined,
    away: false,
    async receive(event) {
      await inbox.hold;
      if (inbox.away) throw new AppError("database-away", "the database cannot be reached");
      if (events.some(({ id }) => id === event.id)) {
        inbox.repeated += 1;
        return { kind: "nothing" };
      }
      events.push(event);
      return inbox.reply(event);
    },
  };
  return inbox;
}

/** Waits until it is so; patient, because tests also run on busy machines. */
export const soon = <T>(look: () => T) => expect.poll(look, { interval: 10, timeout: 20_000 });

/** For a whole file: a rejection that nobody catches, at which a service would end, fails its test. */
export function nothingUnhandled(): void {
  let unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeEach(() => {
    unhandled = [];
    process.on("unhandledRejection", note);
  });
  afterEach(() => {
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
}

/** A promise with its key, for stalls. */
export function createStall(): { readonly held: Promise<void>; end(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { held: promise, end: resolve };
}

export const message = (text: string, ...parts: Message["parts"]): Message => ({
  summary: text,
  parts: [{ kind: "text", text }, ...parts],
  locale: "en",
});

export const button = (label: string, token: string, opens?: "form"): Message["parts"][number] => ({
  kind: "actions",
  options: [opens === undefined ? { label, token } : { label, token, opens }],
});

export const commentForm: Form = {
  title: "Tell us more",
  submit: { label: "Send", token: "submit-token" },
  fields: [
    { name: "comment", label: "What happened?", multiline: true, required: true, maxLength: 500 },
  ],
};

export const said = (text: string): Reply => ({ kind: "message", message: message(text) });
export const updated = (text: string): Reply => ({ kind: "update", message: message(text) });

export interface Running {
  readonly listener: Listener;
  readonly inbox: ScriptedInbox;
  readonly options: SlackOptions;
  stop(): Promise<void>;
}

export interface Setting {
  readonly apiUrl: string;
  readonly botTokens: readonly string[];
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly supportChannels?: readonly string[];
  readonly team?: readonly string[];
  readonly now?: () => number;
  readonly deadlines?: Partial<Deadlines>;
  readonly pace?: Partial<SocketPace>;
  readonly inbox?: Inbox;
  readonly log?: Log;
}

const say: SlackOptions["say"] = (locale, key, values) => {
  if (!isTextKey(key)) throw new Error(`there is no text ${key}`);
  return textsFor(languageFor(locale)).text(key, values);
};

/** Both ways in, for tests that hold for each of them. */
export const ways = ["Socket Mode", "HTTP"] as const;
export type Way = (typeof ways)[number];

/** A Slack with one workspace, and the way in on it. */
export interface Stage {
  readonly slack: Slack;
  readonly acme: Workspace;
  start(way: Way, setting?: Partial<Setting>): Promise<Running>;
  /** Posts as our bot: in a channel, or to a person directly. */
  shows(to: { readonly id: string }, message: Message): Promise<Shown>;
  /** Posts as our bot, seen by this person only. */
  whispers(to: { readonly id: string }, person: Person, message: Message): Promise<Shown>;
  end(): Promise<void>;
}

export interface Shown {
  readonly channel: string;
  readonly ts: string;
}

export async function openStage(options: { readonly clock?: TestClock } = {}): Promise<Stage> {
  const slack = await startSlack({ limits: "off", ...options });
  const acme = slack.workspace("Acme");
  const client = new WebClient(acme.botToken, { slackApiUrl: slack.apiUrl });
  const ends: (() => Promise<void>)[] = [() => slack.stop()];
  return {
    slack,
    acme,
    async start(way, setting = {}) {
      const { apiUrl, appToken, signingSecret } = slack;
      const keys = way === "HTTP" ? { signingSecret } : { appToken };
      const { clock } = options;
      const time = clock === undefined ? {} : { now: () => clock.now().getTime() };
      const botTokens = [acme.botToken];
      const base = { apiUrl, botTokens, supportChannels: ["help"], ...keys, ...time };
      const running = await startListener({ ...base, ...setting });
      ends.push(running.stop);
      if (way === "HTTP") {
        const server = await serve(running.listener);
        ends.push(server.stop);
        slack.deliversTo({ url: server.url });
      }
      return running;
    },
    async shows(to, content) {
      const posted = await client.chat.postMessage({ ...renderMessage(content), channel: to.id });
      return { channel: posted.channel ?? "", ts: posted.ts ?? "" };
    },
    async whispers(to, person, content) {
      const where = { channel: to.id, user: person.id };
      const posted = await client.chat.postEphemeral({ ...renderMessage(content), ...where });
      return { channel: to.id, ts: posted.message_ts ?? "" };
    },
    async end() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

/** Starts the way in, with the real reading of payloads, on a scripted inbox. */
async function startListener(setting: Setting): Promise<Running> {
  const { deadlines = {}, pace = {}, inbox: given, log = createLog("silent"), ...own } = setting;
  const options: SlackOptions = {
    ...{ supportChannels: [], team: [], leads: [], admins: [], leadsChannels: [] },
    ...{ closeEmoji: ["white_check_mark"], say, log },
    ...own,
  };
  const workspaces = await openWorkspaces(options, []);
  const channels = createChannels(options, workspaces);
  const emoji = createCloseEmoji(options);
  await channels.resolve([]);
  const directory = createDirectory(options);
  const receive = createReceive({ workspaces, directory, rules: { channels, emoji }, log });
  const inbox = createScriptedInbox();
  const quick = { firstPauseMs: 5, longestPauseMs: 20, shortLifeMs: 0 };
  const listener = createListener({
    ...{ options, workspaces, receive, inbox: given ?? inbox, log, deadlines },
    pace: { ...quick, ...pace },
  });
  await listener.start();
  return { listener, inbox, options, stop: () => listener.stop() };
}

/** The HTTP way in on a port of its own. */
async function serve(listener: Listener): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createAdaptorServer({
    fetch: async (request: Request) =>
      (await listener.fetch?.(request)) ?? new Response(null, { status: 404 }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    async stop() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
