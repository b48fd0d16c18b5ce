/** Slack's emulator on a clock of the test, and the options of an adapter that works on it. */
import { pino } from "pino";
import type { SlackOptions } from "../../../adapters/slack/workspace.ts";
import { hasCode } from "../../../src/errors.ts";
import { createTestClock, type TestClock } from "../../support/clock.ts";
import { type Slack, startSlack, type SlackOptions as World } from "../../support/slack/index.ts";

export { failure, plain } from "../common/attempts.ts";

export interface Stage {
  readonly slack: Slack;
  readonly clock: TestClock;
  /** Lines that were logged. */
  readonly logged: string[];
  options(change?: Partial<SlackOptions>): SlackOptions;
}

export async function createStage(world: Omit<World, "clock"> = {}): Promise<Stage> {
  const clock = createTestClock();
  const slack = await startSlack({ clock, ...world });
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  return {
    slack,
    clock,
    logged,
    options: (change = {}) => ({
      botTokens: [],
      apiUrl: slack.apiUrl,
      supportChannels: [],
      team: ["home"],
      leads: [],
      admins: [],
      leadsChannels: [],
      closeEmoji: ["white_check_mark"],
      say: (_locale, key) => key,
      log,
      now: () => clock.now().getTime(),
      ...change,
    }),
  };
}

/** Tries again when our own pacing says so, as the outbox does, and moves the clock meanwhile. */
export async function patiently<T>(clock: TestClock, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!hasCode(error, "rate-limited")) throw error;
    clock.advance(error.retryAfterMs ?? 0);
    return patiently(clock, attempt);
  }
}
