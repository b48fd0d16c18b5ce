/**
 * What the playground keeps and what its page is sent: plain JSON, checked when it is read back.
 * The page imports the types only.
 */
import { z } from "zod";

const option = z.object({
  label: z.string(),
  token: z.string(),
  hint: z.string().exactOptional(),
  tone: z.literal("danger").exactOptional(),
});

const link = z.object({ label: z.string(), url: z.string() });

const part = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("heading"),
    text: z.string(),
    minor: z.literal(true).exactOptional(),
  }),
  z.object({ kind: z.enum(["text", "note"]), text: z.string() }),
  z.object({
    kind: z.literal("quote"),
    text: z.string(),
    by: z.string().exactOptional(),
    link: link.exactOptional(),
    marks: z.array(z.tuple([z.number(), z.number()])).exactOptional(),
  }),
  z.object({
    kind: z.literal("scale"),
    options: z.array(option),
    low: z.string(),
    high: z.string(),
  }),
  z.object({
    kind: z.literal("choices"),
    options: z.array(option),
    pick: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal("actions"), options: z.array(option) }),
  z.object({ kind: z.literal("menu"), label: z.string(), options: z.array(option) }),
  z.object({ kind: z.literal("facts"), rows: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({
    kind: z.literal("bars"),
    title: z.string(),
    bars: z.array(z.object({ label: z.string(), value: z.string(), share: z.number() })),
  }),
  z.object({
    kind: z.literal("picture"),
    /** File name in the pictures folder. */
    file: z.string(),
    width: z.number(),
    height: z.number(),
    alt: z.string(),
  }),
  z.object({
    kind: z.literal("file"),
    /** What it is asked for by, for as long as it is held. */
    token: z.string(),
    title: z.string(),
  }),
  z.object({ kind: z.literal("link"), link }),
]);

const content = z.object({ summary: z.string(), locale: z.string(), parts: z.array(part) });

/** `chat:ID`, `direct:PERSON` or `leads`. */
const place = z.string();

const message = z.object({
  id: z.string(),
  place,
  /** A person's id, or `bot`. */
  from: z.string(),
  /** A person's own words; a message of the bot has `content` instead. */
  text: z.string().exactOptional(),
  content: content.exactOptional(),
  /** The one person who sees it; without it everybody in the place does. */
  only: z.string().exactOptional(),
  /** The message in whose thread it is. */
  beneath: z.string().exactOptional(),
  /** The delivery's key: at most one message of a place has it. */
  key: z.string().exactOptional(),
  /** Whether the core has taken a person's words: `unsaved` ones can be sent again. */
  status: z.enum(["sending", "saved", "unsaved"]),
});

const chatStates = ["open", "solved", "manual", "inactivity", "spam"] as const;

const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("chat"), id: z.string(), customer: z.string() }),
  z.object({
    kind: z.literal("chat-state"),
    chat: z.string(),
    state: z.enum(chatStates),
    by: z.string(),
  }),
  z.object({ kind: z.literal("message"), message }),
  z.object({ kind: z.literal("status"), id: z.string(), status: message.shape.status }),
  z.object({ kind: z.literal("updated"), id: z.string(), content }),
  z.object({ kind: z.literal("removed"), id: z.string() }),
]);

/** One line of the transcript: a change with its number (from 1, no gaps) and its time (ISO 8601). */
export const entrySchema = z.intersection(
  change,
  z.object({ seq: z.number().int().positive(), at: z.string() }),
);

/** The first line: names this transcript, so that a page notices when it was started anew. */
export const startSchema = z.object({ kind: z.literal("start"), transcript: z.string() });

export type Content = z.infer<typeof content>;
export type ContentPart = z.infer<typeof part>;
export type ContentOption = z.infer<typeof option>;
type ChatState = (typeof chatStates)[number];
export type Change = z.infer<typeof change>;
export type Entry = z.infer<typeof entrySchema>;
export type Message = z.infer<typeof message>;

/** A message as it stands now. */
export interface Shown extends Message {
  readonly at: string;
  readonly seq: number;
}

/** A support chat as it stands now. */
export interface Chat {
  readonly id: string;
  readonly customer: string;
  readonly state: ChatState;
  readonly openedAt: string;
  /** Who closed or reopened it last. */
  readonly by?: string;
}

/** Everything at once, for a page that comes new. `seq` is the last entry that is in it. */
export interface Snapshot {
  readonly transcript: string;
  readonly seq: number;
  readonly chats: readonly Chat[];
  readonly messages: readonly Shown[];
}
