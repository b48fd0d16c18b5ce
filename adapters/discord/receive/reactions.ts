/** ✅ of the team: which marks close a chat, and on what. */
import type { ChatKind } from "./chat.ts";

/** An emoji as Discord tells it: of Unicode without an id, a guild's own with one. */
export interface Emoji {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Whether this emoji closes; names of a guild's own may be configured with their colons. */
export function isCloseEmoji(closeEmoji: readonly string[], { name }: Emoji): boolean {
  return name != null && closeEmoji.some((each) => plain(each) === plain(name));
}

/** A variation selector says how an emoji is drawn, not which it is. */
function plain(emoji: string): string {
  return emoji.replaceAll(":", "").replaceAll("\uFE0F", "").trim();
}

/** As routes of the API name it; they encode it themselves. */
export function emojiInRoute({ id, name }: Emoji): string {
  return id == null ? (name ?? "") : `${name}:${id}`;
}

/**
 * Whether a mark on this message is one on the chat. Posts and threads begin with a message of their
 * own id; a thread that was made without one, with `firstId`; tickets and private threads are opened
 * by bots, so there any message counts that is not the team's.
 */
export function isCloseTarget(
  kind: ChatKind,
  about: {
    readonly chatId: string;
    readonly messageId: string;
    readonly firstId: string | undefined;
    readonly byTeam: boolean;
  },
): boolean {
  const { chatId, messageId, firstId, byTeam } = about;
  if (kind === "ticket" || kind === "private") return !byTeam;
  return messageId === chatId || messageId === firstId;
}
