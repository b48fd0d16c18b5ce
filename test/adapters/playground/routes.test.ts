import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPlayground } from "../../../adapters/playground/index.ts";
import { AppError } from "../../../src/errors.ts";
import type { ChatPlatform, Message, PlatformEvent, Reply } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { post, readEntries, readSnapshot, readStream, request } from "./requests.ts";
import { connection, playgroundOptions, temporaryFolder, texts } from "./stage.ts";

/** For what takes longer on a busy machine. */
const patiently = { timeout: 20_000 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let platform: ChatPlatform;
let chat: string;
let events: PlatformEvent[];
/** What the core answers; an error is thrown. */
let answer: Reply | Error;

const message = (text: string): Message => ({
  summary: text,
  locale: "en",
  parts: [{ kind: "text", text }],
});
const start = async () => {
  platform = createPlayground(playgroundOptions(folder.path));
  await platform.start(
    {
      async receive(event) {
        events.push(event);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    fakeCoreServices(),
  );
  chat = (await readSnapshot(platform)).chats[0]?.id ?? "";
};
const restart = async () => {
  await platform.stop();
  await start();
};
const messagesAt = async (place: string) =>
  (await readSnapshot(platform)).messages.filter((each) => each.place === place);

beforeEach(async () => {
  folder = await temporaryFolder();
  events = [];
  answer = { kind: "nothing" };
  await start();
});
afterEach(async () => {
  await platform.stop();
  await folder.remove();
});

const direct = { kind: "direct-message", as: "dana", text: "nine" };

describe("what a person says", () => {
  test("stands on the page and has reached the core", async () => {
    const response = await post(platform, { ...direct, id: "event-0001" });
    expect(response.status).toBe(200);
    expect(events).toHaveLength(1);
    expect(await messagesAt("direct:dana")).toMatchObject([
      { id: "event-0001", from: "dana", text: "nine", status: "saved" },
    ]);
  });

  test("D1 sent twice it stands there once, and the core sees the same id", async () => {
    await Promise.all([1, 2].map(() => post(platform, { ...direct, id: "event-0001" })));
    expect(events.map(({ id }) => id)).toEqual(["event-0001", "event-0001"]);
    expect(await messagesAt("direct:dana")).toHaveLength(1);
  });

  test("W13 is kept as not saved when the core is away, and saved when sent again", async () => {
    answer = new AppError("database-away", "secret detail of the database");
    const failed = await post(platform, { ...direct, id: "event-0001" });
    expect(failed.status).toBe(503);
    expect(await failed.text()).not.toContain("secret detail");
    expect(await messagesAt("direct:dana")).toMatchObject([{ status: "unsaved" }]);
    await restart();
    expect(await messagesAt("direct:dana")).toMatchObject([{ status: "unsaved" }]);
    answer = { kind: "nothing" };
    expect((await post(platform, { ...direct, id: "event-0001" })).status).toBe(200);
    expect(await messagesAt("direct:dana")).toMatchObject([{ status: "saved" }]);
  });

  test("what was saved stays saved when the same request fails later", async () => {
    await post(platform, { ...direct, id: "event-0001" });
    answer = new Error("away");
    await post(platform, { ...direct, id: "event-0001" });
    expect(await messagesAt("direct:dana")).toMatchObject([{ status: "saved" }]);
  });

  test("what a stop left half sent can be sent again after the start", async () => {
    const never = new Promise<Reply>(() => {});
    await platform.stop();
    platform = createPlayground(playgroundOptions(folder.path));
    await platform.start({ receive: () => never }, fakeCoreServices());
    void post(platform, { ...direct, id: "event-0001" });
    await expect
      .poll(() => messagesAt("direct:dana"), patiently)
      .toMatchObject([{ status: "sending" }]);
    await restart();
    expect(await messagesAt("direct:dana")).toMatchObject([{ status: "unsaved" }]);
  });

  test("a bad request is refused with 400 and leaves nothing behind", async () => {
    const response = await post(platform, { ...direct, id: "event-0001", as: "eve" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "bad-input" } });
    expect((await readSnapshot(platform)).messages).toEqual([]);
  });
});

describe("what the core answers", () => {
  test("a message for the one who acted is marked as theirs outside direct messages", async () => {
    answer = { kind: "message", message: message("NPS 42") };
    await post(platform, { kind: "command", id: "event-0001", as: "robin", text: "/nps week" });
    expect(await messagesAt("leads")).toMatchObject([
      { from: "robin", text: "/nps week", only: "robin" },
      { from: "bot", only: "robin", content: { summary: "NPS 42" } },
    ]);
    await post(platform, { ...direct, id: "event-0002" });
    const [, reply] = await messagesAt("direct:dana");
    expect(reply?.content?.summary).toBe("NPS 42");
    expect(reply).not.toHaveProperty("only");
  });

  test("a repeated event shows the answer once", async () => {
    answer = { kind: "message", message: message("Thanks") };
    for (let time = 0; time < 3; time += 1) await post(platform, { ...direct, id: "event-0001" });
    expect(await messagesAt("direct:dana")).toHaveLength(2);
  });

  test("an update replaces the message whose button was pressed", async () => {
    const to = { kind: "direct", userId: "dana" } as const;
    const { messageId } = await platform.send(connection, to, message("How was it?"), "key");
    answer = { kind: "update", message: message("You answered 9") };
    const press = { kind: "action", id: "event-0001", as: "dana", token: "9", message: messageId };
    await post(platform, press);
    expect(await messagesAt("direct:dana")).toMatchObject([
      { id: messageId, content: { summary: "You answered 9" } },
    ]);
  });

  test("a form is handed to the page that asked for it", async () => {
    const form = { title: "More", submit: { label: "Send", token: "f" }, fields: [] };
    answer = { kind: "form", form };
    const response = await post(platform, {
      ...{ kind: "command", id: "event-0001", as: "robin", text: "/aftertalk setup" },
    });
    expect(await response.json()).toEqual({ form });
  });
});

describe("a chat", () => {
  test("is closed and opened again when the core has taken it", async () => {
    answer = { kind: "message", message: message("Will ask Dana in 10 s") };
    const close = { kind: "chat-closed", as: "kim", chat, reason: "solved" };
    await post(platform, { ...close, id: "event-0001" });
    expect((await readSnapshot(platform)).chats).toMatchObject([{ state: "solved", by: "kim" }]);
    expect(await messagesAt(`chat:${chat}`)).toMatchObject([{ from: "bot", only: "kim" }]);
    await post(platform, { kind: "chat-reopened", as: "dana", chat, id: "event-0002" });
    expect((await readSnapshot(platform)).chats).toMatchObject([{ state: "open", by: "dana" }]);
  });

  test("stays as it was when the core has not", async () => {
    answer = new Error("away");
    const close = { kind: "chat-closed", as: "kim", chat, reason: "spam", id: "event-0001" };
    expect((await post(platform, close)).status).toBe(503);
    expect((await readSnapshot(platform)).chats).toMatchObject([{ state: "open" }]);
  });

  test("can be opened for any customer, once per id", async () => {
    const open = (body: object) =>
      request(platform, "/playground/chats", { method: "POST", body: JSON.stringify(body) });
    for (let time = 0; time < 2; time += 1) {
      expect((await open({ id: "chat-0002", customer: "mei" })).status).toBe(200);
    }
    expect((await open({ id: "chat-0003", customer: "kim" })).status).toBe(400);
    expect((await open({ id: "../../etc", customer: "mei" })).status).toBe(400);
    expect((await readSnapshot(platform)).chats.map(({ customer }) => customer)).toEqual([
      "dana",
      "mei",
    ]);
  });
});

describe("the stream", () => {
  test("gives a page that was away what it missed, in order and once", async () => {
    const [first] = await readStream(platform, 1);
    for (const id of ["event-0001", "event-0002"]) await post(platform, { ...direct, id });
    const entries = await readEntries(platform, 4, first?.id ?? "");
    expect(entries.map(({ kind }) => kind)).toEqual(["message", "status", "message", "status"]);
    expect(entries.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
  });

  test("goes on after a restart from where it was", async () => {
    const [first] = await readStream(platform, 1);
    await post(platform, { ...direct, id: "event-0001" });
    await restart();
    const [next] = await readStream(platform, 1, first?.id);
    expect(next).toMatchObject({ event: "entry", data: { kind: "message", seq: 2 } });
  });

  test.each(["another-transcript:1", "nonsense", ":", "x:-1", "x:1e9"])(
    "starts anew for a page that knows %j",
    async (after) => {
      const [first] = await readStream(platform, 1, after);
      expect(first).toMatchObject({ event: "snapshot", data: { seq: 1 } });
    },
  );

  test("shows what happens while it is open", async () => {
    const [{ id = "" } = {}] = await readStream(platform, 1);
    const reading = readEntries(platform, 1, id);
    await platform.send(connection, { kind: "leads" }, message("A low score"), "key");
    expect(await reading).toMatchObject([{ kind: "message", message: { place: "leads" } }]);
  });

  test("misses nothing that is said while it is being written", async () => {
    const response = await request(platform, "/playground/stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let number = 0; number < 200; number += 1) {
      // Said at a different step of the stream's own work each time.
      for (let step = 0; step < number % 20; step += 1) await Promise.resolve();
      const key = `key-${number}`;
      await platform.send(connection, { kind: "leads" }, message(`number ${number}.`), key);
      while (!text.includes(`number ${number}.`)) text += (await reader?.read())?.value ?? "";
    }
    await reader?.cancel();
  });

  test("ends when the playground stops", async () => {
    const response = await request(platform, "/playground/stream");
    const all = response.text();
    await platform.stop();
    expect(await all).toContain("event: snapshot");
  });
});

test("pictures, modules, texts and the font are served", async () => {
  const png = new Uint8Array([1, 2, 3]);
  const parts: Message["parts"] = [
    { kind: "picture", picture: { png, width: 1, height: 1, alt: "A trend" } },
  ];
  await platform.send(connection, { kind: "leads" }, { ...message("Look"), parts }, "key");
  const [shown] = await messagesAt("leads");
  const part = shown?.content?.parts[0];
  const file = part?.kind === "picture" ? part.file : "";
  const picture = await request(platform, `/playground/pictures/${file}`);
  expect(picture.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await picture.arrayBuffer())).toEqual(png);

  const module = await request(platform, "/playground/main.ts");
  expect(module.headers.get("content-type")).toContain("text/javascript");
  expect(await module.text()).toContain('from "/playground/lib/lit-html.js"');
  const again = { "if-none-match": module.headers.get("etag") ?? "" };
  expect((await request(platform, "/playground/main.ts", {}, again)).status).toBe(304);

  const russian = await request(platform, "/playground/texts/ru");
  expect(await russian.json()).toEqual(texts.ru);
  const font = await request(platform, "/playground/font.ttf");
  expect(font.headers.get("content-type")).toBe("font/ttf");
  expect((await request(platform, "/playground/lib/directives/repeat.js")).status).toBe(200);
});
