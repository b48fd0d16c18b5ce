/** Small messages made everywhere. */
import type { Language } from "./locales/index.ts";
import type { Message, Reply } from "./platform.ts";

/** A message of one or a few lines of our own words. */
export function lineMessage(language: Language, ...lines: readonly string[]): Message {
  return {
    summary: lines[0] ?? "",
    parts: lines.map((text) => ({ kind: "text", text })),
    locale: language,
  };
}

/** The same as a reply that only the one who acted sees. */
export function lineReply(language: Language, ...lines: readonly string[]): Reply {
  return { kind: "message", message: lineMessage(language, ...lines) };
}
