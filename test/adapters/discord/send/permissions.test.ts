import { describe, expect, test } from "vitest";
import type { Message } from "../../../../src/platform.ts";
import { failure } from "../stage.ts";
import { createWorld, start } from "../whole.ts";

/** The smallest PNG: one transparent point. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const summary: Message = {
  summary: "NPS",
  locale: "en",
  parts: [
    { kind: "text", text: "The week" },
    { kind: "picture", picture: { png: dot, width: 1, height: 1, alt: "34, up 3" } },
  ],
};

describe("F14 a permission that the bot lacks", () => {
  test("is named, in the words of Discord's own pages, with the place", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme");
    const help = acme.channel("help");
    const thread = await acme.person("Dana").starts(help, "It is broken", { text: "Look" });
    const { sendTo } = await start(stage);
    help.denies("bot", "SendMessagesInThreads");
    const error = await failure(sendTo(acme, thread));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.advice).toBe(
      `Give the bot's role Send Messages in Threads in the channel ${thread.id}.`,
    );
  });

  test("to attach files: the picture comes in words, and the place is not lost for it", async () => {
    const stage = await createWorld();
    const acme = stage.discord.guild("Acme", { permissions: ["ViewChannel", "SendMessages"] });
    const leads = acme.channel("leads");
    leads.denies("everyone", "AttachFiles");
    const { sendTo } = await start(stage);
    await sendTo(acme, leads, summary);
    const [seen] = acme.owner.sees(leads);
    expect(seen?.files).toEqual([]);
    expect(seen?.words).toContain("The week");
    expect(seen?.words).toContain("34, up 3");
  });
});
