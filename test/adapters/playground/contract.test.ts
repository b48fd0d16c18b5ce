import type { ContentPart, Shown } from "../../../adapters/playground/entries.ts";
import { createPlayground } from "../../../adapters/playground/index.ts";
import type { Accepted, OpenForm } from "../../../adapters/playground/wire.ts";
import type { Address, ChatPlatform } from "../../../src/platform.ts";
import { testPlatform } from "../../contracts/platform.ts";
import { post, readSnapshot, request } from "./requests.ts";
import { connection, playgroundOptions, temporaryFolder } from "./stage.ts";

testPlatform("the playground", async (inbox, core) => {
  const folder = await temporaryFolder();
  const platform = createPlayground(playgroundOptions(folder.path));
  await platform.start(inbox, core);
  let opened: OpenForm | undefined;
  let sent = 0;
  const fetched = async ({ token }: Extract<ContentPart, { kind: "file" }>) => {
    const response = await request(platform, `/playground/files/${token}`);
    const disposition = response.headers.get("content-disposition") ?? "";
    const name = /filename="(.*)"/.exec(disposition)?.[1] ?? "";
    return { name, text: await response.text() };
  };
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
    keepsWhispers: false,
    async seen(to) {
      return (await messagesAt(platform, to)).map(({ id, content }) => ({
        id,
        words: allStrings(content).join("\n"),
      }));
    },
    async press(to, label) {
      const messages = await messagesAt(platform, to);
      const message = messages.find(({ content }) => optionOf(content, label) !== undefined);
      const token = optionOf(message?.content, label)?.token ?? "";
      const as = message?.place === "leads" ? "robin" : "dana";
      const event = { kind: "action", as, message: message?.id, token };
      const response = await post(platform, { ...event, id: "pressed-once" });
      opened = ((await response.json()) as Accepted).form;
    },
    async looksDangerous(to, label) {
      const [message] = await messagesAt(platform, to);
      return optionOf(message?.content, label)?.tone === "danger";
    },
    async submit(values) {
      if (opened === undefined) throw new Error("no form is open");
      const { submit, message } = opened;
      sent += 1;
      const event = { kind: "action", id: `submitted-${sent}`, as: "dana", token: submit.token };
      const said = { ...event, message, values: filledIn(opened, values) };
      opened = ((await (await post(platform, said)).json()) as Accepted).form;
      return allStrings(opened).join("\n");
    },
    // What is wrong stands in the form, which stays.
    async reopen() {},
    async files(who) {
      const reader = who === "presser" ? "dana" : "omar";
      const { messages } = await readSnapshot(platform);
      const parts = messages
        .filter((message) => sees(message, reader))
        .flatMap(({ content }) => content?.parts ?? []);
      return Promise.all(parts.filter((part) => part.kind === "file").map(fetched));
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

/** What stands at a place; of the leads' channel without what stands beneath its messages. */
async function messagesAt(platform: ChatPlatform, to: Address): Promise<readonly Shown[]> {
  const { messages } = await readSnapshot(platform);
  const beneath = to.kind === "thread" ? to.messageId : undefined;
  return messages.filter((message) => message.place === placeOf(to) && message.beneath === beneath);
}

function placeOf(to: Address): string {
  switch (to.kind) {
    case "leads":
    case "thread":
      return "leads";
    case "direct":
      return `direct:${to.userId}`;
    case "channel":
      return `channel:${to.channelId}`;
    case "chat":
    case "whisper":
      return `chat:${to.chatId}`;
  }
}

/** In a direct message nobody else is; elsewhere `only` says whose it is. */
function sees({ place, only }: Shown, reader: string): boolean {
  if (place.startsWith("direct:")) return place === `direct:${reader}`;
  return only === undefined || only === reader;
}

/** As the page sends a form: each field as it stands there, choices by their values. */
function filledIn(form: OpenForm, typed: Readonly<Record<string, string | readonly string[]>>) {
  return Object.fromEntries(
    form.fields.map(({ name, label, value = "", choices }) => {
      const said = typed[label];
      const picked = (word: string) =>
        choices?.find((choice) => choice.label === word)?.value ?? word;
      return [name, said === undefined ? value : [said].flat().map(picked).join(",")];
    }),
  );
}

function allStrings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(allStrings);
}

/** The button with this label, wherever it stands. */
function optionOf(value: unknown, label: string): { token: string; tone?: unknown } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("label" in value && value.label === label && "token" in value) {
    return { token: String(value.token), ...("tone" in value ? { tone: value.tone } : {}) };
  }
  return Object.values(value)
    .map((inner) => optionOf(inner, label))
    .find((option) => option !== undefined);
}
