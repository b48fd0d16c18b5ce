import { afterEach, beforeEach, expect, test } from "vitest";
import { createPlayground } from "../../../adapters/playground/index.ts";
import { AppError } from "../../../src/errors.ts";
import type { ChatPlatform, Message } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { readSnapshot } from "./requests.ts";
import { connection, playgroundOptions, temporaryFolder } from "./stage.ts";

const message: Message = {
  summary: "How was it?",
  locale: "en",
  parts: [{ kind: "text", text: "How was it?" }],
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let playground: ChatPlatform;

beforeEach(async () => {
  folder = await temporaryFolder();
  playground = createPlayground(playgroundOptions(folder.path));
  await playground.start({ receive: async () => ({ kind: "nothing" }) }, fakeCoreServices());
});
afterEach(async () => {
  await playground.stop();
  await folder.remove();
});

async function firstChat(): Promise<string> {
  return (await readSnapshot(playground)).chats[0]?.id ?? "";
}

test("a whisper stands in the chat for one person only, who may overlook it", async () => {
  const to = { kind: "whisper", chatId: await firstChat(), userId: "dana" } as const;
  const receipt = await playground.send(connection, to, message, "key-1");
  expect(receipt.reached).toBe(false);
  expect(await playground.send(connection, to, message, "key-1")).toEqual(receipt);
  expect(await playground.find?.(connection, to, "key-1")).toEqual(receipt);
  const { messages } = await readSnapshot(playground);
  expect(messages).toMatchObject([
    { id: receipt.messageId, place: `chat:${to.chatId}`, only: "dana" },
  ]);
});

test.each([
  ["a channel by name", { kind: "channel", channelId: "C1" }],
  ["a whisper in no chat", { kind: "whisper", chatId: "nowhere", userId: "dana" }],
] as const)("F5 %s is unreachable", async (_, to) => {
  await expect(playground.send(connection, to, message, "key-1")).rejects.toSatisfy(
    (error) => error instanceof AppError && error.code === "unreachable",
  );
});

test("F5 a whisper to nobody is unreachable", async () => {
  const to = { kind: "whisper", chatId: await firstChat(), userId: "nobody" } as const;
  await expect(playground.send(connection, to, message, "key-1")).rejects.toSatisfy(
    (error) => error instanceof AppError && error.code === "unreachable",
  );
});
