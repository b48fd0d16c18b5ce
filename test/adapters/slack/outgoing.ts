/** Two workspaces and a sender on the emulator, for tests of the way out. */

import { createClient } from "../../../adapters/slack/client.ts";
import { createChannels } from "../../../adapters/slack/directory/channels.ts";
import { createLimits } from "../../../adapters/slack/send/limits.ts";
import { createSender } from "../../../adapters/slack/send.ts";
import { createWorkspaces, openWorkspaces } from "../../../adapters/slack/workspaces.ts";
import type { Address, ConnectionRef, Message } from "../../../src/platform.ts";
import { createStage, plain } from "./stage.ts";

type World = Parameters<typeof createStage>[0];

/** `patienceMs`: the client waits this long for an answer; the real one ten seconds. */
export async function createOutgoing(world: World = {}, patienceMs = 10_000) {
  const stage = await createStage(world);
  const { slack, clock } = stage;
  const acme = slack.workspace("Acme");
  const other = slack.workspace("Other");
  const help = acme.channel("help");
  const leads = acme.channel("leads");
  const dana = acme.person("Dana");
  const root = await dana.posts(help, "It is broken");
  const options = stage.options({
    botTokens: [acme.botToken, other.botToken],
    leadsChannels: ["#leads"],
  });
  const opened = await openWorkspaces(options, []);
  const workspaces = createWorkspaces(
    opened.all.map((workspace, index) => ({
      ...workspace,
      client: createClient(options.botTokens[index] ?? "", options.apiUrl, options.log, patienceMs),
    })),
  );
  const channels = createChannels(options, workspaces);
  await channels.resolve([]);
  const now = () => clock.now().getTime();
  const another = () =>
    createSender({
      ...{ workspaces, channels, now, log: options.log },
      limits: createLimits(now),
      picturePauses: [1, 1],
    });
  const sender = another();
  const connection: ConnectionRef = { platform: "slack", externalId: acme.id };
  const elsewhere: ConnectionRef = { platform: "slack", externalId: other.id };
  let keys = 0;
  return {
    ...{ stage, slack, clock, acme, other, help, leads, dana, root, sender, connection, elsewhere },
    /** Another process on the same workspaces, which knows nothing of this one. */
    another,
    /** Our bot itself, for what stands there already. */
    client: createClient(acme.botToken, options.apiUrl, options.log),
    direct: { kind: "direct", userId: dana.id } as const,
    chat: { kind: "chat", chatId: `${help.id}:${root}` } as const,
    whisper: { kind: "whisper", chatId: `${help.id}:${root}`, userId: dana.id } as const,
    /** Sends with a key of its own unless one is given. */
    send(to: Address, message: Message | string = "Hello", key?: string, from = connection) {
      keys += 1;
      const words = typeof message === "string" ? plain(message) : message;
      return sender.send(from, to, words, key ?? `key-${keys}`);
    },
    posts: () => slack.calls("chat.postMessage").length,
    async close() {
      sender.stop();
      await slack.stop();
    },
  };
}

export type Outgoing = Awaited<ReturnType<typeof createOutgoing>>;
