/** What a value of a setting must look like. All pure. */
import { z } from "zod";
import { emojiName } from "./emoji.ts";

/** The address of a page or an API: http or https. */
export const isWebAddress = (value: string): boolean =>
  z.url({ protocol: /^https?$/ }).safeParse(value).success;

export const isOneLine = (value: string, max: number): boolean =>
  value.trim() !== "" && value.length <= max && !/\p{Cc}/u.test(value);

export function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false; // a bare offset knows no summer time
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export const isOnOrOff = (value: string): boolean => value === "on" || value === "off";

/** The entries of a list by commas, without the empty ones and without repetitions. */
export function listOf(value: string | undefined): readonly string[] {
  const entries = (value ?? "").split(",").map((entry) => entry.trim());
  return [...new Set(entries.filter((entry) => entry !== ""))];
}

/** A check of a list by commas: at least one entry, and each as it should be. */
export const eachIs =
  (check: (entry: string) => boolean) =>
  (value: string): boolean => {
    const entries = listOf(value);
    return entries.length > 0 && entries.every(check);
  };

/** `#help`, `help` or the channel's id. Slack's names have no spaces, at most 80 characters. */
export const isChannel = (entry: string): boolean => /^#?[\p{L}\p{M}\p{N}_-]{1,80}$/u.test(entry);

/** A user group by handle or id, a user by id, or `home`: everybody of the own workspace. */
export const isGroup = (entry: string): boolean =>
  entry === "home" || /^@[\p{L}\p{M}\p{N}_.-]{1,80}$|^[SUW][A-Z0-9]{2,}$/u.test(entry);

export const isEmoji = (entry: string): boolean => emojiName(entry) !== undefined;

/** Hours from 1 to a year, or `off`. */
export const isHoursOrOff = (value: string): boolean =>
  value === "off" || (/^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= 8760);

/** An id of Discord's, a "snowflake". */
export const isId = (entry: string): boolean => /^\d{17,20}$/.test(entry);

/** A name of at most 100 characters in any script, spaces and emoji too, or an id. */
export const isNameOrId = (entry: string, sign: string): boolean =>
  isOneLine(entry.startsWith(sign) ? entry.slice(1) : entry, 100);
