/** Messages as a person sees them: words, buttons, pictures, and whether anything in them is alive. */
import { pressables } from "./elements.ts";
import { type LiveTokens, liveIn, wordsIn } from "./looks.ts";
import type { Channel, Json, Member, Message, Whisper } from "./model.ts";
import { shownWords } from "./mrkdwn.ts";

export interface SeenMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  /** Id of the person or of the bot user who wrote it; "USLACKBOT" for Slack's own words. */
  readonly from: string;
  /** What notifications and old clients show; with blocks, screen readers read it too. */
  readonly text: string;
  readonly blocks: readonly Json[];
  /** All words there are: texts, labels, menu entries, alternative texts, accessibility labels. */
  readonly words: string;
  /** Labels of buttons and menu entries, in order. */
  readonly buttons: readonly string[];
  /** Mentions, links and formatting that its texts would come to life as. */
  readonly live: LiveTokens;
  readonly ephemeral: boolean;
  readonly edited: boolean;
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly title: string;
    readonly ready: boolean;
  }[];
  /** Whether Slack would show previews of links and media in it. */
  readonly unfurl: { readonly links: boolean; readonly media: boolean };
  readonly metadata: Message["metadata"];
}

function seenMessage(message: Message): SeenMessage {
  const blocks = message.blocks ?? [];
  return {
    channel: message.channel.id,
    ts: message.ts,
    threadTs: message.threadTs,
    from: message.user,
    text: message.text,
    blocks,
    ...looks(message.text, blocks),
    ephemeral: false,
    edited: message.edited !== undefined,
    reactions: Object.fromEntries(message.reactions),
    files: message.files
      .filter((file) => !file.deleted)
      .map(({ id, name, title, state }) => ({ id, name, title, ready: state === "ready" })),
    unfurl: message.unfurl,
    metadata: message.metadata,
  };
}

function seenWhisper(whisper: Whisper): SeenMessage {
  const blocks = whisper.blocks ?? [];
  return {
    channel: whisper.channel.id,
    ts: whisper.ts,
    threadTs: whisper.threadTs,
    from: whisper.from === "slackbot" ? "USLACKBOT" : whisper.team.bot.userId,
    text: whisper.text,
    blocks,
    ...looks(whisper.text, blocks),
    ephemeral: true,
    edited: whisper.edited,
    reactions: {},
    files: [],
    unfurl: { links: false, media: false },
    metadata: undefined,
  };
}

/** Everything this person sees at a place, oldest first. */
export function seenIn(channel: Channel, member: Member): SeenMessage[] {
  const messages = channel.messages.filter((message) => !message.deleted).map(seenMessage);
  const whispers = channel.whispers.filter(({ to }) => to === member.id).map(seenWhisper);
  return [...messages, ...whispers].sort((a, b) => Number(a.ts) - Number(b.ts));
}

function looks(text: string, blocks: readonly Json[]) {
  return {
    words: blocks.length === 0 ? shownWords(text) : wordsIn(blocks),
    live: liveIn({ text, blocks }),
    buttons: pressables(blocks).map(({ label }) => label),
  };
}
