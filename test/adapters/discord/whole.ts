/** The whole adapter on the emulator, with an inbox that keeps what comes in. */
import { onTestFinished } from "vitest";
import { createDiscord } from "../../../adapters/discord/index.ts";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import type { Message, PlatformEvent } from "../../../src/platform.ts";
import { type FakeCoreServices, fakeCoreServices } from "../../support/core-services.ts";
import { createStage, plain, type Stage } from "./stage.ts";

export const pauses = { start: [1, 1], client: { guilds: 50 }, gateway: { turn: 0 } };

/** Ends with the test. */
export async function createWorld(): Promise<Stage> {
  const stage = await createStage({ limits: "off" });
  onTestFinished(() => stage.discord.stop());
  return stage;
}

/** Everything, with an inbox that keeps what comes in. */
export async function start(
  stage: Stage,
  change: Partial<DiscordOptions> = {},
  {
    slow = 0,
    core = fakeCoreServices(),
  }: {
    /** Milliseconds that the inbox takes. */
    readonly slow?: number;
    /** The same again for a restart. */
    readonly core?: FakeCoreServices;
  } = {},
) {
  const { platform, connections } = await createDiscord(stage.options(change), pauses);
  onTestFinished(() => platform.stop());
  const events: PlatformEvent[] = [];
  const inbox = {
    async receive(event: PlatformEvent) {
      await new Promise((resolve) => setTimeout(resolve, slow));
      events.push(event);
      return { kind: "nothing" } as const;
    },
  };
  await platform.start(inbox, core);
  let keys = 0;
  return {
    ...{ platform, connections, events },
    sendTo(
      guild: { readonly id: string },
      channel: { readonly id: string },
      message: Message | string = "Hello",
    ) {
      keys += 1;
      const words = typeof message === "string" ? plain(message) : message;
      const connection = { platform: "discord", externalId: guild.id };
      const to = { kind: "channel", channelId: channel.id } as const;
      return platform.send(connection, to, words, `key-${keys}`);
    },
  };
}
