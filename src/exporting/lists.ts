/** Several values in one cell: split by ";", in which a backslash makes the next character a plain one. Pure. */

/** One cell of these values; `unlisted` gives them back, whatever is in them. */
export function listed(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(/[\\;:]/g, String.raw`\$&`)).join(";");
}

/** The values of a cell; none of an empty one. */
export function unlisted(cell: string): string[] {
  return split(cell, ";").map((value) => value.replaceAll(/\\(.)/gs, "$1"));
}

/** Pairs in one cell: `Anna:6;Ben:3`. */
export function listedPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `${listed([name])}:${listed([value])}`).join(";");
}

/** The pairs of a cell; one without a value has an empty one. */
export function unlistedPairs(cell: string): [name: string, value: string][] {
  return split(cell, ";").map((pair) => {
    const [name = "", ...rest] = split(pair, ":").map((part) => part.replaceAll(/\\(.)/gs, "$1"));
    return [name, rest.join(":")];
  });
}

/** Cut at each `at` that no backslash stands before. */
function split(text: string, at: string): string[] {
  if (text === "") return [];
  const parts = [""];
  for (let i = 0; i < text.length; i += 1) {
    const letter = text.charAt(i);
    if (letter === at) {
      parts.push("");
      continue;
    }
    const taken = letter === "\\" ? text.slice(i, i + 2) : letter;
    parts[parts.length - 1] += taken;
    if (letter === "\\") i += 1;
  }
  return parts;
}
