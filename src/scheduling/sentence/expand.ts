/** `clos(e|ing) a chat, chat ends` → each of the phrases it stands for. Groups may be in groups. Pure. */
export function phrasesOf(written: string): string[] {
  return splitOutside(written, ",")
    .flatMap(expand)
    .map(tidy)
    .filter((phrase) => phrase !== "");
}

function expand(written: string): string[] {
  const open = written.indexOf("(");
  if (open < 0) return [written];
  const close = closing(written, open);
  const [before, after] = [written.slice(0, open), expand(written.slice(close + 1))];
  const inside = splitOutside(written.slice(open + 1, close), "|").flatMap(expand);
  return inside.flatMap((each) => after.map((rest) => `${before}${each}${rest}`));
}

function closing(written: string, open: number): number {
  let depth = 0;
  for (let at = open; at < written.length; at += 1) {
    if (written[at] === "(") depth += 1;
    if (written[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  throw new RangeError(`a group is not closed in ${written}`);
}

function splitOutside(written: string, sign: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of written) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === sign && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function tidy(phrase: string): string {
  return phrase.replace(/\s+/gu, " ").trim();
}
