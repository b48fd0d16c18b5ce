/**
 * A small grammar: a pattern is a row of tags, `?` may be missing, `|` is either, `<name>` is a part
 * that has patterns of its own. What says nothing by itself may stand between them. Pure.
 */
import type { Tag, Token } from "./token.ts";
import { weak } from "./words/words.ts";

/** One tag of a pattern and the token that it took, or a part and which of its patterns fitted. */
export interface Bound {
  readonly name: string;
  readonly token: Token | undefined;
  /** Of a part: its kind. */
  readonly kind: string | undefined;
}

export interface Fit {
  /** The place after its last token. */
  readonly end: number;
  readonly bound: readonly Bound[];
  /** The tokens that it took; those that were passed over are not in it. */
  readonly taken: readonly Token[];
}

interface Element {
  readonly tags: readonly string[];
  readonly part: string | undefined;
  readonly optional: boolean;
}

/** Kinds of a part, each with its patterns. */
export type Part = Readonly<Record<string, readonly string[]>>;

/** More words than these in a row that say nothing part what stands around them. */
const MOST_SKIPPED = 4;

const compiled = new Map<string, readonly Element[]>();

function elementsOf(pattern: string): readonly Element[] {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const elements = pattern.split(" ").map((written): Element => {
    const optional = written.endsWith("?");
    const name = optional ? written.slice(0, -1) : written;
    const part = /^<(.+)>$/.exec(name)?.[1];
    return { tags: part === undefined ? name.split("|") : [], part, optional };
  });
  compiled.set(pattern, elements);
  return elements;
}

/** True when it may be passed over. */
function isWeak({ tags }: Token): boolean {
  return tags.every((tag) => weak.has(tag));
}

/** "For 30 days" is how long, "30 days" alone is when: what stands before a length says which. */
export function maySkip(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || !isWeak(token)) return false;
  const is = (...tags: readonly Tag[]) => token.tags.some((tag) => tags.includes(tag));
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  // Whom or what it leads to is missing.
  const dangles = next === undefined || next.tags.includes("SEP");
  if (is("FOR", "TO", "WITH") && (dangles || next.tags.includes("DUR"))) return false;
  if (is("TO") && (before?.tags.includes("NUM") || next?.tags.includes("NUM"))) return false;
  return !(is("OF") && next?.tags.includes("DUR"));
}

/** Every way in which a pattern fits at a place. */
export function fits(
  tokens: readonly Token[],
  at: number,
  pattern: string,
  parts: Readonly<Record<string, Part>>,
): Fit[] {
  const begin: Fit = { end: at, bound: [], taken: [] };
  let ways: readonly Fit[] = [begin];
  for (const element of elementsOf(pattern)) {
    ways = ways.flatMap((way) => {
      const found = step(tokens, way, element, parts);
      return element.optional ? [...found, way] : found;
    });
    if (ways.length === 0) return [];
  }
  return ways.filter(({ taken }) => taken.length > 0);
}

function step(
  tokens: readonly Token[],
  way: Fit,
  element: Element,
  parts: Readonly<Record<string, Part>>,
): Fit[] {
  const found: Fit[] = [];
  for (let at = way.end; at - way.end <= MOST_SKIPPED; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (element.part !== undefined) {
      found.push(...fitPart(tokens, at, element.part, parts).map((fit) => joined(way, fit)));
    } else {
      const name = element.tags.find((tag) => token.tags.some((each: Tag) => each === tag));
      if (name !== undefined) {
        const bound = [{ name, token, kind: undefined }];
        found.push(joined(way, { end: at + 1, bound, taken: [token] }));
      }
    }
    // A pattern begins where it is looked for.
    if (way.taken.length === 0 || !maySkip(tokens, at)) break;
  }
  return found;
}

function fitPart(
  tokens: readonly Token[],
  at: number,
  name: string,
  parts: Readonly<Record<string, Part>>,
): Fit[] {
  const key = `${name} ${at}`;
  const there = fitted.get(tokens) ?? new Map<string, Fit[]>();
  fitted.set(tokens, there);
  const known = there.get(key);
  if (known !== undefined) return known;
  const found = Object.entries(parts[name] ?? {}).flatMap(([kind, patterns]) =>
    patterns.flatMap((pattern) =>
      fits(tokens, at, pattern, parts).map((fit) => {
        const bound = [{ name: `<${name}>`, token: undefined, kind }, ...fit.bound];
        return { ...fit, bound };
      }),
    ),
  );
  there.set(key, found);
  return found;
}

/** How parts fit in a sentence: dozens of patterns ask for the same. */
const fitted = new WeakMap<readonly Token[], Map<string, Fit[]>>();

function joined(way: Fit, fit: Fit): Fit {
  return {
    end: fit.end,
    bound: [...way.bound, ...fit.bound],
    taken: [...way.taken, ...fit.taken],
  };
}
