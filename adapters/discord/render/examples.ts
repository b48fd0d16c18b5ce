/**
 * Commands that our texts name, as they are typed here. Elsewhere words follow a command; on Discord
 * every word belongs to an option, and a command with others below it is none by itself.
 */
import type { Part } from "../../../src/platform.ts";

const COMMAND = String.raw`\/(?:aftertalk )?[a-z]+`;
/** What a period looks like in an example; nothing else follows a command as a word of its own. */
const PERIOD = String.raw`(?:last )?(?:week|month|quarter|year)|today|yesterday|all|\d[\w.-]*`;

/** Somebody as they are named in an example. */
const WHO = String.raw`@[\p{L}\p{N}_-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"[^"]+"|slack:U\w+`;
/** A word that ends what is typed: prose behind a command goes on with another one. */
const LAST = String.raw`([a-z][\w-]*)(?![\w:-])(?=\s*(?:[^\s\p{L}\p{N}]|$))`;
const ON_SURVEY = String.raw`\/survey (?:edit|try|history|pause|resume|archive)`;
const PLANNED = String.raw`\/survey schedule`;
const ON_PLAN = "edit|on|off|preview|history|diff|rollback|archive";

const rules: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(${COMMAND}) (${PERIOD})(?![\\p{L}\\p{N}])`, "gu"), "$1 period:$2"],
  [/(\/aftertalk after-chat) (?=[a-z]+(?![\w:]))/gu, "$1 question:"],
  [/(\/aftertalk sample \[?)(?=remove)/gu, "$1action:"],
  [new RegExp(`(/aftertalk link) (${WHO}) (?=${WHO})`, "gu"), "$1 person:$2 other:"],
  [/(\/aftertalk roles) (lead|agent|viewer|admin|none) (?=@)/gu, "$1 role:$2 person:"],
  [/\/aftertalk(?![\w-]| [a-z])/gu, "/aftertalk help"],
  [new RegExp(`(${ON_SURVEY}) ${LAST}`, "gu"), "$1 survey:$2"],
  [/(\/survey resume) (?=all(?![\w:-]))/gu, "$1 survey:"],
  [/(\/survey stop) (?=all(?![\w:-]))/gu, "$1 what:"],
  [new RegExp(`(/survey why) (${WHO}) (?=\\d)`, "gu"), "$1 person:$2 days:"],
  [new RegExp(`(/survey why) (?=${WHO})`, "gu"), "$1 person:"],
  [new RegExp(`(${PLANNED}) (?=list(?![\\w:-]))`, "gu"), "$1 action:"],
  [new RegExp(`(${PLANNED}) (${ON_PLAN}) ([a-z][\\w-]*)(?![\\w:-])`, "gu"), "$1 action:$2 name:$3"],
  [new RegExp(`(${PLANNED} action:[a-z]+ name:[\\w-]+) (?=\\d)`, "gu"), "$1 sentence:"],
  // A sentence names what is asked, in whatever order its language has.
  [new RegExp(`(${PLANNED}) (?!\\w+:)(?=[^.。]*(?:nps|ces|csat))`, "gu"), "$1 sentence:"],
  [/\/survey(?![\w-]| [a-z])/gu, "/survey list"],
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
