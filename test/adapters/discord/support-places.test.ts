import { expect, onTestFinished, test } from "vitest";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { createWorld, pauses } from "./whole.ts";

test("support channels are told with what the bot may not do there, and roles by their names", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  acme.channel("help");
  acme.channel("billing").denies("bot", "SendMessagesInThreads", "ReadMessageHistory");
  acme.category("Tickets");
  acme.role("Support");
  const supportChannels = ["help", "Billing", "tickets", "nowhere"];
  const { platform, connections } = await createDiscord(
    stage.options({ supportChannels, guilds: [acme.id] }),
    pauses,
  );
  onTestFinished(() => platform.stop());
  const [connection] = connections;
  if (connection === undefined) throw new Error("there is a guild");
  expect(await platform.supportPlaces?.(connection.ref)).toEqual([
    { name: "#help", state: "ready", lacks: [] },
    {
      ...{ name: "#billing", state: "outside" },
      lacks: ["Send Messages in Threads", "Read Message History"],
    },
    { name: "Tickets", state: "ready", lacks: [] },
    { name: "#nowhere", state: "absent", lacks: [] },
  ]);
  const names = (await platform.groups?.(connection.ref))?.map(({ name }) => name);
  expect(names).toContain("@Support");
  expect(names).not.toContain("@@everyone");
});
