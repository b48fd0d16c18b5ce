/** What passes between the page and the adapter besides the transcript. The page imports types only. */

import { z } from "zod";
import type { Form } from "../../src/platform.ts";
import { MAX_TOKEN_LENGTH } from "../../src/platform.ts";

/** The longest message that a person can write, in UTF-16 units: a limit of this platform. */
export const MAX_TEXT_LENGTH = 4000;

/** Ids made by the page: unique without a server, harmless in a URL. */
const idPattern = /^[A-Za-z0-9_-]{8,64}$/;

/** PostgreSQL's text holds no NUL, and half a surrogate pair is no character (docs/faults.md N1). */
const cleanText = z.string().transform((text) => text.toWellFormed().replaceAll("\u0000", ""));

const words = cleanText
  .refine((text) => text.trim() !== "", "There is nothing in it.")
  .refine(
    (text) => text.length <= MAX_TEXT_LENGTH,
    `A message holds at most ${MAX_TEXT_LENGTH} characters.`,
  );

const id = z.string().regex(idPattern, "8 to 64 letters, digits, - or _.");
const token = z.string().min(1).max(MAX_TOKEN_LENGTH);
const values = z.record(
  z.string().max(100),
  cleanText.refine((text) => text.length <= MAX_TEXT_LENGTH, "This field is too long."),
);
const common = {
  /** The same when the request is sent again: the key of the core's dedupe. */
  id,
  /** The person who acts. */
  as: z.string().max(64),
  /** BCP 47 tag of the page's language. */
  language: z.string().max(35),
  /** IANA name, as the browser tells it. */
  timeZone: z.string().max(64),
};

/** What a person does on the page. The adapter adds when, and who that is. */
export const pageEvent = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("chat-message"), chat: id, text: words }),
  z.object({
    ...common,
    kind: z.literal("chat-closed"),
    chat: id,
    reason: z.enum(["solved", "manual", "inactivity", "spam"]),
  }),
  z.object({ ...common, kind: z.literal("chat-reopened"), chat: id }),
  z.object({ ...common, kind: z.literal("direct-message"), text: words }),
  z.object({
    ...common,
    kind: z.literal("action"),
    /** The message whose button was pressed; a form that a command opened comes from none. */
    message: z.string().max(100).exactOptional(),
    token,
    values: values.exactOptional(),
  }),
  z.object({ ...common, kind: z.literal("command"), text: words }),
]);
export type PageEvent = z.infer<typeof pageEvent>;

/** Opens a chat; its first message follows as an event of its own. */
export const newChat = z.object({ id, customer: z.string().max(64) });
export type NewChat = z.infer<typeof newChat>;

/** One of the people that the page can act as. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: "customer" | "agent" | "lead" | "admin";
  /** Agents only. */
  readonly team?: string;
}

/** What the page needs before it can show anything. */
export interface PageConfig {
  readonly people: readonly Person[];
  readonly languages: readonly string[];
  readonly maxTextLength: number;
}

/** The core's form, which is plain already, and the message whose button opened it. */
export interface OpenForm extends Form {
  readonly message?: string;
}

/** The answer to an accepted event. Everything else that it caused comes by the stream. */
export interface Accepted {
  readonly form?: OpenForm;
}

/** The answer to a refused or failed request. */
export interface Refused {
  readonly error: { readonly code: string; readonly message: string; readonly advice?: string };
}
