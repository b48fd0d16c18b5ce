/**
 * What people do comes in here: commands, buttons, menus, forms and what they type in the options of
 * commands. Written first, then answered, and always something in time, whatever the database does.
 */
import { type Client, GatewayDispatchEvents } from "discord.js";
import type { CoreServices, Inbox } from "../../src/platform.ts";
import { within } from "../common/patience.ts";
import { createWrongForms } from "./answer/wrong-forms.ts";
import type { Directory } from "./directory.ts";
import type { Guilds } from "./guilds.ts";
import { takeInteraction } from "./listen/flows.ts";
import { createWho } from "./listen/who.ts";
import type { DiscordOptions } from "./options.ts";
import type { Support } from "./receive/chat.ts";
import { type Interaction, readInteraction } from "./receive/interactions.ts";
import type { Tell } from "./send.ts";

/** In milliseconds from when Discord told us of what somebody did. It waits 3 s. */
export interface Deadlines {
  /** An answer that is not there by then follows later, and "one moment" is shown. */
  readonly answer: number;
  /** The same where the answer is a form or a list: those can only be the first answer. */
  readonly form: number;
  /** How long a stop waits for what is under way. */
  readonly stop: number;
}

/** The rest of Discord's three seconds is for the way there and back. */
const usual: Deadlines = { answer: 1800, form: 2400, stop: 5000 };

export interface ListenerOptions {
  readonly client: Client;
  readonly options: Pick<DiscordOptions, "commands" | "say" | "log" | "now">;
  readonly guilds: Pick<Guilds, "all" | "find">;
  readonly directory: Pick<Directory, "userOf" | "member" | "teamOf">;
  readonly support: Pick<Support, "chatOf" | "chatAt">;
  readonly inbox: Inbox;
  readonly core: Pick<CoreServices, "suggest">;
  readonly tell: Tell;
  readonly deadlines?: Deadlines;
}

export interface Listener {
  /** Listens from now on; the gateway is opened after this. */
  start(): void;
  /** Takes nothing more and finishes what is under way. Never rejects. */
  stop(): Promise<void>;
}

/** So many are remembered: a session that is resumed may tell the newest a second time (F7). */
const REMEMBERED = 1000;

export function createListener(given: ListenerOptions): Listener {
  const { client, guilds, directory, options } = given;
  const times = given.deadlines ?? usual;
  const wrongForms = createWrongForms(options.now ?? Date.now);
  const flowing = { ...given, times, wrongForms, who: createWho(guilds, directory) };
  const running = new Set<Promise<void>>();
  const seen = new Set<string>();

  /** A guild that is not served, and a shape that we do not know, are nothing to us (F19). */
  const isOurs = ({ id, guildId }: Interaction): boolean => {
    if (guildId !== undefined && guilds.find(guildId) === undefined) return false;
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  };
  // As it came and at once: discord.js would keep it back until all its shards are ready.
  const take = (data: unknown) => {
    const interaction = readInteraction(data);
    if (interaction === undefined || !isOurs(interaction)) {
      options.log.debug("an interaction that is not for us was ignored");
      return;
    }
    const flow = takeInteraction(interaction, flowing).catch((error: unknown) => {
      options.log.error({ error, kind: interaction.kind }, "an answer in Discord broke off");
    });
    running.add(flow);
    void flow.then(() => running.delete(flow));
  };
  return {
    start() {
      client.ws.on(GatewayDispatchEvents.InteractionCreate, take);
    },
    async stop() {
      client.ws.off(GatewayDispatchEvents.InteractionCreate, take);
      await within(Promise.all(running), times.stop);
    },
  };
}
