/** Which words of a message are not to be seen in what became of it. Pure. */
import type { Message, Misfit, OutlineBlock, Part } from "../../src/platform.ts";
import { mostThat } from "./fitting.ts";
import { oneLine } from "./text.ts";

/** Compared with the words as they are shown, so it finds whatever a renderer cuts, for whatever reason. */
export function misfitsIn({ parts }: Message, blocks: readonly OutlineBlock[]): Misfit[] {
  const texts = plain(blocks.map(textOf).join(" "));
  const labels = blocks.flatMap(labelsOf);
  return parts.flatMap((part, place) => [
    ...textMisfits(part, place, texts),
    ...labelMisfits(part, place, labels, texts),
  ]);
}

interface Shown {
  readonly what: "button" | "option";
  readonly label: string;
}

function labelsOf(block: OutlineBlock): Shown[] {
  if (block.kind === "buttons")
    return block.labels.map((label) => ({ what: "button", label: plain(label) }));
  if (block.kind === "list")
    return block.options.map((label) => ({ what: "option", label: plain(label) }));
  return [];
}

function textMisfits(part: Part, place: number, shown: string): Misfit[] {
  const isShown = (some: string) => shown.includes(plain(some));
  return wordsOf(part)
    .map(oneLine)
    .filter((words) => !isShown(words))
    .map((words) => ({ part: place, what: "text", most: sharedLength(words, isShown) }));
}

function labelMisfits(
  part: Part,
  place: number,
  labels: readonly Shown[],
  texts: string,
): Misfit[] {
  if (!("options" in part)) return [];
  return part.options.flatMap((option, index): Misfit[] => {
    const label = oneLine(option.label);
    const whole = plain(label);
    // A label that is told in full above has a number for a button.
    if (labels.some((each) => each.label === whole) || texts.includes(`${index + 1}.${whole}`))
      return [];
    const begins = (some: string) => labels.some((each) => each.label.startsWith(plain(some)));
    const most = sharedLength(label, begins);
    const cut = labels.find((each) => each.label.startsWith(plain(label.slice(0, most))));
    return [{ part: place, option: index, what: cut?.what ?? "button", most }];
  });
}

/** How many characters from the beginning on are to be seen. */
function sharedLength(words: string, isShown: (some: string) => boolean): number {
  return mostThat((n) => isShown(words.slice(0, n)), 0, words.length);
}

function wordsOf(part: Part): readonly string[] {
  switch (part.kind) {
    case "heading":
    case "text":
    case "note":
    case "quote":
      return [part.text];
    case "scale":
      return [part.low, part.high];
    default:
      return [];
  }
}

function textOf(block: OutlineBlock): string {
  return block.kind === "text" ? block.text : "";
}

/** Where lines and texts are broken makes no difference. */
function plain(text: string): string {
  return oneLine(text).replace(/\s+/gu, "");
}
