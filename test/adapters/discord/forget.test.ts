/** What the adapter itself keeps of somebody goes as well when they are forgotten. */
import { expect, onTestFinished, test } from "vitest";
import { createClient, forgetPerson } from "../../../adapters/discord/client.ts";
import { createDirectory } from "../../../adapters/discord/directory.ts";
import { createDiscord } from "../../../adapters/discord/index.ts";
import type { PlatformEvent } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { plain, until } from "./stage.ts";
import { town } from "./watch-stage.ts";
import { createWorld, pauses } from "./whole.ts";

test("P1 discord.js keeps nothing of somebody who is forgotten, and all of the others", async () => {
  const here = await town();
  const { client } = await here.open();
  const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
  await here.kim.posts(thread, "Let me look");
  await here.dana.writes("Hello");
  await here.hears("Dana to us: Hello");
  const kept = ({ id }: { readonly id: string }) =>
    [
      ...client.users.cache.keys(),
      ...client.guilds.cache.flatMap(({ members }) => members.cache).keys(),
      ...client.channels.cache
        .filter((channel) => channel.isThread())
        .flatMap(({ members }) => members.cache)
        .keys(),
      ...client.channels.cache.map((channel) =>
        "recipientId" in channel ? channel.recipientId : "",
      ),
    ].filter((each) => each === id);
  expect(kept(here.dana).length).toBeGreaterThan(2);
  const others = kept(here.kim).length;
  forgetPerson(client, here.dana.id);
  expect(kept(here.dana)).toEqual([]);
  expect(kept(here.kim)).toHaveLength(others);
  expect(others).toBeGreaterThan(0);
});

test("P1 who somebody is, is asked anew once they are forgotten", async () => {
  const stage = await createWorld();
  const acme = stage.discord.guild("Acme");
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim")];
  const client = createClient(stage.options());
  onTestFinished(() => client.destroy());
  const directory = createDirectory(client, stage.options());
  const guild = { ref: { platform: "discord", externalId: acme.id }, name: "Acme" };
  const look = () =>
    Promise.all([dana, kim].map(({ id }) => directory.member(guild, id, "certain")));
  await look();
  directory.forget(guild, dana.id);
  await look();
  expect(stage.discord.calls("GET /guilds/:guild/members/:user")).toHaveLength(3);
});

test("P1 whoever was forgotten can write to us again, and is heard", async () => {
  const stage = await createWorld();
  const { discord } = stage;
  const acme = discord.guild("Acme");
  const dana = acme.person("Dana");
  const { platform } = await createDiscord(stage.options(), { ...pauses, forget: 0 });
  onTestFinished(() => platform.stop());
  const events: PlatformEvent[] = [];
  const receive = async (event: PlatformEvent) => {
    events.push(event);
    return { kind: "nothing" } as const;
  };
  await platform.start({ receive }, fakeCoreServices());
  const connection = { platform: "discord", externalId: acme.id };
  const to = { kind: "direct", userId: dana.id } as const;
  await platform.send(connection, to, plain("How was it?"), "key-1");
  await dana.writes("forget me");
  await until(() => events.length === 1, "the wish came in");
  expect(await platform.forget?.(connection, dana.id, new Date("2100-01-01"))).toMatchObject({
    removed: 1,
  });
  expect(dana.sees("dm").map(({ words }) => words)).toEqual(["forget me"]);
  await dana.writes("resume");
  await until(() => events.length === 2, "they are heard again");
  expect(events[1]).toMatchObject({
    kind: "direct-message",
    text: "resume",
    from: { name: "Dana" },
  });
  expect(discord.problems).toEqual([]);
});
