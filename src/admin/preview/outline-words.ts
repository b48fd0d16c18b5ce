/** An outline in lines of words, for whoever sees no picture. Pure. */
import type { OutlineBlock } from "../../platform.ts";

export function outlineWords(blocks: readonly OutlineBlock[]): string {
  return blocks.map(wordsOf).join("\n");
}

function wordsOf(block: OutlineBlock): string {
  switch (block.kind) {
    case "text":
      return block.text;
    case "buttons":
      return block.labels.map((label) => `[${label}]`).join(" ");
    case "list":
      return `${block.open ? "" : "▾ "}${block.prompt}${block.prompt === "" ? "" : ": "}${block.options.join(" / ")}`;
    case "picture":
      return block.alt;
  }
}
