import { describe, expect, it } from "vitest";
import { type Town, town } from "./watch-stage.ts";

/** A thread that Dana has started from a message. */
async function asked({ dana, help, hears }: Town) {
  const from = await dana.posts(help, "My invoice is wrong");
  const thread = await dana.starts(help, "Invoice", { from });
  await hears("Dana: My invoice is wrong (opens)");
  return thread;
}

describe("a thread", () => {
  it("begins with the message that it was started from, and is closed when the team archives it", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.posts(thread, "Let me look");
    await here.kim.archives(thread);
    await here.hears(
      "Dana: My invoice is wrong (opens)",
      "Kim: Let me look",
      "closed manual by Kim",
    );
    const [opened] = here.inbox.events;
    expect(opened).toMatchObject({
      kind: "chat-message",
      chat: {
        externalId: thread.id,
        channel: "#help",
        url: `https://discord.com/channels/${here.acme.id}/${thread.id}`,
      },
      from: { externalId: here.dana.id, role: "customer" },
      bookmark: { place: thread.id, position: thread.id },
    });
    expect(here.discord.problems).toEqual([]);
  });

  it("is closed when the team locks it", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.locks(thread);
    await here.hears("closed manual by Kim");
  });

  it("is closed when its customer archives it: Discord lets nobody else but the team", async () => {
    const here = await town();
    await here.open();
    const from = await here.kim.posts(here.help, "Ask me here");
    const thread = await here.dana.starts(here.help, "Invoice", { from });
    await here.dana.posts(thread, "My invoice is wrong");
    await here.hears("Dana: My invoice is wrong (opens)");
    await here.dana.archives(thread);
    await here.hears("closed manual by nobody");
  });

  it("that Discord's timer archives is over by inactivity", async () => {
    const here = await town();
    await here.open();
    await asked(here);
    here.clock.advance(4320 * 60_000 + 1);
    await here.hears("closed inactivity by nobody");
    expect(here.discord.calls("GET /guilds/:guild/audit-logs")).toHaveLength(1);
  });

  it("that another bot archives is over by inactivity", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    const sweeper = here.acme.bot("Sweeper", {
      roles: [here.acme.role("Bots", { permissions: ["ManageThreads"] })],
    });
    await sweeper.archives(thread);
    await here.hears("closed inactivity by nobody");
  });

  it("that is archived asks nobody without View Audit Log, whoever did it, and nothing is looked up", async () => {
    const here = await town();
    here.acme.botMay("ViewChannel", "SendMessagesInThreads", "ReadMessageHistory");
    await here.open();
    const thread = await asked(here);
    await here.kim.archives(thread);
    await here.hears("closed inactivity by nobody");
    expect(here.discord.calls("GET /guilds/:guild/audit-logs")).toHaveLength(0);
    expect(here.discord.invalidRequests()).toBe(0);
  });

  it("is opened again by whoever unarchives or unlocks it, and what waited for it may go there", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.archives(thread);
    await here.hears("closed manual by Kim");
    await here.kim.unarchives(thread);
    await here.hears("chat opened", "reopened by Kim");
    await here.kim.locks(thread);
    await here.hears("closed manual by Kim");
    await here.kim.unlocks(thread);
    await here.hears("chat opened", "reopened by Kim");
  });

  it("that a customer's message wakes is known by the message", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.archives(thread);
    await here.hears("closed manual by Kim");
    await here.dana.posts(thread, "It is still wrong");
    await here.hears("closed manual by Kim", "chat opened", "Dana: It is still wrong (opens)");
  });

  it("D12 that our own question wakes is not opened again, and the question is no message", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.archives(thread);
    await here.hears("closed manual by Kim");
    await here.post(thread.id, "How was it?");
    expect(thread.thread.archived()).toBe(false);
    await here.dana.posts(thread, "Fine");
    await here.hears("closed manual by Kim", "chat opened", "Dana: Fine (opens)");
  });

  it("that is deleted asks nobody", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.removes(thread);
    await here.hears("closed spam by nobody");
  });

  it("goes with its channel", async () => {
    const here = await town();
    await here.open();
    await asked(here);
    await here.kim.removes(here.help);
    await here.hears("closed spam by nobody");
  });

  it("made without a message begins with the first one in it", async () => {
    const here = await town();
    await here.open();
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    expect(here.inbox.events).toMatchObject([{ chat: { externalId: thread.id } }]);
  });
});

describe("a forum post", () => {
  async function posted(here: Town, ...tags: readonly string[]) {
    const forum = here.acme.forum("ask", { tags: ["billing", "solved", "Résolu"] });
    await here.open({ options: { supportChannels: ["#Ask"], solvedTags: ["SOLVED"] } });
    const post = await here.dana.opens(forum, "Invoice", "It is wrong", { tags });
    await here.hears("Dana: It is wrong (opens)");
    return post;
  }

  it("is closed by a tag that says so, and opened again when it is taken away", async () => {
    const here = await town();
    const post = await posted(here, "billing");
    expect(here.inbox.events).toMatchObject([{ chat: { channel: "#ask", tags: ["billing"] } }]);
    await here.kim.tags(post, "billing", "solved");
    await here.hears("closed solved by Kim");
    expect(here.inbox.events.at(-1)).toMatchObject({ chat: { tags: ["billing"] } });
    await here.kim.tags(post, "billing");
    await here.hears("closed solved by Kim", "reopened by Kim");
  });

  it("is closed by the tag without View Audit Log too, by nobody", async () => {
    const here = await town();
    here.acme.botMay("ViewChannel", "SendMessagesInThreads", "ReadMessageHistory");
    const post = await posted(here);
    await here.kim.tags(post, "solved");
    await here.hears("closed solved by nobody");
    await here.kim.tags(post);
    await here.hears("reopened by nobody");
  });

  it("is solved, not only put away, when the tag comes with the archiving", async () => {
    const here = await town();
    const post = await posted(here);
    await here.kim.tags(post, "solved");
    await here.kim.archives(post);
    await here.hears("closed solved by Kim", "closed manual by Kim");
  });
});

describe("a ticket", () => {
  async function ticket(here: Town) {
    const tickets = here.acme.category("Tickets");
    const bot = here.acme.bot("ticket tool", {
      roles: [here.acme.role("Bots", { permissions: ["ManageChannels"] })],
    });
    await here.open({ options: { supportChannels: ["tickets"] } });
    const channel = here.acme.channel("ticket-0001", { category: tickets });
    await bot.posts(channel, "Hello, what is it about?");
    await here.dana.posts(channel, "My invoice");
    await here.hears("ticket tool (bot): Hello, what is it about?", "Dana: My invoice (opens)");
    return { bot, channel };
  }

  it("is closed by its name, whoever of the team gives it, and opened again by another", async () => {
    const here = await town();
    const { channel } = await ticket(here);
    expect(here.inbox.events.at(-1)).toMatchObject({
      chat: { externalId: channel.id, channel: "Tickets" },
    });
    await here.kim.renames(channel, "closed-0001");
    await here.hears("closed manual by Kim");
    await here.kim.renames(channel, "ticket-0001");
    await here.hears("closed manual by Kim", "reopened by Kim");
  });

  it("that its bot renames is closed by nobody in particular", async () => {
    const here = await town();
    const { bot, channel } = await ticket(here);
    await bot.renames(channel, "closed-0001");
    await here.hears("closed manual by nobody");
  });

  it("is closed when it is deleted", async () => {
    const here = await town();
    const { bot, channel } = await ticket(here);
    await bot.removes(channel);
    await here.hears("closed manual by nobody");
  });
});
