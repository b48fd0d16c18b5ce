/** Commands as a platform lists them, and what can be chosen while one is typed. */
import type { ConnectionRef, PlatformUser } from "../platform.ts";

/** Lists that somebody who types a command can choose from. */
export const suggestionLists = [
  "period",
  "vs",
  "survey",
  "team",
  "agent",
  "channel",
  "touchpoint",
  "account",
  "platform",
  "language",
  "tag",
  // For admins: by the key of a survey, the name of a schedule.
  "survey-key",
  "schedule",
] as const;
export type SuggestionList = (typeof suggestionLists)[number];

export interface SuggestRequest {
  readonly connection: ConnectionRef;
  readonly from: PlatformUser;
  readonly list: SuggestionList;
  /** What was typed so far. */
  readonly typed: string;
}

/** `value` is what is typed for it: it goes into the command's text as it is. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
}

/** The same text by BCP 47 tag of its language; `en` is always there. */
export type TextByLanguage = Readonly<Record<string, string>> & { readonly en: string };

/**
 * A command as a platform that lists commands registers it: `/name`, or `/above name`. What is
 * chosen for its options is joined in their order, by spaces, to the text of the command.
 */
export interface CommandSpec {
  /** Lower-case letters, digits and hyphens, at most 32. */
  readonly name: string;
  /** The same for readers of other languages. */
  readonly names?: NameByLanguage;
  /** At most 100 characters in each language. */
  readonly description: TextByLanguage;
  /** Who can use it. Only a help to show it to the right people: rights are checked at every use. */
  readonly audience: "everyone" | "leads";
  readonly options: readonly CommandOptionSpec[];
  /** Commands behind it; a command that has some is not used by itself. */
  readonly commands?: readonly CommandSpec[];
}

/** Lower-case letters, digits and hyphens, at most 32, by BCP 47 tag of their language. */
export type NameByLanguage = Readonly<Record<string, string>>;

export interface CommandOptionSpec {
  readonly name: string;
  readonly names?: NameByLanguage;
  readonly description: TextByLanguage;
  readonly required?: boolean;
  /** All there are to choose from, at most 25. */
  readonly choices?: readonly { readonly label: TextByLanguage; readonly value: string }[];
  /** Offered while typing. */
  readonly suggests?: SuggestionList;
  /** Written before what was chosen: `team:` makes `team:Billing`. */
  readonly prefix?: string;
}
