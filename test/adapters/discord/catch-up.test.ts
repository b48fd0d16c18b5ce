import { describe, expect, it } from "vitest";
import { MAX_MESSAGES } from "../../../adapters/discord/watch/catch-up.ts";
import { until } from "./stage.ts";
import { type App, type Town, town } from "./watch-stage.ts";

const MINUTE_MS = 60_000;

/** A thread of Dana's that is known, then the app goes away. */
async function leave(here: Town, app: App) {
  const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
  await here.hears("Dana: It is wrong (opens)");
  await away(here, app);
  return thread;
}

async function away(here: Town, app: App): Promise<void> {
  await app.stop();
  here.clock.advance(10 * MINUTE_MS);
}

describe("F8 after a restart", () => {
  it("words in chats and direct messages are read back, each once", async () => {
    const here = await town();
    const app = await here.open();
    await here.dana.writes("hello");
    await here.hears("Dana to us: hello");
    const thread = await leave(here, app);
    await here.dana.posts(thread, "By 70 €");
    await here.kim.posts(thread, "Let me look");
    await here.dana.writes("9");
    await here.open();
    await until(() => here.inbox.events.length === 5, "all of it");
    const lines = here.inbox.lines();
    expect(lines.slice(0, 2)).toEqual(["Dana to us: hello", "Dana: It is wrong (opens)"]);
    expect(lines.slice(2).filter((line) => !line.includes(" to us"))).toEqual([
      "Dana: By 70 € (opens)",
      "Kim: Let me look",
    ]);
    expect(lines).toContain("Dana to us: 9");
    expect(here.discord.problems).toEqual([]);
    expect(here.discord.invalidRequests()).toBe(0);
  });

  it("chats that began meanwhile are read from their start, older ones without news are not", async () => {
    const here = await town();
    const before = await here.dana.starts(here.help, "Long ago", { text: "Before us" });
    here.clock.advance(10 * MINUTE_MS);
    const app = await here.open();
    await leave(here, app);
    const from = await here.dana.posts(here.help, "My parcel is lost");
    const started = await here.dana.starts(here.help, "Parcel", { from });
    await here.dana.posts(started, "Since Monday");
    await here.dana.posts(before, "Still there?");
    await here.open();
    await until(() => here.inbox.events.length === 4, "all of it");
    const lines = here.inbox.lines().slice(1);
    expect(lines.toSorted()).toEqual([
      "Dana: My parcel is lost (opens)",
      "Dana: Since Monday (opens)",
      "Dana: Still there? (opens)",
    ]);
  });

  it("nothing of the time before the first start is read", async () => {
    const here = await town();
    await here.dana.starts(here.help, "Long ago", { text: "Before us" });
    here.clock.advance(MINUTE_MS);
    await here.open();
    await here.dana.starts(here.help, "Now", { text: "Hello" });
    await here.hears("Dana: Hello (opens)");
    expect(here.inbox.events).toHaveLength(1);
  });

  it("closings and openings come in their order among the words", async () => {
    const here = await town();
    const thread = await leave(here, await here.open());
    await here.kim.posts(thread, "Done");
    here.clock.advance(MINUTE_MS);
    await here.kim.archives(thread);
    here.clock.advance(MINUTE_MS);
    await here.dana.posts(thread, "Not quite");
    here.clock.advance(MINUTE_MS);
    await here.kim.locks(thread);
    await here.open();
    await here.hears(
      "Dana: It is wrong (opens)",
      "Kim: Done",
      "closed manual by Kim",
      "Dana: Not quite (opens)",
      "closed manual by Kim",
    );
  });

  it("a thread that Discord put to rest meanwhile is over, with the id that it would have had", async () => {
    const here = await town();
    const app = await here.open();
    const thread = await leave(here, app);
    here.clock.advance(4320 * MINUTE_MS);
    await until(() => thread.thread.archived(), "the thread is archived");
    const again = await here.open();
    await here.hears("Dana: It is wrong (opens)", "closed inactivity by nobody");
    const id = here.inbox.events.at(-1)?.id;
    expect(id).toMatch(`t:${thread.id}:`);
    await away(here, again);
    await here.open();
    await here.dana.writes("hi");
    await here.hears("closed inactivity by nobody", "Dana to us: hi");
  });

  it("a post that was tagged meanwhile is solved", async () => {
    const here = await town();
    const forum = here.acme.forum("ask", { tags: ["solved"] });
    const options = { supportChannels: ["ask"] };
    const app = await here.open({ options });
    const post = await here.dana.opens(forum, "Invoice", "It is wrong");
    await here.hears("Dana: It is wrong (opens)");
    await away(here, app);
    await here.kim.tags(post, "solved");
    await here.open({ options });
    await here.hears("Dana: It is wrong (opens)", "closed solved by Kim");
  });

  it.each([
    ["renamed", "closed manual by Kim"],
    ["deleted", "closed manual by nobody"],
  ])("a ticket that was %s meanwhile is closed", async (what, closed) => {
    const here = await town();
    const category = here.acme.category("Tickets");
    const options = { supportChannels: ["Tickets"] };
    const app = await here.open({ options });
    const ticket = here.acme.channel("ticket-1", { category });
    await here.dana.posts(ticket, "It is wrong");
    await here.hears("Dana: It is wrong (opens)");
    await away(here, app);
    if (what === "renamed") await here.kim.renames(ticket, "closed-1");
    else await here.kim.removes(ticket);
    await here.open({ options });
    await here.hears("Dana: It is wrong (opens)", closed);
  });

  it("a thread that was deleted meanwhile asks nobody, nor does anything whose end nobody tells", async () => {
    const here = await town();
    const app = await here.open();
    const thread = await leave(here, app);
    await here.kim.removes(thread);
    const again = await here.open();
    await here.hears("closed spam by nobody");
    const other = await here.dana.starts(here.help, "Other", { text: "And this" });
    await here.hears("Dana: And this (opens)");
    await away(here, again);
    await here.kim.removes(other);
    here.acme.botMay("ViewChannel", "ReadMessageHistory");
    await here.open();
    await here.hears("Dana: And this (opens)", "closed inactivity by nobody");
  });

  it("what is said while it is read back comes after it", async () => {
    const here = await town();
    const thread = await leave(here, await here.open());
    await here.dana.posts(thread, "1");
    const held = here.discord.fail("GET /guilds/:guild/threads/active", { kind: "slow", ms: 300 });
    await here.open({ pace: { read: 20 } });
    await here.dana.posts(thread, "2");
    await here.hears("Dana: It is wrong (opens)", "Dana: 1 (opens)", "Dana: 2 (opens)");
    held();
  });

  it("F3 a limit is waited for, and a failure of Discord's is tried again", async () => {
    const here = await town();
    const thread = await leave(here, await here.open());
    await here.dana.posts(thread, "1");
    here.discord.fail(
      "GET /guilds/:guild/threads/active",
      { kind: "refused", status: 502, code: 0 },
      { times: 2 },
    );
    here.discord.fail("GET /channels/:channel/messages", {
      kind: "rate-limited",
      retryAfter: 0.05,
    });
    await here.open();
    await here.hears("Dana: It is wrong (opens)", "Dana: 1 (opens)");
    expect(here.discord.invalidRequests()).toBe(1);
  });

  it("no more is read of one place than is promised, and the log says how far it is", async () => {
    const here = await town();
    const thread = await leave(here, await here.open());
    for (let number = 0; number < MAX_MESSAGES + 20; number += 1)
      await here.dana.posts(thread, String(number));
    const before = here.discord.calls("GET /channels/:channel/messages").length;
    await here.open();
    await until(() => here.inbox.events.length === MAX_MESSAGES + 1, "as many as promised");
    await here.dana.posts(thread, "the last");
    await here.hears(`Dana: ${MAX_MESSAGES - 1} (opens)`, "Dana: the last (opens)");
    expect(here.discord.calls("GET /channels/:channel/messages").length - before).toBe(5);
    expect(here.logged.join("")).toContain('"places":1');
    expect(here.logged.join("")).not.toContain("the last");
  });
});

describe("a line that breaks", () => {
  it("F8 without a session to go on with is read back like a restart", async () => {
    const here = await town();
    const app = await here.open();
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    here.discord.gateway.ghost = true;
    await here.dana.posts(thread, "By 70 €");
    await here.kim.archives(thread);
    here.discord.gateway.ghost = false;
    here.discord.gateway.invalidate(false);
    await here.hears("Dana: By 70 € (opens)", "closed manual by Kim");
    expect(app.sessions).toEqual([0, 0]);
  });

  it("F7 and is resumed replays 38 events, five of them twice: 38 effects", async () => {
    const here = await town();
    const app = await here.open();
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    const packets: unknown[] = [];
    app.client.on("raw", (packet: unknown) => void packets.push(packet));
    here.discord.gateway.cut();
    for (let number = 1; number <= 37; number += 1) await here.dana.posts(thread, String(number));
    await here.kim.locks(thread);
    await here.hears("Dana: 37 (opens)", "closed manual by Kim");
    const messages = packets.filter((packet) => JSON.stringify(packet).includes("MESSAGE_CREATE"));
    for (const packet of messages.slice(0, 5)) app.client.emit("raw", packet, 0);
    await here.kim.unlocks(thread);
    await here.hears("closed manual by Kim", "chat opened", "reopened by Kim");
    expect(here.inbox.events).toHaveLength(1 + 38 + 2);
    // Five words, and the entries of the audit log that had come with their changes already.
    expect(here.inbox.repeats()).toBeGreaterThanOrEqual(5);
    expect(app.sessions).toEqual([0]);
  });
});
