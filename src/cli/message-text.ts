/** A message as plain text for a terminal. */
import type { Bar, Message, Part } from "../platform.ts";

/** Characters of the longest bar. */
const BAR_WIDTH = 24;

/** Every part on lines of its own, with an empty line between blocks of different kinds. */
export function messageText(message: Message): string {
  const lines: string[] = [];
  let previous: Part["kind"] | undefined;
  for (const part of message.parts) {
    const text = partLines(part);
    if (text.length === 0) continue;
    if (previous !== undefined && (previous !== part.kind || part.kind === "quote")) lines.push("");
    lines.push(...text);
    previous = part.kind;
  }
  return lines.join("\n");
}

function partLines(part: Part): string[] {
  switch (part.kind) {
    case "heading": {
      const text = plain(part.text);
      return [text, (part.minor ? "-" : "=").repeat(Math.min(text.length, 80))];
    }
    case "text":
    case "note":
      return part.text.split("\n").map(plain);
    case "quote": {
      const lines = part.text.split("\n").map((line) => `> ${plain(line)}`);
      if (part.by !== undefined) lines.push(`  ${plain(part.by)}`);
      if (part.link !== undefined) lines.push(`  ${plain(part.link.url)}`);
      return lines;
    }
    case "scale":
      return [buttons(part.options), plain(`${part.low} … ${part.high}`)];
    case "choices":
    case "actions":
    case "menu":
      return [buttons(part.options)];
    case "facts":
      return aligned(part.rows);
    case "bars":
      return [plain(part.title), ...barLines(part.bars)];
    case "picture":
      return []; // the parts around it say the same
    case "file":
      return [plain(part.file.title)];
    case "link":
      return [plain(`${part.link.label}: ${part.link.url}`)];
  }
}

function buttons(options: readonly { readonly label: string }[]): string {
  return options.map(({ label }) => `[${plain(label)}]`).join(" ");
}

function aligned(rows: readonly (readonly [label: string, value: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${plain(label).padEnd(width)}  ${plain(value)}`);
}

function barLines(bars: readonly Bar[]): string[] {
  const width = Math.max(0, ...bars.map(({ label }) => label.length));
  const longest = Math.max(0, ...bars.map(({ share }) => share));
  return bars.map(({ label, value, share }) => {
    const bar = "█".repeat(longest > 0 ? Math.round((share / longest) * BAR_WIDTH) : 0);
    return `${plain(label).padStart(width)} ${bar.padEnd(BAR_WIDTH)} ${plain(value)}`;
  });
}

/** Words of people must neither command the terminal nor turn the line around. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, " ")
    .trimEnd();
}
