/**
 * Which guild a direct message is for. Discord has one conversation of a person with the bot, for all
 * guilds: what somebody writes there belongs to the guild whose question stands last above it.
 */
import type { PlatformUser } from "../../../src/platform.ts";
import type { DiscordGuild } from "../guilds.ts";
import { guildIn } from "../receive/messages.ts";
import type { MessagePayload } from "../receive/payloads.ts";
import { isNewer } from "../receive/time.ts";
import type { Desk } from "./desk.ts";

export interface Directs {
  /** A message of ours was seen in a direct message. */
  note(message: MessagePayload): void;
  /** Whom a message is from and for; undefined when they are in no guild that is served. */
  find(
    message: MessagePayload,
  ): Promise<{ readonly guild: DiscordGuild; readonly from: PlatformUser } | undefined>;
  /** Nothing of ours stands in this conversation any more. */
  forget(place: string): void;
}

/** Conversations that are remembered; of others Discord is asked. */
const MAX_NOTED = 5000;
/** How far above a message its question is looked for. */
const LOOK_BACK = 25;

type FewDesk = Pick<Desk, "client" | "guilds" | "directory" | "reader">;

export function createDirects({ client, guilds, directory, reader }: FewDesk): Directs {
  const last = new Map<string, { readonly guildId: string; readonly messageId: string }>();
  const note = ({ channel_id: place, ...message }: MessagePayload) => {
    const guildId = guildIn({ channel_id: place, ...message });
    const known = last.get(place);
    if (guildId === undefined) return;
    if (known !== undefined && isNewer(known.messageId, message.id)) return;
    last.delete(place);
    last.set(place, { guildId, messageId: message.id });
    const oldest = last.keys().next();
    if (last.size > MAX_NOTED && !oldest.done) last.delete(oldest.value);
  };
  const spokenFor = async ({ channel_id: place, id }: MessagePayload) => {
    const known = last.get(place);
    if (known !== undefined && isNewer(id, known.messageId)) return known.guildId;
    const above = await reader.messagesBefore(place, id, LOOK_BACK);
    const ours = above.filter(({ author }) => author.id === client.user?.id);
    for (const message of ours.toReversed()) note(message);
    return ours.map(guildIn).find((guildId) => guildId !== undefined);
  };

  return {
    note,
    forget: (place) => void last.delete(place),
    async find(message) {
      const all = guilds.all();
      // With one guild there is nothing to find out.
      const first = all.length > 1 ? guilds.find(await spokenFor(message)) : undefined;
      const others = all.filter(({ ref }) => ref.externalId !== first?.ref.externalId);
      for (const guild of first === undefined ? others : [first, ...others]) {
        // An answer counts whoever gives it: it does not wait for the role.
        const from = await directory.member(guild, message.author.id, "at-least");
        if (from !== undefined) return { guild, from };
      }
      return undefined;
    },
  };
}
