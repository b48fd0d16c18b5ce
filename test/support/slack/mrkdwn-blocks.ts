/** The same for whole messages and views: what in their blocks is alive, and what people see. */
import { type LiveTokens, liveTokens, shownWords } from "./mrkdwn.ts";

interface Sent {
  readonly text?: unknown;
  readonly blocks?: unknown;
}

type Item = Readonly<Record<string, unknown>>;

/** Elements of rich text that call somebody. */
const MENTIONS = new Set(["user", "usergroup", "channel", "broadcast", "team"]);

/** Everything alive in a message or view. Styles of rich text are the sender's own and not listed. */
export function liveIn({ text, blocks }: Sent): LiveTokens {
  const found = [...itemsIn(blocks)].map(liveInItem);
  if (typeof text === "string") found.push(liveTokens(text));
  return {
    mentions: found.flatMap(({ mentions }) => mentions),
    links: found.flatMap(({ links }) => links),
    formatting: found.flatMap(({ formatting }) => formatting),
  };
}

/** What people see of the blocks, piece by piece, top to bottom; not what only machines read. */
export function shownIn(blocks: unknown): string[] {
  return [...itemsIn(blocks)].flatMap((item) => {
    if (typeof item.alt_text === "string") return [item.alt_text];
    if (typeof item.text !== "string") return item.type === "link" ? [String(item.url)] : [];
    return [item.type === "mrkdwn" ? shownWords(item.text) : item.text];
  });
}

function liveInItem(item: Item): LiveTokens {
  const none = { mentions: [], links: [], formatting: [] };
  if (item.type === "mrkdwn") return liveTokens(String(item.text));
  if (item.type === "link") return { ...none, links: [String(item.url)] };
  if (item.type === "emoji") return { ...none, formatting: [`:${item.name}:`] };
  if (MENTIONS.has(String(item.type))) return { ...none, mentions: [JSON.stringify(item)] };
  // Without `emoji: false` the shortcodes of a plain text become pictures.
  if (item.type === "plain_text" && item.emoji !== false) {
    const { formatting } = liveTokens(String(item.text));
    return { ...none, formatting: formatting.filter((token) => token.startsWith(":")) };
  }
  return none;
}

/** Every object in the blocks, at any depth, in the order in which it stands there. */
function* itemsIn(value: unknown): Generator<Item> {
  if (Array.isArray(value)) {
    for (const item of value) yield* itemsIn(item);
  } else if (isItem(value)) {
    yield value;
    for (const child of Object.values(value)) yield* itemsIn(child);
  }
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null;
}
