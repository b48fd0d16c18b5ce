/** Values of settings as people type and read them: `1,2,3`, `on`, `none`. Pure. */
import type { Texts } from "../locales/index.ts";
import type { Setting } from "./settings-table.ts";

/** What is typed for an empty list, and for what is not set. */
const NONE = "none";

/** In the type that the setting has; what cannot be read as it is left for its check to refuse. */
export function readSettingText({ kind, orNone }: Setting, written: string): unknown {
  const text = written.trim();
  const lists = kind.is === "weekdays" || kind.is === "days";
  if (orNone && (text === NONE || text === "")) return lists ? [] : null;
  switch (kind.is) {
    case "weekdays":
      return listIn(text).map(asNumber);
    case "days":
      return listIn(text);
    case "points":
      return readPoints(text);
    case "number":
    case "score":
    case "weekday":
      return asNumber(text);
    case "switch":
      return { on: true, true: true, off: false, false: false }[text] ?? text;
    default:
      return text;
  }
}

/** As it can be typed. */
export function writeSettingText(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (value === null) return NONE;
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.join(",");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}:${each}`)
    .join(",");
}

/** A value in the reader's words, where it has words of its own; else as it is typed. */
export function saySettingValue(texts: Texts, { kind }: Setting, value: unknown): string {
  const word = kind.is === "word" ? kind.words.find((each) => each === value) : undefined;
  return word === undefined ? writeSettingText(value) : texts.text(`setting.word.${word}`);
}

/** `silent:2,score-low:3` by name; what is of another form is refused as it stands. */
function readPoints(text: string): unknown {
  const pairs = listIn(text).map((each) => /^([a-z-]+):(\d+)$/.exec(each));
  if (pairs.includes(null)) return text;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], Number(pair?.[2])]));
}

function listIn(text: string): string[] {
  return text === "" ? [] : text.split(",").map((each) => each.trim());
}

function asNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
