import { createPlayground } from "../../../adapters/playground/index.ts";
import type { Address } from "../../../src/platform.ts";
import { testPlatform } from "../../contracts/platform.ts";
import { post, readSnapshot } from "./requests.ts";
import { connection, playgroundOptions, temporaryFolder } from "./stage.ts";

testPlatform("the playground", async (inbox, core) => {
  const folder = await temporaryFolder();
  const platform = createPlayground(playgroundOptions(folder.path));
  await platform.start(inbox, core);
  const chatId = (await readSnapshot(platform)).chats[0]?.id ?? "";
  return {
    platform,
    connection,
    places: {
      direct: { kind: "direct", userId: "dana" },
      chat: { kind: "chat", chatId },
      leads: { kind: "leads" },
      unknown: { kind: "direct", userId: "nobody" },
      whisper: { kind: "whisper", chatId, userId: "dana" },
    },
    deduplicates: true,
    whispers: "privately",
    catchesUp: false,
    async seen(to) {
      const { messages } = await readSnapshot(platform);
      return messages
        .filter(({ place }) => place === placeOf(to))
        .map(({ id, content }) => ({ id, words: allStrings(content).join("\n") }));
    },
    async press(_to, label) {
      const { messages } = await readSnapshot(platform);
      const token = messages.map(({ content }) => tokenOf(content, label)).find(Boolean) ?? "";
      await post(platform, { kind: "action", id: "pressed-once", as: "dana", token });
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
  if (to.kind === "leads" || to.kind === "thread") return "leads";
  if (to.kind === "direct") return `direct:${to.userId}`;
  return to.kind === "channel" ? `channel:${to.channelId}` : `chat:${to.chatId}`;
}

function allStrings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(allStrings);
}

/** The token of the button with this label, wherever it stands. */
function tokenOf(value: unknown, label: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("label" in value && value.label === label && "token" in value) return String(value.token);
  return Object.values(value)
    .map((inner) => tokenOf(inner, label))
    .find((token) => token !== undefined);
}
