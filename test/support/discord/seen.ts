/** Messages and modals as a person sees them: words, buttons, menus, pictures, living mentions. */
import type { Modal } from "./components/modal.ts";
import { kinds } from "./components/parts.ts";
import { walk } from "./components/rules.ts";
import { shownText } from "./markdown.ts";
import { textsOf } from "./mentions.ts";
import { type Channel, flags, isNotice, type Json, type Message, type User } from "./model.ts";

export interface SeenMessage {
  /** Id of the channel, thread or direct message. */
  readonly channel: string;
  readonly id: string;
  /** Id of whoever wrote it. */
  readonly from: string;
  readonly content: string;
  readonly components: readonly Json[];
  /** All words as they are read: texts without markup, embeds, labels, entries, alternative texts. */
  readonly words: string;
  /** Labels (or emoji) of the buttons, in order. */
  readonly buttons: readonly string[];
  /** Entries of the select menus, in order. */
  readonly entries: readonly string[];
  /** What in it is alive: who was notified, and links whose words hide where they go. */
  readonly live: { readonly pings: readonly string[]; readonly links: readonly string[] };
  readonly ephemeral: boolean;
  /** "Aftertalk is thinking…" */
  readonly thinking: boolean;
  readonly edited: boolean;
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: Buffer;
    readonly description: string | undefined;
  }[];
}

/** Everything this person sees at a place, oldest first, without Discord's own notices. */
export function seenIn(channel: Channel, user: User): SeenMessage[] {
  return channel.messages
    .filter(({ whisperTo }) => whisperTo === undefined || whisperTo === user.id)
    .filter((message) => !isNotice(message))
    .map(seenMessage);
}

function seenMessage(message: Message): SeenMessage {
  const { content, components, attachments, embeds } = message;
  const all = walk(components, []).map(({ component }) => component);
  const alternatives = attachments.flatMap(({ description }) => description ?? []);
  const prose = shownText([textsOf(content, components), ...embeds.flatMap(wordsOf)].join("\n"));
  const lines = [prose.text, ...all.flatMap(labelsOf), ...alternatives].filter(
    (line) => line !== "",
  );
  return {
    channel: message.channel.id,
    id: message.id,
    from: message.author.id,
    content,
    components,
    words: lines.join("\n").trim(),
    buttons: all.filter(({ type }) => type === kinds.button).map(labelOf),
    entries: all.flatMap(optionsOf).map(({ label }) => String(label)),
    live: { pings: message.pings, links: prose.hidden },
    ephemeral: message.whisperTo !== undefined,
    thinking: (message.flags & flags.loading) !== 0,
    edited: message.editedAt !== undefined,
    reactions: Object.fromEntries(message.reactions),
    files: attachments.map(({ filename, bytes, description }) => ({
      name: filename,
      bytes,
      description,
    })),
  };
}

export function labelOf({ label, emoji }: Json): string {
  if (typeof label === "string") return label;
  return typeof emoji === "object" && emoji !== null && "name" in emoji ? String(emoji.name) : "";
}

export function optionsOf({ options }: Json): Json[] {
  return Array.isArray(options) ? options : [];
}

/** Words of a component besides its text: label, placeholder, entries, alternative texts. */
function labelsOf(component: Json): string[] {
  const { placeholder, description, items } = component;
  const media = Array.isArray(items) ? items.map((item: Json) => item.description) : [];
  const entries = optionsOf(component).flatMap((option) => [option.label, option.description]);
  const words = [labelOf(component), placeholder, description, ...media, ...entries];
  return words.filter((word) => typeof word === "string");
}

function wordsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

export interface SeenModal {
  readonly title: string;
  /** Labels of its fields, in order. */
  readonly labels: readonly string[];
  readonly words: string;
  readonly components: readonly Json[];
}

export function seenModal({ title, components }: Modal): SeenModal {
  const all = walk(components, []).map(({ component }) => component);
  const words = all.flatMap((component) => {
    const { content } = component;
    return [...labelsOf(component), ...(typeof content === "string" ? [content] : [])];
  });
  return {
    title,
    labels: all.filter(({ label }) => typeof label === "string").map(labelOf),
    words: [title, ...words].filter((word) => word !== "").join("\n"),
    components,
  };
}
