/**
 * Texts as Discord's Markdown. There is no plain text among its components, so in our own words and
 * in those of people every sign that would begin something is escaped. discord.js's escapeMarkdown is
 * not enough for it: it leaves mentions, timestamps, emoji, addresses and single marks alive. What
 * is not alive stays as it is, because whoever copies a message gets the backslashes too.
 */

import type { MarkedRun } from "../../common/marked-runs.ts";

const LIVE = new RegExp(
  [
    // Styles, code, mentions, timestamps, emoji of guilds, links with words of their own.
    /[\\`*_<[]/,
    // Crossed out, spoilers: of two and more.
    /~(?=~)|(?<=~)~/,
    /\|(?=\|)|(?<=\|)\|/,
    // Of an address or an :emoji:, not of "You answered: 9" or 10:30.
    /:(?=\S)(?!(?<=\d:)\d\d(?![^\s.,;!?)]))/,
    /@(?=everyone|here)/,
    // At the beginning of a line: headings, quotes, small print, lists; others may write on behind it.
    /(?<=^[^\S\n]*)(?:#|>|-(?=[\s#]|$))/,
    /(?<=^[^\S\n]*\d+)\.(?=\s|$)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gm",
);

/** Markdown that reads like `text` and in which nothing is alive. */
export function literal(text: string): string {
  return text.replace(LIVE, "\\$&");
}

/** What makes a line small print. */
export const SMALL = "-# ";

/** Each line of it with `mark` before it; the marks of Discord's blocks end with their line. */
function lines(mark: string, markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => `${mark}${line}`)
    .join("\n");
}

export const heading = (text: string) => `### ${literal(text)}`;
export const bold = (text: string) => `**${literal(text)}**`;

/** A quote; what is marked in it is bold, line by line, because bold ends with its line. */
export function quoted(runs: readonly MarkedRun[]): string {
  const shown = runs.map(({ text, marked }) =>
    marked ? text.split("\n").map(bold).join("\n") : literal(text),
  );
  return lines("> ", shown.join(""));
}

/** Small print. An empty line in it would show its mark. */
export function small(text: string): string {
  const shown = text.split("\n").filter((line) => line.trim() !== "");
  return lines(SMALL, literal(shown.join("\n")));
}

/** In letters of one width. A backtick in it could end it. */
export function preformatted(text: string): string {
  return `\`\`\`\n${text.replaceAll("`", "ˋ")}\n\`\`\``;
}

/**
 * In the words of a link Discord shows the backslashes (discord/discord-api-docs#6185), and an emoji
 * or an address among them ends the link (#7673, #7721): such signs are left out.
 */
const UNFIT =
  /[\\`*_~|<>[\]@#:]|\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u200D\u20E3\uFE0F]/gu;

/** Our own words for an address; `url` is a normalised one (`URL.href`). */
export function maskedLink(label: string, url: string): string {
  const words = label.replace(UNFIT, "").replace(/\s+/g, " ").trim();
  return `[${words || "→"}](<${url.replace(/[<>()\\\s]/g, percent)}>)`;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
