/** Codes with which Discord ends a connection for good, as errors that say what to do. */
import { GatewayCloseCodes as Codes } from "discord.js";
import { AppError } from "../../../src/errors.ts";
import { tokenRefused } from "../errors.ts";

const portal = "the Bot page of the developer portal (https://discord.com/developers/applications)";

const settings: ReadonlyMap<number, readonly [why: string, advice: string]> = new Map([
  [
    Codes.InvalidShard,
    [
      "there is no such shard",
      "DISCORD_SHARDS looks like 0-1/4: shards 0 and 1 of 4. Correct it and restart.",
    ],
  ],
  [
    Codes.ShardingRequired,
    [
      "the bot is in too many servers for so few shards",
      "Take DISCORD_SHARDS out, or put a greater total into it, and restart.",
    ],
  ],
  [Codes.InvalidAPIVersion, ["this version of the gateway is no more", "Update aftertalk."]],
  [Codes.InvalidIntents, ["the intents are not known there", "Update aftertalk."]],
  [
    Codes.DisallowedIntents,
    [
      "an intent is not allowed for this bot",
      `Switch Message Content Intent on (or off and on again) on ${portal}, and restart.`,
    ],
  ],
]);

/** Undefined for a code after which the connection comes back by itself. */
export function endingOf(code: number): AppError | undefined {
  if (code === Codes.AuthenticationFailed) return tokenRefused();
  const known = settings.get(code);
  if (known === undefined) return undefined;
  const [why, advice] = known;
  return new AppError("bad-setting", `Discord's gateway refuses us: ${why} (${code})`, { advice });
}
