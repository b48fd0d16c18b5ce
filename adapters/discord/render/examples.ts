/**
 * Commands that our texts name, as they are typed here. Elsewhere words follow a command; on Discord
 * every word belongs to an option, and a command with others below it is none by itself.
 */
import type { Part } from "../../../src/platform.ts";

const COMMAND = String.raw`\/(?:aftertalk )?[a-z]+`;
/** What a period looks like in an example; nothing else follows a command as a word of its own. */
const PERIOD = String.raw`(?:last )?(?:week|month|quarter|year)|today|yesterday|all|\d[\w.-]*`;

const rules: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(${COMMAND}) (${PERIOD})(?![\\p{L}\\p{N}])`, "gu"), "$1 period:$2"],
  [/(\/aftertalk after-chat) (?=[a-z]+(?![\w:]))/gu, "$1 question:"],
  [/(\/aftertalk sample \[?)(?=remove)/gu, "$1action:"],
  [/\/aftertalk(?![\w-]| [a-z])/gu, "/aftertalk help"],
];

export function asTyped(text: string): string {
  if (!text.includes("/")) return text;
  return rules.reduce((words, [found, instead]) => words.replace(found, instead), text);
}

/** In our own words only: what somebody wrote stays as it is. */
export function withExamples(part: Part): Part {
  switch (part.kind) {
    case "text":
    case "note":
      return { ...part, text: asTyped(part.text) };
    case "facts": {
      const rows = part.rows.map(([label, value]) => [asTyped(label), asTyped(value)] as const);
      return { ...part, rows };
    }
    default:
      return part;
  }
}
