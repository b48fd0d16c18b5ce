/** The watch on a real client and Discord's emulator; what reaches the inbox is written down. */
import { type Client, Routes } from "discord.js";
import { onTestFinished } from "vitest";
import { readApplication } from "../../../adapters/discord/application.ts";
import { createClient } from "../../../adapters/discord/client.ts";
import { createDirectory } from "../../../adapters/discord/directory.ts";
import { openGateway } from "../../../adapters/discord/gateway.ts";
import { openGuilds } from "../../../adapters/discord/guilds.ts";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import { createSupport } from "../../../adapters/discord/receive/chat.ts";
import type { Tell } from "../../../adapters/discord/send.ts";
import { createWatch, type Pace, type Watch } from "../../../adapters/discord/watch.ts";
import type { CoreServices, Inbox, PlatformEvent, Reply } from "../../../src/platform.ts";
import { type FakeCoreServices, fakeCoreServices } from "../../support/core-services.ts";
import type { ChannelFace } from "../../support/discord/channel-face.ts";
import type {
  GuildFace,
  GuildOptions,
  DiscordOptions as World,
} from "../../support/discord/index.ts";
import type { Person } from "../../support/discord/person.ts";
import { createStage, type Stage, until } from "./stage.ts";

/** What is told of an event in a test: one line without ids and times. */
function told(event: PlatformEvent): string {
  switch (event.kind) {
    case "chat-message": {
      const who = `${event.from.name}${event.from.bot === true ? " (bot)" : ""}`;
      return `${who}: ${event.text}${event.opens === false ? "" : " (opens)"}`;
    }
    case "chat-closed":
      return `closed ${event.reason} by ${event.by?.name ?? "nobody"}`;
    case "chat-reopened":
      return `reopened by ${event.by?.name ?? "nobody"}`;
    case "direct-message":
      return `${event.from.name} to us: ${event.text}`;
    case "place-opened":
      return `${event.place.kind} opened`;
    default:
      return event.kind;
  }
}

interface Recorder extends Inbox {
  /** In the order in which they came, the same id once (F7). */
  readonly events: PlatformEvent[];
  /** How often something came that had come before. */
  repeats(): number;
  readonly lines: () => string[];
  /** The next call fails like this, once. */
  failNext(error: unknown): void;
  reply: (event: PlatformEvent) => Reply;
}

function createRecorder(core: FakeCoreServices): Recorder {
  const seen = new Set<string>();
  const failures: unknown[] = [];
  let repeats = 0;
  const recorder: Recorder = {
    events: [],
    repeats: () => repeats,
    lines: () => recorder.events.map(told),
    failNext: (error) => void failures.push(error),
    reply: () => ({ kind: "nothing" }),
    async receive(event) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      const key = `${event.connection.externalId} ${event.id}`;
      if (seen.has(key)) {
        repeats += 1;
        return { kind: "nothing" };
      }
      seen.add(key);
      recorder.events.push(event);
      if (event.bookmark !== undefined) core.keep(event.connection, event.bookmark, event.at);
      return recorder.reply(event);
    },
  };
  return recorder;
}

export interface App {
  readonly client: Client;
  readonly watch: Watch;
  /** What was said to people beside the core's deliveries: "user: text". */
  readonly said: string[];
  /** Shards that got a new session. */
  readonly sessions: number[];
  stop(): Promise<void>;
}

interface Opening {
  readonly inbox: Inbox;
  readonly core: Pick<CoreServices, "bookmarks" | "readNote" | "keepNote">;
  readonly options?: Partial<DiscordOptions>;
  readonly pace?: Partial<Pace>;
  /** Throws when nothing may be asked of Discord now. */
  readonly mayAsk?: () => void;
  /** Packets reach the watch through this: late, twice or never. */
  readonly line?: Line;
}

export type Line = (packet: unknown, deliver: () => void) => void;

/** The client, with a line of its own for the packets. */
function through(client: Client, line: Line): Client {
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (key !== "on") return value.bind(target);
      return (name: string, listener: (...args: unknown[]) => void) =>
        target.on(name, (...args: unknown[]) =>
          name === "raw" ? line(args[0], () => listener(...args)) : listener(...args),
        );
    },
  });
}

const quick: Partial<Pace> = { audit: 300, read: 0, retry: 5, stop: 1000 };

/** Everything of the way in that the watch needs; it stops with the test at the latest. */
async function openWatch(stage: Stage, opening: Opening): Promise<App> {
  const options = stage.options({ team: ["Support"], ...opening.options });
  const client = createClient(options, { guilds: 50 });
  const guilds = await openGuilds(client, options, []);
  const directory = createDirectory(client, options);
  const support = createSupport({ client, options });
  const said: string[] = [];
  const sessions: number[] = [];
  const tell: Tell = async (_guild, userId, message) =>
    void said.push(`${userId}: ${message.summary}`);
  const { inbox, core } = opening;
  const watched = opening.line === undefined ? client : through(client, opening.line);
  const watch = createWatch({
    ...{ client: watched, guilds, directory, support, inbox, core, tell, options },
    mayAsk: opening.mayAsk ?? (() => {}),
    pace: { ...quick, ...opening.pace },
  });
  watch.start();
  const onNewSession = (shardId: number) => {
    sessions.push(shardId);
    watch.onNewSession(shardId);
  };
  const application = await readApplication(client.rest);
  const pace = { turn: 0 };
  const gateway = openGateway({ client, application, options, core, onNewSession, pace });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await watch.stop();
    await gateway.stop();
  };
  onTestFinished(stop);
  await gateway.start();
  await until(() => sessions.length > 0, "a session");
  return { client, watch, said, sessions, stop };
}

export interface Town extends Stage {
  readonly acme: GuildFace;
  readonly help: ChannelFace;
  readonly dana: Person;
  readonly kim: Person;
  readonly core: FakeCoreServices;
  readonly inbox: Recorder;
  /** What the app itself posts. */
  post(channelId: string, text: string): Promise<void>;
  /** Opens the watch on this town. */
  open(opening?: Partial<Opening>): Promise<App>;
  /** Everything that came, once these lines are the last of it. */
  hears(...last: readonly string[]): Promise<void>;
}

/** A guild with a support channel, a customer and somebody of the team. */
export async function town(
  world: Omit<World, "clock"> & { readonly guild?: GuildOptions } = {},
): Promise<Town> {
  const { guild, ...rest } = world;
  const stage = await createStage({ limits: "off", ...rest });
  onTestFinished(() => stage.discord.stop());
  const acme = stage.discord.guild("Acme", guild);
  const role = acme.role("Support", { permissions: ["ManageThreads", "ManageChannels"] });
  const core = fakeCoreServices();
  const inbox = createRecorder(core);
  return {
    ...stage,
    ...{ acme, core, inbox },
    help: acme.channel("help"),
    dana: acme.person("Dana"),
    kim: acme.person("Kim", { roles: [role] }),
    async post(channelId, content) {
      const rest = createClient(stage.options()).rest;
      await rest.post(Routes.channelMessages(channelId), { body: { content } });
    },
    open: (opening = {}) => openWatch(stage, { inbox, core, ...opening }),
    async hears(...last) {
      const now = () => inbox.lines().slice(-last.length);
      try {
        await until(() => JSON.stringify(now()) === JSON.stringify(last), "");
      } catch {
        const heard = inbox.lines().join(" | ");
        throw new Error(
          `Heard: ${heard}; expected last: ${last.join(" | ")}\n${stage.logged.join("")}`,
        );
      }
    },
  };
}
