/** Findings about Discord. */
import { createFailed } from "../../common/findings.ts";
import { codeOf, discordError } from "../errors.ts";

/** A question that Discord did not answer. */
export const failed = createFailed({
  ...{ platform: "Discord", address: "DISCORD_API_URL" },
  errorOf: (error) => discordError(error, "read"),
  isAnswer: (error) => codeOf(error) !== undefined,
  otherwise: "Look at the application's pages at Discord.",
});

/** A check that is about one server carries its name. */
export const about = (server: { readonly name: string }, what: string): string =>
  `Discord ${server.name}, ${what}`;

/** `A`, `A and B`, `A, B and C`. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(words);
}

/** At most so many of a long list are named. */
const MOST_NAMED = 5;

/** The first few by name, the others by number. */
export function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest <= 0 ? listed(names) : `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more`;
}
