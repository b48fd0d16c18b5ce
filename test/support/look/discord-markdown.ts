/** Discord's Markdown as HTML: the part of it that we write. */
import { escaped } from "./html.ts";

/** Marks a character that was escaped, so that it means nothing any more. */
const KEPT = 0xe000;

export function markdownHtml(source: string): string {
  const kept = source.replaceAll(/\\([^A-Za-z0-9\s])/gu, (_, char: string) =>
    [...char].map((one) => String.fromCodePoint(KEPT + (one.codePointAt(0) ?? 0))).join(""),
  );
  const html = kept
    .split(/(```[\s\S]*?```)/u)
    .map((part) => (part.startsWith("```") ? preformatted(part) : linesHtml(part)))
    .join("");
  return html.replaceAll(/[\ue000-\ue0ff]/gu, (char) =>
    escaped(String.fromCodePoint((char.codePointAt(0) ?? KEPT) - KEPT)),
  );
}

function preformatted(part: string): string {
  return `<pre>${escaped(part.slice(3, -3).replace(/^\n/u, ""))}</pre>`;
}

function linesHtml(part: string): string {
  const blocks: string[] = [];
  for (const line of part.split("\n")) blocks.push(lineHtml(line));
  return blocks.join("").replaceAll("</blockquote><blockquote>", "<br>").replace(/<br>$/u, "");
}

function lineHtml(line: string): string {
  const [, marks = "", words = ""] = /^(#{1,3} |-# |> )?(.*)$/u.exec(line) ?? [];
  const inner = inlineHtml(words);
  if (marks.startsWith("#")) return `<h${marks.length - 1}>${inner}</h${marks.length - 1}>`;
  if (marks === "-# ") return `<div class="small">${inner}</div>`;
  if (marks === "> ") return `<blockquote>${inner}</blockquote>`;
  return `${inner}<br>`;
}

function inlineHtml(words: string): string {
  return escaped(words)
    .replaceAll(/\[([^\]]+)\]\((?:&lt;)?(https?:[^)\s]+?)(?:&gt;)?\)/gu, `<a href="$2">$1</a>`)
    .replaceAll(/\*\*(.+?)\*\*/gu, "<b>$1</b>")
    .replaceAll(/`([^`]+)`/gu, "<code>$1</code>");
}
