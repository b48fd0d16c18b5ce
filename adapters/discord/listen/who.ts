/** Who did something, and in which guild it counts. */
import type { PlatformUser } from "../../../src/platform.ts";
import { within } from "../../common/patience.ts";
import { languageOf } from "../directory/languages.ts";
import type { Directory } from "../directory.ts";
import type { Guilds } from "../guilds.ts";
import type { Interaction } from "../receive/interactions.ts";
import type { Actor } from "./events.ts";

/** An answer to our question counts at once: its role is at least a customer's. */
const ROLE_MS = 1000;

export interface Who {
  /** BCP 47 tag of the language that they read Discord in. */
  localeOf(interaction: Interaction): string | undefined;
  /**
   * Undefined: of no guild that is served here.
   * @throws AppError when the role has to be certain and Discord cannot be asked now.
   */
  find(interaction: Interaction): Promise<Actor | undefined>;
}

export function createWho(
  guilds: Pick<Guilds, "all" | "find">,
  directory: Pick<Directory, "userOf" | "member">,
): Who {
  const localeOf = ({ locale }: Interaction) =>
    locale === undefined ? undefined : languageOf(locale);
  const spoken = (from: PlatformUser, interaction: Interaction): PlatformUser => {
    const locale = localeOf(interaction);
    return locale === undefined ? from : { ...from, locale };
  };
  /** Our buttons say it; a command is for the first guild that we have in common. */
  const inDirect = async (interaction: Interaction): Promise<Actor | undefined> => {
    const { user } = interaction;
    if ("pressed" in interaction) {
      const guild = guilds.find(interaction.pressed.guildId);
      if (guild === undefined) return undefined;
      // Whoever has left can still answer what they were asked, and nobody waits long for a role.
      const asked = directory.member(guild, user.id, "at-least").then((member) => ({ member }));
      const known = await within(asked, ROLE_MS);
      const from = known?.member ?? (await directory.userOf(guild, { user }));
      const late = known === undefined ? { roleUnsure: true as const } : {};
      return { guild, from: { ...spoken(from, interaction), ...late } };
    }
    for (const guild of guilds.all()) {
      const member = await directory.member(guild, user.id, "certain");
      if (member !== undefined) return { guild, from: spoken(member, interaction) };
    }
    return undefined;
  };
  return {
    localeOf,
    async find(interaction) {
      const { guildId, user, member, locale } = interaction;
      if (guildId === undefined) return inDirect(interaction);
      const guild = guilds.find(guildId);
      return guild && { guild, from: await directory.userOf(guild, { user, member, locale }) };
    },
  };
}
