/**
 * A message and its address as they are kept with a delivery: plain JSON, with the bytes of pictures
 * as base64. What was written in a shape that this program does not know is not read at all.
 */
import { z } from "zod";
import type { Address, Message } from "../platform.ts";

const text = z.string();
const option = z.object({
  label: text,
  token: text,
  hint: text.exactOptional(),
  opens: z.literal("form").exactOptional(),
  tone: z.literal("danger").exactOptional(),
});
const options = z.array(option);
const link = z.object({ label: text, url: text });

const picture = z.object({
  png: z.base64().transform((bytes) => Uint8Array.from(Buffer.from(bytes, "base64"))),
  width: z.number(),
  height: z.number(),
  alt: text,
  sparkline: text.exactOptional(),
});

const part = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), text, minor: z.literal(true).exactOptional() }),
  z.object({ kind: z.enum(["text", "note"]), text }),
  z.object({
    kind: z.literal("quote"),
    text,
    by: text.exactOptional(),
    link: link.exactOptional(),
    marks: z.array(z.tuple([z.number(), z.number()])).exactOptional(),
  }),
  z.object({ kind: z.literal("scale"), options, low: text, high: text }),
  z.object({ kind: z.literal("choices"), options, pick: text.exactOptional() }),
  z.object({ kind: z.literal("actions"), options }),
  z.object({ kind: z.literal("menu"), label: text, options }),
  z.object({ kind: z.literal("facts"), rows: z.array(z.tuple([text, text])) }),
  z.object({
    kind: z.literal("bars"),
    title: text,
    bars: z.array(z.object({ label: text, value: text, share: z.number() })),
  }),
  z.object({ kind: z.literal("picture"), picture }),
  z.object({ kind: z.literal("link"), link }),
]);

const message = z.object({
  summary: text,
  parts: z.array(part),
  locale: text,
  opener: z.object({ says: text, option }).exactOptional(),
});

/** An address as it is kept. */
export const addressShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("direct"), userId: text }),
  z.object({ kind: z.literal("chat"), chatId: text }),
  z.object({ kind: z.literal("whisper"), chatId: text, userId: text }),
  z.object({ kind: z.literal("channel"), channelId: text }),
  z.object({ kind: z.literal("leads") }),
  z.object({ kind: z.literal("thread"), messageId: text }),
]);

/** The message as JSON text. */
export function keepMessage(said: Message): string {
  const parts = said.parts.map((each) =>
    each.kind === "picture"
      ? { ...each, picture: { ...each.picture, png: base64(each.picture.png) } }
      : each,
  );
  return JSON.stringify({ ...said, parts });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** The message that was kept; `undefined` when its shape is unknown here. */
export function readMessage(kept: unknown): Message | undefined {
  const parsed = message.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

/** The address that was kept; `undefined` when its shape is unknown here. */
export function readAddress(kept: unknown): Address | undefined {
  const parsed = addressShape.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}
