import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/platform.ts";
import { createOutgoing, type Outgoing } from "./outgoing.ts";
import { failure, plain } from "./stage.ts";

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(() => out.close());

/** The smallest PNG: one transparent point. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

function withPicture(alt: string): Message {
  const picture = { png: dot, width: 1, height: 1, alt };
  return { summary: alt, locale: "en", parts: [{ kind: "picture", picture }] };
}

describe("where a message goes", () => {
  test("a direct message is answered where it stands, and its buttons name the guild", async () => {
    const message: Message = {
      ...plain("How was it?"),
      parts: [{ kind: "actions", options: [{ label: "9", token: "abc" }] }],
    };
    const receipt = await out.send(out.direct, message);
    const [seen] = out.dana.sees("dm");
    expect(receipt).toEqual({
      messageId: `${seen?.channel}:${seen?.id}`,
      reached: true,
      bookmark: { place: seen?.channel, position: seen?.id },
    });
    const guild = BigInt(out.acme.id).toString(36);
    expect(JSON.stringify(seen?.components)).toContain(`"abc@${guild}"`);
  });

  test("a conversation is opened once", async () => {
    await out.send(out.direct);
    await out.send(out.direct);
    expect(out.discord.calls("POST /users/@me/channels")).toHaveLength(1);
    expect(out.dana.sees("dm")).toHaveLength(2);
  });

  test("in an archived thread a message wakes it", async () => {
    await out.acme.owner.archives(out.thread);
    const receipt = await out.send(out.chat);
    expect(receipt.bookmark?.place).toBe(out.thread.id);
    expect(out.thread.thread.archived()).toBe(false);
  });

  test("a channel gets it without a bookmark", async () => {
    expect(await out.send(out.channel)).toEqual({
      messageId: expect.stringMatching(`^${out.help.id}:\\d+$`),
      reached: true,
    });
  });

  test("N6 whatever is said, nobody is notified", async () => {
    await out.send(out.chat, "@everyone <@&1> @here");
    await out.send(out.direct, withPicture("@everyone"));
    const bodies = out.posts().map(({ body }) => JSON.stringify(body));
    expect(bodies).toHaveLength(2);
    for (const body of bodies) expect(body).toContain('"allowed_mentions":{"parse":[]}');
    expect(out.saidInThread().map(({ live }) => live.pings)).toEqual([[]]);
  });
});

describe("what all can see of a whisper", () => {
  const opener = { says: "A question for you", option: { label: "Answer", token: "show" } };
  const question: Message = { ...plain("How was Kim?"), opener };

  test("only its opener is shown, and that somebody saw it is not known", async () => {
    const receipt = await out.send(out.whisper, question);
    const [seen] = out.saidInThread();
    expect(seen?.words).toBe("A question for you\nAnswer");
    expect(receipt).toEqual({ messageId: `${out.thread.id}:${seen?.id}`, reached: false });
  });

  test("a change draws it anew, and never shows what is private", async () => {
    const { messageId } = await out.send(out.whisper, question);
    const again = { ...question, opener: { ...opener, says: "Still there for you" } };
    await out.sender.update(out.connection, out.whisper, messageId, again);
    expect(out.saidInThread()[0]?.words).toContain("Still there for you");
    await out.sender.update(out.connection, out.whisper, messageId, plain("You answered 2"));
    const [seen] = out.saidInThread();
    expect(seen?.words).toBe("discord.whisper.done");
    expect(seen?.buttons).toEqual([]);
  });

  test("without an opener nothing of it is said", async () => {
    await out.send(out.whisper, "How was Kim?");
    expect(out.saidInThread().map(({ words }) => words)).toEqual(["discord.whisper.done"]);
  });
});

describe("pictures", () => {
  test("a picture is a file of the message, with what it says", async () => {
    await out.send(out.chat, withPicture("NPS 34"));
    const [seen] = out.saidInThread();
    expect(seen?.words).toContain("NPS 34");
    expect(seen?.files.map(({ bytes }) => bytes.equals(dot))).toEqual([true]);
    expect(out.discord.problems).toEqual([]);
  });

  test("a change replaces the files, or takes them away", async () => {
    const { messageId } = await out.send(out.chat, withPicture("NPS 34"));
    await out.sender.update(out.connection, out.chat, messageId, withPicture("NPS 35"));
    expect(out.saidInThread()[0]?.files).toHaveLength(1);
    expect(out.saidInThread()[0]?.words).toContain("NPS 35");
    await out.sender.update(out.connection, out.chat, messageId, plain("Gone"));
    expect(out.saidInThread()[0]?.files).toEqual([]);
    expect(out.discord.problems).toEqual([]);
  });
});

describe("changes of messages that are not there", () => {
  test("one that was deleted is not found", async () => {
    const { messageId } = await out.send(out.chat);
    await out.acme.owner.deletes(out.thread, messageId.split(":")[1] ?? "");
    const change = out.sender.update(out.connection, out.chat, messageId, plain("Too late"));
    expect(await failure(change)).toMatchObject({ code: "not-found" });
  });

  test("one in an archived thread stays as it is: a change wakes nobody", async () => {
    const { messageId } = await out.send(out.chat);
    await out.acme.owner.archives(out.thread);
    const change = out.sender.update(out.connection, out.chat, messageId, plain("Too late"));
    expect(await failure(change)).toMatchObject({ code: "not-found" });
    expect(out.thread.thread.archived()).toBe(true);
  });

  test("what is no id of ours is not found, without a call", async () => {
    const calls = out.discord.calls().length;
    const change = out.sender.update(out.connection, out.chat, "nonsense", plain("Hello"));
    expect(await failure(change)).toMatchObject({ code: "not-found" });
    expect(out.discord.calls()).toHaveLength(calls);
  });
});

describe("answers to what somebody wrote", () => {
  const guild = () => {
    const [found] = out.guilds.all();
    if (found === undefined) throw new Error("there is a guild");
    return found;
  };
  const tell = (text: string) => out.sender.tell(guild(), out.dana.id, plain(text), "m:1");

  test("one that fails for the moment is said again, once", async () => {
    const route = "POST /channels/:channel/messages";
    out.discord.fail(route, { kind: "reset", accepted: true });
    await tell("Thank you");
    expect(out.posts()).toHaveLength(2);
    expect(out.dana.sees("dm").map(({ words }) => words)).toEqual(["Thank you"]);
  });

  test("who takes no direct messages is left alone, and the log does not say what was said", async () => {
    out.dana.changes({ dm: "closed" });
    await tell("Thank you");
    expect(out.posts()).toHaveLength(1);
    expect(out.stage.logged.join("")).toContain("could not be answered");
    expect(out.stage.logged.join("")).not.toContain("Thank you");
  });
});
