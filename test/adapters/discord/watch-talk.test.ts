import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { createClient } from "../../../adapters/discord/client.ts";
import { customIdOf } from "../../../adapters/discord/render/custom-id.ts";
import { AppError } from "../../../src/errors.ts";
import type { GuildFace } from "../../support/discord/index.ts";
import type { Person } from "../../support/discord/person.ts";
import { plain, until } from "./stage.ts";
import { type Town, town } from "./watch-stage.ts";

/** What the app asks somebody on behalf of a guild. */
async function asksDirectly(here: Town, person: Person, guild: GuildFace): Promise<void> {
  const { rest } = createClient(here.options());
  const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: person.id } });
  const option = { label: "9", token: "a-token" };
  const button = { type: 2, style: 2, label: "9", custom_id: customIdOf(option, guild.id) };
  const body = { flags: 1 << 15, components: [{ type: 1, components: [button] }] };
  await rest.post(Routes.channelMessages(idOf(opened)), { body });
}

function idOf(answer: unknown): string {
  if (typeof answer !== "object" || answer === null || !("id" in answer)) return "";
  return String(answer.id);
}

describe("in a chat", () => {
  it("bots, webhooks and notices open nothing and are no human reply", async () => {
    const here = await town();
    const sam = here.acme.bot("sam");
    const hook = here.acme.webhook("bridge");
    await here.open();
    const thread = await here.kim.starts(here.help, "Invoice", { text: "What is wrong?" });
    await sam.posts(thread, "I am a bot");
    await hook.posts(thread, "From elsewhere");
    await here.kim.adds(thread, here.dana);
    await here.dana.posts(thread, "All of it");
    await here.hears(
      "Kim: What is wrong?",
      "sam (bot): I am a bot",
      "bridge (bot): From elsewhere",
      "Dana: All of it (opens)",
    );
    expect(here.inbox.events).toHaveLength(4);
  });

  it("words count without the message-content intent, though nobody can read them", async () => {
    const here = await town({ privileged: [] });
    await here.open();
    await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana:  (opens)");
  });

  it("words outside of it are nothing to us, nor those of a guild that is not served", async () => {
    const here = await town();
    const other = here.discord.guild("Other");
    const lobby = other.channel("help");
    const rita = other.person("Rita");
    await here.open({ options: { guilds: [here.acme.id] } });
    await rita.starts(lobby, "Hello", { text: "Hello" });
    await here.dana.posts(here.help, "Good morning");
    await here.dana.starts(here.acme.channel("off-topic"), "Cats", { text: "Cats" });
    await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    expect(here.inbox.events).toHaveLength(1);
  });

  it("the team is named when it has several roles", async () => {
    const here = await town();
    const billing = here.acme.role("Billing");
    here.acme.gives(here.kim, billing);
    await here.open({ options: { team: ["Billing", "Support"] } });
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.kim.posts(thread, "Let me look");
    await here.hears("Dana: It is wrong (opens)", "Kim: Let me look");
    expect(here.inbox.events.at(-1)).toMatchObject({ chat: { team: "Billing" } });
  });

  it("a private thread begins for us when we are added, and what was said before is read", async () => {
    const here = await town();
    here.acme.botMay("ViewChannel", "ReadMessageHistory", "ViewAuditLog", "SendMessagesInThreads");
    await here.open();
    const thread = await here.dana.starts(here.help, "Secret", { private: true, text: "Psst" });
    await here.dana.adds(thread, { id: here.discord.applicationId });
    await here.dana.posts(thread, "Are you there?");
    await here.hears("chat opened", "Dana: Psst (opens)", "Dana: Are you there? (opens)");
    expect(here.inbox.events).toHaveLength(3);
    expect(here.discord.problems).toEqual([]);
  });
});

describe("in a direct message", () => {
  it("words are answered with what the core replies", async () => {
    const here = await town();
    const app = await here.open();
    here.inbox.reply = () => ({ kind: "message", message: plain("Thank you!") });
    await here.dana.writes("9");
    await here.hears("Dana to us: 9");
    expect(here.inbox.events[0]).toMatchObject({
      connection: { platform: "discord", externalId: here.acme.id },
      bookmark: { position: expect.stringMatching(/^\d+$/) },
    });
    await until(() => app.said.length === 1, "a reply");
    expect(app.said).toEqual([`${here.dana.id}: Thank you!`]);
  });

  it("words are for the guild whose question stands last, also after a restart", async () => {
    const here = await town();
    const beta = here.discord.guild("Beta");
    beta.joins(here.dana);
    const options = { guilds: [here.acme.id, beta.id] };
    const app = await here.open({ options });
    await asksDirectly(here, here.dana, beta);
    await here.dana.writes("9");
    await here.hears("Dana to us: 9");
    await asksDirectly(here, here.dana, here.acme);
    await here.dana.writes("8");
    await here.hears("Dana to us: 9", "Dana to us: 8");
    await app.stop();
    await here.open({ options });
    await here.dana.writes("7");
    await here.hears("Dana to us: 9", "Dana to us: 8", "Dana to us: 7");
    const guilds = here.inbox.events.map(({ connection }) => connection.externalId);
    expect(guilds).toEqual([beta.id, here.acme.id, here.acme.id]);
  });

  it("words of somebody who was never asked are for a guild that they are in, else for none", async () => {
    const here = await town();
    const beta = here.discord.guild("Beta");
    const bob = beta.person("Bob");
    const stray = here.discord.guild("Other").person("Stray");
    await here.open({ options: { guilds: [here.acme.id, beta.id] } });
    await stray.writes("hello");
    await bob.writes("hi");
    await here.hears("Bob to us: hi");
    expect(here.inbox.events).toMatchObject([{ connection: { externalId: beta.id } }]);
  });
});

describe("what cannot be written", () => {
  it("is tried again, in its order, while other places go on", async () => {
    const here = await town();
    await here.open();
    const one = await here.dana.starts(here.help, "One");
    const other = await here.dana.starts(here.help, "Other");
    const { clock } = here;
    here.inbox.failNext(new AppError("database-away", "the database is away"));
    here.inbox.failNext(new AppError("temporary", "a hiccup"));
    await here.dana.posts(one, "1");
    await here.dana.posts(one, "2");
    await here.dana.posts(other, "a");
    await until(() => here.inbox.events.length === 3, "all of it");
    clock.advance(1);
    const inOne = here.inbox.lines().filter((line) => line.includes(": 1") || line.includes(": 2"));
    expect(inOne).toEqual(["Dana: 1 (opens)", "Dana: 2 (opens)"]);
  });

  it("for good keeps nothing after it from being taken", async () => {
    const here = await town();
    await here.open();
    const thread = await here.dana.starts(here.help, "One");
    here.inbox.failNext(new AppError("not-found", "the connection is not set up here"));
    await here.dana.posts(thread, "my secret");
    await here.dana.posts(thread, "2");
    await here.hears("Dana: 2 (opens)");
    expect(here.inbox.events).toHaveLength(1);
    expect(here.logged.join("")).toContain("the connection is not set up here");
    expect(here.logged.join("")).not.toContain("my secret");
  });
});

it("F4 nothing is read while Discord has refused too much; what was left is read then", async () => {
  const here = await town();
  let refusals = 0;
  let isTooMuch = true;
  await here.open({
    mayAsk() {
      if (!isTooMuch) return;
      refusals += 1;
      throw new AppError("rate-limited", "too much was refused", { retryAfterMs: 1 });
    },
  });
  const from = await here.dana.posts(here.help, "My parcel is lost");
  await here.dana.starts(here.help, "Parcel", { from });
  await until(() => refusals > 2, "it was tried again");
  expect(here.discord.calls("GET /channels/:channel/messages/:message")).toEqual([]);
  isTooMuch = false;
  await here.hears("Dana: My parcel is lost (opens)");
});

describe("guilds and places", () => {
  it("a guild that invites the bot while it runs is a new connection", async () => {
    const here = await town({ guild: { bot: false } });
    await here.open();
    here.acme.invitesBot();
    await here.hears("connection-opened");
    expect(here.inbox.events[0]).toMatchObject({
      connection: { externalId: here.acme.id },
      name: "Acme",
    });
    await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("connection-opened", "Dana: It is wrong (opens)");
  });

  it("F14 the leads' channel is told to be open when we may write there again", async () => {
    const here = await town();
    const leads = here.acme.channel("leads");
    leads.denies("bot", "SendMessages");
    await here.open({ options: { leadsChannels: ["leads"] } });
    leads.allows("bot", "SendMessages");
    await here.hears("leads opened");
    leads.allows("everyone", "AddReactions");
    await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("leads opened", "Dana: It is wrong (opens)");
  });

  it("a channel that we can see again is read back, and what waited for its chats goes out", async () => {
    const here = await town();
    await here.open();
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    here.help.denies("bot", "ViewChannel");
    await here.dana.posts(thread, "Hello?");
    here.help.allows("bot", "ViewChannel");
    await here.hears("Dana: It is wrong (opens)", "chat opened", "Dana: Hello? (opens)");
  });

  it("a guild that Discord had trouble with is there again", async () => {
    const here = await town();
    await here.open();
    here.acme.breaksDown();
    here.acme.recovers();
    await here.hears("connection-opened");
  });
});
