import { MessageType, PermissionFlagsBits } from "discord.js";
import { expect, test } from "vitest";
import { clientFor, stage, until } from "./setup.ts";

const managing = { permissions: ["ManageThreads", "ManageChannels"] } as const;

test("other bots and webhooks: what they do is heard, and who they are", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const heard: unknown[] = [];
  client.on("messageCreate", ({ author, member, webhookId, content }) =>
    heard.push([content, author.bot, member !== null, webhookId === author.id]),
  );
  client.on("channelUpdate", (_, after) => heard.push("name" in after ? after.name : ""));
  client.on("channelDelete", () => heard.push("gone"));
  const tools = acme.bot("Ticket Tool", { roles: [acme.role("Bots", managing)] });
  const ticket = acme.channel("ticket-7", { category: acme.category("Tickets") });
  const hook = acme.webhook("Transcripts");
  await tools.posts(ticket, "Welcome");
  await hook.posts(ticket, "Transcript");
  await tools.renames(ticket, "closed-7");
  await tools.removes(ticket);
  await until(() => heard.length === 4, "all is heard");
  expect(heard).toEqual([
    ["Welcome", true, true, false],
    ["Transcript", true, false, true],
    "closed-7",
    "gone",
  ]);
});

test("what is done to threads and channels stands in the audit log, with who and what", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord, { intents: ["Guilds", "GuildModeration"] });
  const entries: unknown[] = [];
  client.on("guildAuditLogEntryCreate", ({ action, executorId, targetId, changes }) =>
    entries.push([action, executorId, targetId, changes.map((change) => change.key)]),
  );
  const staff = acme.role("Staff", managing);
  const kim = acme.person("Kim", { roles: [staff] });
  const tools = acme.bot("Ticket Tool", { roles: [staff] });
  const [forum, ticket] = [acme.forum("questions", { tags: ["solved"] }), acme.channel("ticket-7")];
  const dana = acme.person("Dana");
  const post = await dana.opens(forum, "Broken", "It is");
  await kim.tags(post, "solved");
  await tools.archives(post);
  // A message wakes it, and no entry says so.
  await dana.posts(post, "Not solved");
  await dana.archives(post);
  await kim.removes(post);
  await kim.renames(ticket, "closed-7");
  await tools.removes(ticket);
  await until(() => entries.length === 7, "all is heard");
  expect(entries).toEqual([
    [110, dana.id, post.id, ["name", "type"]],
    [111, kim.id, post.id, ["applied_tags"]],
    [111, tools.id, post.id, ["archived"]],
    [111, dana.id, post.id, ["archived"]],
    [112, kim.id, post.id, ["name"]],
    [11, kim.id, ticket.id, ["name"]],
    [12, tools.id, ticket.id, ["name"]],
  ]);
});

test("an emoji of the guild, and reactions that a moderator takes away", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const heard: unknown[] = [];
  client.on("messageReactionAdd", ({ emoji }) => heard.push(["on", emoji.name, emoji.id !== null]));
  client.on("messageReactionRemoveEmoji", ({ emoji }) => heard.push(["none", emoji.name]));
  client.on("messageReactionRemoveAll", (_, reactions) => heard.push(["nothing", reactions.size]));
  const done = acme.emoji("done");
  const moderator = acme.role("Moderator", { permissions: ["ManageMessages"] });
  const [help, kim] = [acme.channel("help"), acme.person("Kim", { roles: [moderator] })];
  const id = await kim.posts(help, "hello");
  await kim.reacts(help, id, done);
  await kim.reacts(help, id, "✅");
  await kim.clears(help, id, done);
  await kim.clears(help, id);
  await until(() => heard.length === 4, "all is heard");
  expect(heard).toEqual([
    ["on", "done", true],
    ["on", "✅", false],
    ["none", "done"],
    ["nothing", 1],
  ]);
  await expect(kim.reacts(help, id, "<:none:1>")).rejects.toThrow("no emoji");
});

test("Discord's own notices are heard and read like messages, and are no message to people", async () => {
  const { discord, acme, rest } = await stage();
  const client = await clientFor(discord);
  const heard: unknown[] = [];
  client.on("messageCreate", ({ type, content }) => heard.push([type, content]));
  const help = acme.channel("help");
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim")];
  const first = await dana.posts(help, "It is broken");
  const thread = await dana.starts(help, "Broken", { from: first });
  await dana.renames(thread, "Still broken");
  await dana.adds(thread, kim);
  await dana.starts(help, "Alone");
  await until(() => heard.length === 5, "all is heard");
  expect(heard).toEqual([
    [MessageType.Default, "It is broken"],
    [MessageType.ThreadStarterMessage, ""],
    [MessageType.ChannelNameChange, "Still broken"],
    [MessageType.RecipientAdd, ""],
    [MessageType.ThreadCreated, "Alone"],
  ]);
  const read = (await rest.get(`/channels/${thread.id}/messages`)) as { type: number }[];
  expect(read.map(({ type }) => type)).toEqual([1, 4, 21]);
  expect([dana.sees(thread), help.texts()]).toEqual([[], ["It is broken"]]);
});

test("what the bot may do changes while it runs, and its client knows", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const secret = acme.channel("secret");
  const dana = acme.person("Dana");
  const me = () => {
    const channel = client.channels.cache.get(secret.id);
    if (channel === undefined || channel.isDMBased()) throw new Error("There is no channel.");
    return channel.permissionsFor(discord.applicationId);
  };
  await until(() => client.channels.cache.has(secret.id), "the channel is known");
  secret.denies("everyone", "ViewChannel");
  await until(() => me()?.has(PermissionFlagsBits.ViewChannel) === false, "it is shut out");
  const thread = await acme.owner.starts(secret, "Hidden");
  await acme.owner.adds(thread, dana);
  expect(client.channels.cache.has(thread.id)).toBe(false);
  secret.allows("bot", "ViewChannel");
  await until(() => client.channels.cache.has(thread.id), "its threads are known");
  acme.botMay("ViewChannel");
  await until(() => me()?.has(PermissionFlagsBits.AttachFiles) === true, "by @everyone it may");
  acme.changes({ name: "Acme & Sons" });
  await until(() => client.guilds.cache.get(acme.id)?.name === "Acme & Sons", "the new name");
});
