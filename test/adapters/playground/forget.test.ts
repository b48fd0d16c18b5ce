import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPlayground } from "../../../adapters/playground/index.ts";
import type { Address, ChatPlatform, Message, Reply } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { post, readSnapshot, readStream, request } from "./requests.ts";
import { connection, playgroundOptions, temporaryFolder } from "./stage.ts";

const FAR = new Date("2100-01-01");

const toDana: Address = { kind: "direct", userId: "dana" };
const says = (text: string): Message => ({
  summary: text,
  locale: "en",
  parts: [{ kind: "text", text }],
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let playground: ChatPlatform;
let answer: Reply;
let sends = 0;

const start = async () => {
  playground = createPlayground(playgroundOptions(folder.path));
  await playground.start({ receive: async () => answer }, fakeCoreServices());
};
const send = (to: Address, text: string) => {
  sends += 1;
  return playground.send(connection, to, says(text), `key-${sends}`);
};
const texts = async () => JSON.stringify(await readSnapshot(playground));
const onDisk = () => readFile(join(folder.path, "transcript.jsonl"), "utf8");

beforeEach(async () => {
  folder = await temporaryFolder();
  answer = { kind: "nothing" };
  await start();
});
afterEach(async () => {
  await playground.stop();
  await folder.remove();
});

test("P1 whoever is forgotten leaves no word behind, on the page, in the file, after a restart", async () => {
  const { chats } = await readSnapshot(playground);
  const chat = chats[0]?.id ?? "";
  const whisper: Address = { kind: "whisper", chatId: chat, userId: "dana" };
  await send(toDana, "canary-asked");
  const { messageId } = await send(whisper, "canary-whispered");
  await playground.update?.(connection, whisper, messageId, says("canary-updated"));
  await post(playground, {
    kind: "direct-message",
    id: "dana-says-1",
    as: "dana",
    text: "canary-answer",
  });
  await post(playground, {
    kind: "chat-message",
    id: "dana-says-2",
    as: "dana",
    chat,
    text: "canary-chat",
  });
  await send({ kind: "direct", userId: "omar" }, "for Omar");
  const [snapshot] = await readStream(playground, 1);

  const forgotten = await playground.forget?.(connection, "dana", FAR);

  expect(forgotten).toEqual({ removed: 1, remaining: {}, places: [] });
  expect(await texts()).not.toContain("canary");
  expect(await onDisk()).not.toContain("canary");
  expect(await texts()).toContain("for Omar");
  // A page that was away meanwhile is told the same numbers, without the words.
  const { transcript, seq } = await readSnapshot(playground);
  const followed = await readStream(playground, seq - 1, `${transcript}:1`);
  expect(JSON.stringify(followed)).not.toContain("canary");
  expect(followed.map(({ id }) => id)).toEqual(
    Array.from({ length: seq - 1 }, (_, index) => `${transcript}:${index + 2}`),
  );
  expect(snapshot?.id).not.toBe(`${transcript}:${seq}`);
  await playground.stop();
  await start();
  expect(await texts()).not.toContain("canary");
  expect(await texts()).toContain("for Omar");
  await send(toDana, "met anew");
  expect(await onDisk()).toContain("met anew");
});

test("forgetting once more, or somebody unknown, changes nothing", async () => {
  await send(toDana, "How was it?");
  await playground.forget?.(connection, "dana", FAR);
  const before = await onDisk();
  expect(await playground.forget?.(connection, "dana", FAR)).toMatchObject({ removed: 0 });
  expect(await playground.forget?.(connection, "nobody", FAR)).toMatchObject({ removed: 0 });
  expect(await onDisk()).toBe(before);
});

test("one message can be removed, once or twice, and only where it stands", async () => {
  const { messageId } = await send(toDana, "canary");
  await playground.remove?.(connection, { kind: "leads" }, messageId);
  expect(await texts()).toContain("canary");
  await playground.remove?.(connection, toDana, messageId);
  await playground.remove?.(connection, toDana, messageId);
  expect(await texts()).not.toContain("canary");
  expect(await onDisk()).not.toContain("canary");
});

test("what is said beneath a message of the leads stands there, and nowhere else", async () => {
  const card = await send({ kind: "leads" }, "A case");
  const beneath: Address = { kind: "thread", messageId: card.messageId };
  await send(beneath, "Robin claimed it");
  const { messages } = await readSnapshot(playground);
  expect(messages).toMatchObject([{ place: "leads" }, { place: "leads", beneath: card.messageId }]);
  // It can be taken back when the message above is gone.
  const reply = await send(beneath, "Dana answers");
  await playground.remove?.(connection, { kind: "leads" }, card.messageId);
  await playground.remove?.(connection, beneath, reply.messageId);
  expect(await texts()).not.toContain("Dana answers");
  const direct = await send(toDana, "Hello");
  await expect(send({ kind: "thread", messageId: direct.messageId }, "no")).rejects.toMatchObject({
    code: "unreachable",
  });
});

test("P10 a file is had by its token alone, is never cached, and never lies on the disk", async () => {
  const file = { name: "my-data.json", title: "Your data", mediaType: "application/json" };
  const bytes = new TextEncoder().encode('{"canary":true}');
  const part = { kind: "file", file: { ...file, bytes } } as const;
  answer = { kind: "message", message: { summary: "Your data", locale: "en", parts: [part] } };
  await post(playground, {
    kind: "direct-message",
    id: "dana-asks-1",
    as: "dana",
    text: "my data",
  });
  const { messages } = await readSnapshot(playground);
  const shown = messages.flatMap(({ content }) => content?.parts ?? []);
  const [kept] = shown.filter((each) => each.kind === "file");
  expect(kept).toMatchObject({ title: "Your data", token: expect.stringMatching(/^[\w-]{22}$/) });
  const given = await request(playground, `/playground/files/${kept?.token}`);
  expect(await given.text()).toBe('{"canary":true}');
  expect(given.headers.get("cache-control")).toBe("no-store");
  expect(given.headers.get("content-disposition")).toBe('attachment; filename="my-data.json"');
  expect(await onDisk()).not.toContain("canary");
  const other = await request(playground, "/playground/files/AAAAAAAAAAAAAAAAAAAAAA");
  expect(other.status).toBe(410);
});
