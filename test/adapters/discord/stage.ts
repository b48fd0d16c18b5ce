/** Discord's emulator on a clock of the test, and the options of an adapter that works on it. */
import type { Client } from "discord.js";
import { pino } from "pino";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import { createTestClock, type TestClock } from "../../support/clock.ts";
import {
  type Discord,
  startDiscord,
  type DiscordOptions as World,
} from "../../support/discord/index.ts";

export { until } from "../../support/until.ts";
export { failure, plain } from "../common/attempts.ts";

export interface Stage {
  readonly discord: Discord;
  readonly clock: TestClock;
  /** Lines that were logged. */
  readonly logged: string[];
  options(change?: Partial<DiscordOptions>): DiscordOptions;
}

export async function createStage(world: Omit<World, "clock"> = {}): Promise<Stage> {
  const clock = createTestClock();
  const discord = await startDiscord({ clock, ...world });
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  return {
    discord,
    clock,
    logged,
    options: (change = {}) => ({
      token: discord.token,
      apiUrl: discord.apiUrl,
      guilds: [],
      supportChannels: ["help"],
      team: [],
      leads: [],
      admins: [],
      leadsChannels: [],
      closeEmoji: ["✅"],
      solvedTags: ["solved"],
      closedNames: ["closed-"],
      commands: [],
      say: (_locale, key) => key,
      languages: ["en"],
      log,
      now: () => clock.now().getTime(),
      ...change,
    }),
  };
}

/** The SDK's own limit of all requests in a second is by the machine's clock: none here. */
export function unlimited({ rest }: Pick<Client, "rest">): void {
  rest.options.globalRequestsPerSecond = Number.POSITIVE_INFINITY;
  rest.globalRemaining = Number.POSITIVE_INFINITY;
}
