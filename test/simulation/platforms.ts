/** Two chat platforms of a simulated year: they note when each message came, and are away at times. */

import type { Clock } from "../../src/clock.ts";
import { AppError } from "../../src/errors.ts";
import type { Address } from "../../src/platform.ts";
import { createMessenger, type Messenger, type SentMessage } from "../support/messenger.ts";
import type { Dice } from "../support/random.ts";

const HOUR_MS = 60 * 60 * 1000;
const MONTH_MS = 30 * 24 * HOUR_MS;

export interface SimulatedPlatform {
  readonly messenger: Messenger;
  /** When a message came, by its id. */
  readonly sentAt: ReadonlyMap<string, Date>;
  /** Messages that came since the last call. */
  news(): SentMessage[];
}

/** One that can be asked for a delivery (as Slack) and one that de-duplicates by key (as Discord). */
export function createPlatform(options: {
  readonly name: string;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly start: Date;
  readonly days: number;
  readonly outagesAMonth: number;
  readonly finds: boolean;
}): SimulatedPlatform {
  const { name, clock, dice, start, days, outagesAMonth, finds } = options;
  const messenger = createMessenger({ name, finds });
  const outages = drawOutages(dice, start, days, outagesAMonth);
  const sentAt = new Map<string, Date>();
  messenger.refuse(() => {
    const now = clock.now().getTime();
    const outage = outages.find(({ from, to }) => from <= now && now < to);
    if (outage === undefined) return undefined;
    return outage.how === "limited"
      ? new AppError("rate-limited", "slow down", { retryAfterMs: 5 * 60_000, waits: "connection" })
      : new AppError("temporary", "the platform is away");
  });
  const send = messenger.send.bind(messenger);
  messenger.send = async (connection, to: Address, message, key) => {
    const receipt = await send(connection, to, message, key);
    if (!sentAt.has(receipt.messageId)) sentAt.set(receipt.messageId, clock.now());
    return receipt;
  };
  let seen = 0;
  return {
    messenger,
    sentAt,
    news() {
      const fresh = messenger.sent.slice(seen);
      seen = messenger.sent.length;
      return fresh;
    },
  };
}

function drawOutages(dice: Dice, start: Date, days: number, aMonth: number) {
  const outages: { from: number; to: number; how: "limited" | "away" }[] = [];
  let at = start.getTime();
  const end = at + days * 24 * HOUR_MS;
  while (aMonth > 0) {
    at += dice.wait(MONTH_MS / aMonth);
    if (at >= end) break;
    const to = at + dice.wait(3 * HOUR_MS);
    outages.push({ from: at, to, how: dice.chance(0.5) ? "limited" : "away" });
    at = to;
  }
  return outages;
}
