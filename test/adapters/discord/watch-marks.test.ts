import { describe, expect, it } from "vitest";
import { type Town, town } from "./watch-stage.ts";

async function asked({ dana, help, hears }: Town) {
  const from = await dana.posts(help, "My invoice is wrong");
  const thread = await dana.starts(help, "Invoice", { from });
  await hears("Dana: My invoice is wrong (opens)");
  return thread;
}

/** Nothing else has come by the time that this has. */
async function nothingBefore(here: Town, place: { readonly id: string }, ...before: string[]) {
  await here.dana.posts(place, "and now?");
  await here.hears(...before, "Dana: and now? (opens)");
}

describe("✅", () => {
  it("of the team on the message that a thread was started from closes it, and opens it when the last is gone", async () => {
    const here = await town();
    const lee = here.acme.person("Lee", {
      roles: [here.acme.role("Managers", { permissions: ["ManageThreads"] })],
    });
    await here.open({ options: { team: ["Support", "Managers"] } });
    const thread = await asked(here);
    await here.kim.reacts(here.help, thread.id, "✅");
    await here.hears("closed solved by Kim");
    await lee.reacts(here.help, thread.id, "✅");
    await here.hears("closed solved by Kim", "closed solved by Lee");
    await here.kim.unreacts(here.help, thread.id, "✅");
    await nothingBefore(here, thread, "closed solved by Lee");
    await lee.unreacts(here.help, thread.id, "✅");
    await here.hears("reopened by Lee");
    expect(here.discord.problems).toEqual([]);
  });

  it("of a customer, of another kind, or elsewhere in a thread says nothing", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    const second = await here.dana.posts(thread, "It says 70 €");
    await here.dana.reacts(here.help, thread.id, "✅");
    await here.kim.reacts(here.help, thread.id, "👀");
    await here.kim.reacts(thread, second, "✅");
    const loose = await here.dana.posts(here.help, "Hello all");
    await here.kim.reacts(here.help, loose, "✅");
    await nothingBefore(here, thread, "Dana: It says 70 € (opens)");
  });

  it("on a post of a forum closes it", async () => {
    const here = await town();
    const forum = here.acme.forum("ask");
    await here.open({ options: { supportChannels: ["ask"] } });
    const post = await here.dana.opens(forum, "Invoice", "It is wrong");
    await here.hears("Dana: It is wrong (opens)");
    await here.kim.reacts(post, post.id, "✅");
    await here.hears("closed solved by Kim");
  });

  it("on the first message of a thread that was made without one closes it", async () => {
    const here = await town();
    await here.open();
    const thread = await here.dana.starts(here.help, "Invoice");
    const first = await here.dana.posts(thread, "It is wrong");
    const second = await here.dana.posts(thread, "By 70 €");
    await here.kim.reacts(thread, second, "✅");
    await here.kim.reacts(thread, first, "✅");
    await here.hears("Dana: By 70 € (opens)", "closed solved by Kim");
  });

  it("in a ticket closes it on anything but the team's own words and ours", async () => {
    const here = await town();
    const tickets = here.acme.category("Tickets");
    const bot = here.acme.bot("Ticketer");
    await here.open({ options: { supportChannels: ["Tickets"] } });
    const channel = here.acme.channel("ticket-1", { category: tickets });
    const hello = await bot.posts(channel, "Hello");
    const own = await here.kim.posts(channel, "Let me look");
    await here.kim.reacts(channel, own, "✅");
    await nothingBefore(here, channel, "Kim: Let me look");
    await here.kim.reacts(channel, hello, "✅");
    await here.hears("closed solved by Kim");
    await here.kim.unreacts(channel, hello, "✅");
    await here.hears("reopened by Kim");
  });

  it("may be an emoji of the guild's own", async () => {
    const here = await town();
    const done = here.acme.emoji("done");
    await here.open({ options: { closeEmoji: [":done:"] } });
    const thread = await asked(here);
    await here.kim.reacts(here.help, thread.id, done);
    await here.hears("closed solved by Kim");
    await here.kim.unreacts(here.help, thread.id, done);
    await here.hears("reopened by Kim");
  });

  it("that a moderator clears is gone", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.reacts(here.help, thread.id, "✅");
    await here.hears("closed solved by Kim");
    await here.acme.owner.clears(here.help, thread.id, "✅");
    await here.hears("reopened by nobody");
  });

  it("put, taken away and put again closes again", async () => {
    const here = await town();
    await here.open();
    const thread = await asked(here);
    await here.kim.reacts(here.help, thread.id, "✅");
    await here.hears("closed solved by Kim");
    await here.kim.unreacts(here.help, thread.id, "✅");
    await here.hears("closed solved by Kim", "reopened by Kim");
    await here.kim.reacts(here.help, thread.id, "✅");
    await here.hears("closed solved by Kim", "reopened by Kim", "closed solved by Kim");
  });
});
