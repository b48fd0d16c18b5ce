/** Discord, whole: the guilds, what comes in from them, what goes out to them. */
import type { Client } from "discord.js";
import type { ChatPlatform, ConnectionRef, CoreServices, Inbox } from "../../src/platform.ts";
import { createGrants, type Grants } from "../common/grants.ts";
import { type Application, readApplication } from "./application.ts";
import { createClient, forgetPerson, type Patience } from "./client.ts";
import { registerCommands } from "./commands.ts";
import { findSupportPlaces } from "./directory/support-places.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { type Gateway, type GatewayPace, openGateway } from "./gateway.ts";
import { type Guilds, openGuilds } from "./guilds.ts";
import { createListener, type Deadlines } from "./listen.ts";
import type { DiscordOptions } from "./options.ts";
import { outlineMessage } from "./outline.ts";
import { persist } from "./patience.ts";
import { createSupport, type Support } from "./receive/chat.ts";
import { createSender, type Sender } from "./send.ts";
import { createWatch, type Pace, type Watch } from "./watch.ts";

export interface DiscordPlatform {
  readonly platform: ChatPlatform;
  /** The guilds that are served and that the bot is in. */
  readonly connections: readonly {
    readonly ref: ConnectionRef;
    readonly name: string;
    /** A community's own language. */
    readonly settings?: { readonly locale: string };
  }[];
}

/** How long this and that may take, in milliseconds; tests shorten it. */
export interface DiscordPauses {
  /** Between tries at start. */
  readonly start?: readonly number[];
  readonly client?: Partial<Patience>;
  readonly gateway?: Partial<GatewayPace>;
  readonly watch?: Partial<Pace>;
  readonly answers?: Deadlines;
  /** Between two requests while somebody is forgotten. */
  readonly forget?: number;
}

/**
 * Asks Discord whose token it is and which guilds there are; listens to nothing before `start`.
 * @throws AppError `revoked` when the token is refused, `bad-setting` when it has to be said which
 * guilds are served, `temporary` or `rate-limited` when Discord cannot be asked.
 */
export async function createDiscord(
  options: DiscordOptions,
  pauses: DiscordPauses = {},
): Promise<DiscordPlatform> {
  const client = createClient(options, pauses.client);
  try {
    const application = await persist(() => readApplication(client.rest), pauses.start);
    const guilds = await openGuilds(client, options, pauses.start);
    const grants = createGrants(options.now ?? Date.now);
    const directory = createDirectory(client, options, grants);
    const support = createSupport({ client, options });
    const sender = createSender({
      ...{ client, guilds, options, botId: application.botId },
      ...(pauses.forget === undefined ? {} : { forgetPaceMs: pauses.forget }),
    });
    const parts = {
      client,
      options,
      application,
      guilds,
      directory,
      grants,
      support,
      sender,
      pauses,
    };
    const connections = guilds.all().map(({ ref, name, locale }) => ({
      ...{ ref, name },
      ...(locale === undefined ? {} : { settings: { locale } }),
    }));
    return { platform: createPlatform(parts), connections };
  } catch (error) {
    await client.destroy();
    throw error;
  }
}

interface Parts {
  readonly client: Client;
  readonly options: DiscordOptions;
  readonly application: Application;
  readonly guilds: Guilds;
  readonly directory: Directory;
  readonly grants: Grants;
  readonly support: Support;
  readonly sender: Sender;
  readonly pauses: DiscordPauses;
}

function createPlatform(parts: Parts): ChatPlatform {
  const { client, options, application, guilds, directory, grants, sender } = parts;
  let incoming: Incoming | undefined;
  return {
    name: "discord",
    async start(inbox, core) {
      grants.ask(core);
      await guilds.keepTo(core);
      incoming = openIncoming(parts, inbox, core);
      await incoming.start();
    },
    async person(connection, userId) {
      const guild = guilds.byRef(connection);
      return guild && directory.member(guild, userId, "certain");
    },
    async groups(connection) {
      const guild = guilds.byRef(connection);
      return guild === undefined ? [] : directory.groups(guild);
    },
    async supportPlaces(connection) {
      const guild = guilds.byRef(connection);
      if (guild === undefined) return [];
      const about = { botId: application.botId, isOnly: guilds.all().length === 1 };
      return findSupportPlaces(client.rest, { id: guild.ref.externalId, ...about }, options);
    },
    unready: () => sender.unready() ?? incoming?.gateway.unready(),
    threads: true,
    outline: outlineMessage,
    send: sender.send,
    update: sender.update,
    remove: sender.remove,
    async forget(connection, userId, until) {
      const forgotten = await sender.forget(connection, userId, until);
      for (const guild of guilds.all()) directory.forget(guild, userId);
      forgetPerson(client, userId);
      incoming?.watch.forget(forgotten.places);
      return forgotten;
    },
    async find(connection, to, key) {
      const receipt = await sender.find(connection, to, key);
      // It went out before we were ended: what was answered since then was not looked for.
      if (to.kind === "direct" && receipt?.bookmark !== undefined)
        incoming?.watch.readDirect(receipt.bookmark);
      return receipt;
    },
    async stop() {
      const stopping = incoming;
      incoming = undefined;
      await stopping?.stop();
      sender.stop();
    },
  };
}

interface Incoming {
  readonly gateway: Pick<Gateway, "unready">;
  readonly watch: Pick<Watch, "readDirect" | "forget">;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Everything that comes in; listeners are there before the gateway opens. */
function openIncoming(parts: Parts, inbox: Inbox, core: CoreServices): Incoming {
  const { client, options, application, guilds, directory, support, sender, pauses } = parts;
  const { tell, mayAsk } = sender;
  const shared = { client, options, guilds, directory, support, inbox, core, tell };
  const watch = createWatch({ ...shared, mayAsk, pace: pauses.watch ?? {} });
  const listener = createListener({
    ...{ ...shared, inbox: inTurn(inbox, watch) },
    ...(pauses.answers === undefined ? {} : { deadlines: pauses.answers }),
  });
  let registered = false;
  const register = async () => {
    if (registered) return;
    const { id: applicationId } = application;
    registered = await registerCommands({ client, applicationId, options, log: options.log });
  };
  const gateway = openGateway({
    ...{ client, application, options, core, pace: pauses.gateway ?? {} },
    async onNewSession(shard) {
      await guilds.refresh();
      watch.onNewSession(shard);
      await register();
    },
  });
  return {
    gateway,
    watch,
    async start() {
      listener.start();
      watch.start();
      await gateway.start();
    },
    async stop() {
      await Promise.all([listener.stop(), watch.stop()]);
      await gateway.stop();
    },
  };
}

/** Whoever closes a chat means what was said in it before: that is taken in first. */
function inTurn(inbox: Inbox, watch: Pick<Watch, "after">): Inbox {
  return {
    async receive(event) {
      if ("chat" in event) await watch.after(event.chat.externalId);
      return inbox.receive(event);
    },
  };
}
