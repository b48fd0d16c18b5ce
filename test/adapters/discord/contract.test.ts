import { ButtonStyle } from "discord.js";
import { createDiscord } from "../../../adapters/discord/index.ts";
import type { Address, PlatformEvent } from "../../../src/platform.ts";
import { testPlatform } from "../../contracts/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import type { Place, SeenMessage } from "../../support/discord/index.ts";
import { createStage, until } from "./stage.ts";

testPlatform("Discord", async (inbox) => {
  const stage = await createStage({ limits: "off" });
  const { discord } = stage;
  const acme = discord.guild("Acme");
  const help = acme.channel("help");
  const leads = acme.channel("leads");
  const dana = acme.person("Dana");
  const kim = acme.person("Kim");
  const thread = await dana.starts(help, "It is broken", { text: "Look" });
  const core = fakeCoreServices();
  const wired = await createDiscord(stage.options({ leadsChannels: ["leads"] }), {
    ...{ start: [], client: { guilds: 50 }, gateway: { turn: 0 }, forget: 0 },
  });
  const { platform } = wired;
  const [connection] = wired.connections.map(({ ref }) => ref);
  if (connection === undefined) throw new Error("there is a guild");
  // What was said before the start is known.
  core.keep(connection, { place: thread.id, position: dana.sees(thread)[0]?.id ?? "" });
  const events: PlatformEvent[] = [];
  await platform.start(
    {
      async receive(event) {
        events.push(event);
        if (event.bookmark) core.keep(event.connection, event.bookmark);
        return inbox.receive(event);
      },
    },
    core,
  );
  const seenAt = (to: Address) => {
    if (to.kind === "leads") return dana.sees(leads);
    if (to.kind === "thread") return beneath(to.messageId);
    return to.kind === "direct" ? ours("dm") : ours(thread);
  };
  /** A thread has the id of the message that it began with. */
  const beneath = (messageId: string) => ours({ id: messageId.split(":")[1] ?? "" });
  const ours = (place: Place) =>
    dana.sees(place).filter(({ from }) => from === discord.applicationId);
  const newest = (to: Address) => {
    const message = seenAt(to).at(-1);
    if (message === undefined) throw new Error("there is no message");
    return message;
  };
  /** The answer to the last form that was sent. */
  let told: SeenMessage | undefined;
  const direct = { kind: "direct", userId: dana.id } as const;
  const deliveries = new Map<string, string>();
  return {
    platform,
    connection,
    places: {
      direct,
      chat: { kind: "chat", chatId: thread.id },
      leads: { kind: "leads" },
      unknown: { kind: "direct", userId: "123456789012345678" },
      whisper: { kind: "whisper", chatId: thread.id, userId: dana.id },
    },
    deduplicates: true,
    whispers: "behind a button",
    catchesUp: true,
    keepsWhispers: false,
    async seen(to) {
      return seenAt(to).map(({ channel, id, words }) => ({
        id: `${channel}:${id}`,
        words: asShown(words),
      }));
    },
    async press(to, label) {
      await dana.presses(newest(to), label);
      await discord.settled();
    },
    async looksDangerous(to, label) {
      const buttons = allIn(newest(to).components).filter((each) => each.label === label);
      return buttons.some(({ style }) => style === ButtonStyle.Danger);
    },
    async submit(values) {
      const before = new Set(ours("dm").map(({ id }) => id));
      await dana.submits(values);
      await discord.settled();
      told = ours("dm").find(({ id }) => !before.has(id));
      return asShown(told?.words ?? "");
    },
    // A modal cannot be the answer to a modal.
    async reopen() {
      if (told === undefined) throw new Error("nothing was told");
      await dana.presses(told, told.buttons[0] ?? "");
      await discord.settled();
    },
    async files(who) {
      const person = who === "presser" ? dana : kim;
      const seen = ["dm" as const, leads, thread].flatMap((place) => person.sees(place));
      return seen.flatMap(({ files }) =>
        files.map(({ name, bytes }) => ({ name, text: bytes.toString("utf8") })),
      );
    },
    async write(text, delivery) {
      const count = events.length;
      const known = deliveries.get(delivery);
      if (known === undefined) deliveries.set(delivery, await dana.writes(text));
      else {
        // Nothing of it was kept, and a new session begins: it is read back.
        core.keep(connection, { place: dana.sees("dm")[0]?.channel ?? "", position: "1" });
        discord.gateway.invalidate(false);
      }
      await until(() => events.length > count, "the message came in");
    },
    waits: () => stage.clock.advance(1000),
    async close() {
      await platform.stop();
      await discord.stop();
    },
  };
});

type Shown = Readonly<Record<string, unknown>>;

/** Components and those that stand in them. */
function allIn(value: unknown): Shown[] {
  if (Array.isArray(value)) return value.flatMap(allIn);
  if (!isShown(value)) return [];
  return [value, ...Object.values(value).flatMap(allIn)];
}

const isShown = (value: unknown): value is Shown => typeof value === "object" && value !== null;

/** What a backslash escapes is shown without it. */
function asShown(markdown: string): string {
  return markdown.replace(/\\(?=[^\p{L}\p{N}\s])/gu, "");
}
