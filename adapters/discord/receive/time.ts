/** Discord's ids tell the time, and so the order of things of different kinds. */
import { SnowflakeUtil } from "discord.js";

/** When it was made, by Discord's clock. */
export function dateOf(id: string): Date {
  return new Date(SnowflakeUtil.timestampFrom(id));
}

/** Later than every id made before that moment, earlier than every one made since. */
export function idAt(milliseconds: number): string {
  const time = BigInt(Math.max(0, Math.floor(milliseconds) - SnowflakeUtil.epochNumber));
  return String(time << 22n);
}

/** For sorting: negative when `one` was made before `other`. */
export function byAge(one: string, other: string): number {
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : Number(difference > 0n);
}

export const isNewer = (one: string, other: string): boolean => byAge(one, other) > 0;

/** The older of both. */
export const older = (one: string, other: string): string => (isNewer(one, other) ? other : one);
