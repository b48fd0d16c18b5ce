/**
 * What a button of ours carries: the token, behind it whether a form is the answer, and in a direct
 * message the guild that it belongs to, because a tap there names none. `token`, `token@guild`,
 * `token!guild` (a form), `token!`; the guild's id in base 36, at most 13 characters.
 */
import type { Option } from "../../../src/platform.ts";

/** https://docs.discord.com/developers/components/reference, "Custom ID". */
const CUSTOM_ID = 100;

const PLAIN = "@";
const FORM = "!";
const SHAPE = /^([^@!]+)(?:([@!])([0-9a-z]{0,13}))?$/;

/** What was pressed: a button, an option of a select, or the button that sends a form. */
export interface PressedOption {
  readonly token: string;
  /** Only told by what stands in a direct message. */
  readonly guildId?: string;
  /** It is answered with a form, which must be the first answer. */
  readonly opensForm: boolean;
}

/** Undefined for an option that cannot be pressed: without a token, or with one that is no token. */
export function customIdOf(option: Option, guildId: string | undefined): string | undefined {
  const { token, opens } = option;
  const guild = guildId === undefined ? "" : BigInt(guildId).toString(36);
  const sign = opens === "form" ? FORM : PLAIN;
  const id = guild === "" && sign === PLAIN ? token : `${token}${sign}${guild}`;
  return id.length <= CUSTOM_ID && SHAPE.test(id) ? id : undefined;
}

/** Undefined for what is none of ours. */
export function readCustomId(customId: string): PressedOption | undefined {
  const [, token, sign, guild] = SHAPE.exec(customId) ?? [];
  if (token === undefined) return undefined;
  const opensForm = sign === FORM;
  return guild === undefined || guild === ""
    ? { token, opensForm }
    : { token, guildId: fromBase36(guild), opensForm };
}

function fromBase36(digits: string): string {
  let id = 0n;
  for (const digit of digits) id = id * 36n + BigInt(Number.parseInt(digit, 36));
  return String(id);
}
