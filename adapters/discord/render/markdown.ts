/**
 * Texts as Discord's Markdown. There is no plain text among its components, so every sign that could
 * begin something is escaped, in our own words too: discord.js's escapeMarkdown leaves mentions,
 * timestamps, emoji, addresses and a single "|" alive, and is not certain about the others.
 */

/** Alive anywhere: styles, code, spoilers, mentions, timestamps, links, addresses, `:emoji:`. */
const LIVE = /[\\`*_~|<>[\]:@]/g;
/** At the beginning of a line: headings, small print and lists; "7." would be numbered anew. */
const LINE_START = /^([^\S\n]*)([#-]|\+(?=\s)|\d+(?=\.))/gm;

/** Markdown that reads like `text` and in which nothing is alive. */
export function literal(text: string): string {
  return text
    .replace(LIVE, "\\$&")
    .replace(LINE_START, (_, spaces: string, sign: string) =>
      /\d/.test(sign) ? `${spaces}${sign}\\` : `${spaces}\\${sign}`,
    );
}

/** Each line of it with `mark` before it; the marks of Discord's blocks end with their line. */
function lines(mark: string, markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => `${mark}${line}`)
    .join("\n");
}

export const heading = (text: string) => `### ${literal(text)}`;
export const bold = (text: string) => `**${literal(text)}**`;
export const quoted = (text: string) => lines("> ", literal(text));

/** Small print. An empty line in it would show its mark. */
export function small(text: string): string {
  const shown = text.split("\n").filter((line) => line.trim() !== "");
  return lines("-# ", literal(shown.join("\n")));
}

/** In letters of one width. A backtick in it could end it. */
export function preformatted(text: string): string {
  return `\`\`\`\n${text.replaceAll("`", "ˋ")}\n\`\`\``;
}

/** `url` is a normalised one (`URL.href`). Brackets in a label would end it, escaped or not. */
export function maskedLink(label: string, url: string): string {
  const words = label.replaceAll("[", "(").replaceAll("]", ")");
  return `[${literal(words)}](<${url.replace(/[<>()\\\s]/g, percent)}>)`;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
