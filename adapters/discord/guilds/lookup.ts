/** What Discord says of the guilds that the bot is in. */
import { type Guild, type REST, Routes } from "discord.js";
import { z } from "zod";
import { hasCode } from "../../../src/errors.ts";
import { languageOf } from "../directory/languages.ts";
import { discordError } from "../errors.ts";

export interface Entry {
  readonly id: string;
  readonly name: string;
  /** BCP 47 tag of a community's own language. */
  readonly locale?: string | undefined;
}

/** As the gateway tells it. */
export function entryOf({ id, name, features, preferredLocale }: Guild): Entry {
  return {
    id,
    name,
    locale: features.includes("COMMUNITY") ? languageOf(preferredLocale) : undefined,
  };
}

/** https://docs.discord.com/developers/resources/user#get-current-user-guilds: at most 200 a page. */
const PAGE = 200;

const page = z.array(z.object({ id: z.string(), name: z.string() }));

/** All that the bot is in. Rejects with what the request threw. */
export async function listGuilds(rest: REST): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const query = new URLSearchParams({ limit: String(PAGE), ...(after && { after }) });
    const next = page.parse(await rest.get(Routes.userGuilds(), { query }));
    all.push(...next);
    if (next.length < PAGE) return all;
  }
}

const summary = z.object({
  features: z.array(z.string()).catch([]),
  preferred_locale: z.string().catch(""),
});

/**
 * A community's own language, as a BCP 47 tag. A server that Discord has trouble with right now has none.
 * @throws AppError `revoked` when the token is refused.
 */
export async function localeOf(rest: REST, id: string): Promise<string | undefined> {
  try {
    const { features, preferred_locale } = summary.parse(await rest.get(Routes.guild(id)));
    return features.includes("COMMUNITY") ? languageOf(preferred_locale) : undefined;
  } catch (error) {
    const known = discordError(error, "read");
    if (hasCode(known, "revoked")) throw known;
    return undefined;
  }
}
