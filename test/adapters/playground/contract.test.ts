import { createPlayground } from "../../../adapters/playground/index.ts";
import type { Address } from "../../../src/platform.ts";
import { testPlatform } from "../../contracts/platform.ts";
import { post, readSnapshot } from "./requests.ts";
import { connection, playgroundOptions, temporaryFolder } from "./stage.ts";

testPlatform("the playground", async (inbox) => {
  const folder = await temporaryFolder();
  const platform = createPlayground(playgroundOptions(folder.path));
  await platform.start(inbox);
  const chatId = (await readSnapshot(platform)).chats[0]?.id ?? "";
  return {
    platform,
    connection,
    places: {
      direct: { kind: "direct", userId: "dana" },
      chat: { kind: "chat", chatId },
      leads: { kind: "leads" },
      unknown: { kind: "direct", userId: "nobody" },
    },
    deduplicates: true,
    async seen(to) {
      const { messages } = await readSnapshot(platform);
      return messages
        .filter(({ place }) => place === placeOf(to))
        .map(({ id, content }) => ({ id, words: allStrings(content).join("\n") }));
    },
    async write(text, delivery) {
      await post(platform, { kind: "direct-message", id: delivery, as: "dana", text });
    },
    async close() {
      await platform.stop();
      await folder.remove();
    },
  };
});

function placeOf(to: Address): string {
  if (to.kind === "leads") return "leads";
  if (to.kind === "direct") return `direct:${to.userId}`;
  return to.kind === "channel" ? `channel:${to.channelId}` : `chat:${to.chatId}`;
}

function allStrings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(allStrings);
}
