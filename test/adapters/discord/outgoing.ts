/** A guild and a sender on the emulator, without a gateway, for tests of the way out. */
import { createClient } from "../../../adapters/discord/client.ts";
import { openGuilds } from "../../../adapters/discord/guilds.ts";
import { createSender } from "../../../adapters/discord/send.ts";
import type { Address, ConnectionRef, Message } from "../../../src/platform.ts";
import { createStage, plain, unlimited } from "./stage.ts";

type World = Parameters<typeof createStage>[0];

export async function createOutgoing(world: World = {}) {
  const stage = await createStage(world);
  const { discord } = stage;
  const acme = discord.guild("Acme");
  const help = acme.channel("help");
  const dana = acme.person("Dana");
  const thread = await dana.starts(help, "My invoice", { text: "It is wrong" });
  const options = stage.options();
  const client = createClient(options);
  if (world.limits === "off") unlimited(client);
  const guilds = await openGuilds(client, options, []);
  const sender = createSender({
    ...{ client, guilds, options, botId: discord.applicationId },
    tellPauses: [1, 1],
    forgetPaceMs: 0,
  });
  const connection: ConnectionRef = { platform: "discord", externalId: acme.id };
  let keys = 0;
  return {
    ...{ stage, discord, acme, help, dana, thread, client, guilds, sender, connection },
    clock: stage.clock,
    direct: { kind: "direct", userId: dana.id } as const,
    chat: { kind: "chat", chatId: thread.id } as const,
    channel: { kind: "channel", channelId: help.id } as const,
    whisper: { kind: "whisper", chatId: thread.id, userId: dana.id } as const,
    /** From now on the client waits so many milliseconds for an answer; usually ten seconds. */
    patience(milliseconds: number) {
      client.rest.options.timeout = milliseconds;
    },
    /** Sends with a key of its own unless one is given. */
    send(to: Address, message: Message | string = "Hello", key?: string) {
      keys += 1;
      const words = typeof message === "string" ? plain(message) : message;
      return sender.send(connection, to, words, key ?? `key-${keys}`);
    },
    posts: () => discord.calls("POST /channels/:channel/messages"),
    /** What stands in the thread, by us. */
    saidInThread: () => dana.sees(thread).filter(({ from }) => from === discord.applicationId),
    async close() {
      sender.stop();
      await client.destroy();
      await discord.stop();
    },
  };
}

export type Outgoing = Awaited<ReturnType<typeof createOutgoing>>;
