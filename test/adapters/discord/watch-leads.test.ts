/** What we do ourselves in threads is nothing that happened in a chat. */
import type { Client } from "discord.js";
import { expect, it } from "vitest";
import { openGuilds } from "../../../adapters/discord/guilds.ts";
import { createSender } from "../../../adapters/discord/send.ts";
import { plain, until } from "./stage.ts";
import { type Town, town } from "./watch-stage.ts";

it.each([
  ["among the tickets", { supportChannels: ["help", "Tickets"], leadsChannels: ["board"] }],
  [
    "named as a support channel too",
    { supportChannels: ["help", "board"], leadsChannels: ["board"] },
  ],
  ["somewhere in a support channel", { supportChannels: ["help", "board"], leadsChannels: [] }],
])("the thread of a case whose card is %s tells nothing", async (_where, settings) => {
  const here = await town();
  const { acme, discord, dana, kim, help } = here;
  const board = acme.channel("board", { category: acme.category("Tickets") });
  const { client } = await here.open({ options: settings });
  const sender = await senderFor(here, client);
  const connection = { platform: "discord", externalId: acme.id };
  const place = { kind: "channel", channelId: board.id } as const;
  const { messageId } = await sender.send(connection, place, plain("A card"), "card");
  const address = { kind: "thread", messageId } as const;
  await sender.send(connection, address, plain("Kim took it"), "said");
  const thread = { id: messageId.split(":")[1] ?? "" };
  await until(() => client.channels.cache.has(thread.id), "the thread is known");

  const id = await kim.posts(thread, "I call her");
  await kim.reacts(thread, id, "✅");
  await dana.posts(thread, "How did I get here?");
  await kim.archives(thread);
  await sender.send(connection, address, plain("Dana wrote again"), "woken");
  await kim.locks(thread);
  await kim.unlocks(thread);
  await kim.removes(thread);

  await dana.starts(help, "Another matter", { text: "It is broken" });
  await here.hears("Dana: It is broken (opens)");
  expect(here.inbox.lines()).toEqual(["Dana: It is broken (opens)"]);
  expect(discord.problems).toEqual([]);
});

it("a chat that is woken only to take a message of ours back is not open again", async () => {
  const here = await town();
  const { acme, dana, kim, help } = here;
  const { client } = await here.open();
  const sender = await senderFor(here, client);
  const thread = await dana.starts(help, "Invoice", { text: "It is wrong" });
  await here.post(thread.id, "Dana, may I ask you something short?");
  await kim.archives(thread);
  await here.hears("closed manual by Kim");
  const connection = { platform: "discord", externalId: acme.id };
  const to = { kind: "whisper", chatId: thread.id, userId: dana.id } as const;
  const ours = dana.sees(thread).at(-1)?.id;
  await sender.remove(connection, to, `${thread.id}:${ours}`);
  expect(thread.thread.archived()).toBe(false);
  expect(thread.texts()).toEqual(["It is wrong"]);
  await dana.starts(help, "Another matter", { text: "It is broken" });
  await here.hears("Dana: It is broken (opens)");
  expect(here.inbox.lines().filter((line) => line.startsWith("reopened"))).toEqual([]);
});

async function senderFor(here: Town, client: Client) {
  const options = here.options();
  const guilds = await openGuilds(client, options, []);
  return createSender({ client, guilds, options, botId: here.discord.applicationId });
}
