/**
 * What stands in Discord's angle brackets and says more than its signs:
 * https://docs.discord.com/developers/reference, "Message Formatting". Pure.
 */

/** The name of a user, role or channel of a guild, where it is known. */
export type Lookup = (kind: "user" | "role" | "channel", id: string) => string | undefined;

type Saying = (found: readonly string[], lookup: Lookup) => string;

const kinds: readonly (readonly [RegExp, Saying])[] = [
  [/<@!?(\d{1,20})>/y, ([id = ""], lookup) => `@${lookup("user", id) ?? "…"}`],
  [/<@&(\d{1,20})>/y, ([id = ""], lookup) => `@${lookup("role", id) ?? "…"}`],
  [/<#(\d{1,20})>/y, ([id = ""], lookup) => `#${lookup("channel", id) ?? "…"}`],
  [/<a?:(\w{1,32}):\d{1,20}>/y, ([name = ""]) => `:${name}:`],
  [/<t:(-?\d{1,17})(?::[a-zA-Z])?>/y, ([seconds = ""]) => momentOf(Number(seconds))],
  [/<\/([^:<>\n]{1,100}):\d{1,20}>/y, ([name = ""]) => `/${name}`],
  [/<id:([a-z-]{1,20})(?::\d{1,20})?>/y, ([name = ""]) => `#${name}`],
  [/<((?:https?|mailto|tel):[^\s<>]{1,2000})>/y, ([address = ""]) => address],
];

/** What is said at `from`, and how many characters say it; undefined where nothing of it stands. */
export function readAngle(
  text: string,
  from: number,
  lookup: Lookup,
): { readonly taken: number; readonly said: string } | undefined {
  for (const [pattern, say] of kinds) {
    pattern.lastIndex = from;
    const found = pattern.exec(text);
    if (found !== null) return { taken: found[0].length, said: say(found.slice(1), lookup) };
  }
  return undefined;
}

/** Where it was written is not told, so it is said in UTC: `2026-10-14 10:30 UTC`. */
function momentOf(seconds: number): string {
  const moment = new Date(seconds * 1000);
  if (Number.isNaN(moment.getTime())) return "…";
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
