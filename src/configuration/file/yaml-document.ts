/** A YAML file that people write: its value, where everything in it stands, and what is wrong. Pure. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { sayYamlError } from "./yaml-words.ts";

/** What is wrong at a path; `at: "key"`: the name of the field is wrong, not its value. */
export interface FieldProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly at?: "key";
}

/** Lines and columns are counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlFile {
  readonly value: unknown;
  /** Where the thing at a path stands, or the last thing on the way to it that is there. */
  place(problem: Pick<FieldProblem, "path" | "at">): Place;
  /** What was written there, in short; `undefined` where nothing is or a group of fields. */
  written(path: readonly PropertyKey[]): string | undefined;
}

/** Something wrong in the text itself. */
export type TextProblem = Place & { readonly message: string };

/** The file as YAML 1.2, or everything for which it is none. */
export function readYaml(text: string): YamlFile | { readonly problems: readonly TextProblem[] } {
  const source = text.replace(/^\uFEFF/u, "").replace(/\r\n?/g, "\n");
  const lines = new LineCounter();
  const document = parseDocument(source, {
    ...{ lineCounter: lines, prettyErrors: false, version: "1.2" },
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const wrong = errorsIn(document, source).map(({ pos, message }) => ({ ...at(pos), message }));
  // What follows in a line from its first error says nothing more.
  const problems = wrong.filter(({ line }, n) => wrong.findIndex((it) => it.line === line) === n);
  if (problems.length > 0) return { problems };
  const contents = contentsOf(document);
  if ("problem" in contents) return { problems: [{ ...at(0), message: contents.problem }] };
  return {
    value: contents.value,
    place: ({ path, at: what }) => at(offsetOf(document, path, what === "key")),
    written: (path) => shortly(nodeAt(document, path)),
  };
}

interface Wrong {
  readonly pos: number;
  readonly message: string;
}

function errorsIn(document: Document.Parsed, source: string): Wrong[] {
  const { explicit, version } = document.directives.yaml;
  const other = explicit === true && version !== "1.2";
  const errors = document.errors.map((error) => ({
    pos: error.pos[0],
    message: sayYamlError(error, source),
  }));
  const all = [
    ...(other ? [{ pos: 0, message: `it is read as YAML 1.2: take %YAML ${version} away` }] : []),
    ...errors,
    ...(errors.length === 0 ? nodesWithoutMeaning(document) : []),
  ];
  return all.filter(
    ({ pos, message }, n) => all.findIndex((it) => it.pos === pos && it.message === message) === n,
  );
}

/** Looking for what each stands for takes time. */
const MOST_ALIASES = 200;

/** What is YAML, but nothing that can stand in a file of ours. */
function nodesWithoutMeaning(document: Document.Parsed): Wrong[] {
  const wrong: Wrong[] = [];
  const add = (node: Node, message: string) => wrong.push({ pos: node.range?.[0] ?? 0, message });
  let aliases = 0;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && node.tag !== undefined) {
        add(node, "a word that begins with ! means nothing here; a text is written in quotes");
      }
    },
    Pair(_, { key }) {
      if (isNode(key) && !isScalar(key)) add(key, "the name of a field is one word");
    },
    Alias(_, alias, ancestors) {
      aliases += 1;
      if (aliases > MOST_ALIASES) {
        add(alias, `there are more than ${MOST_ALIASES} repetitions by *name`);
        return visit.BREAK;
      }
      const problem = aliasProblem(document, alias, ancestors);
      if (problem !== undefined) add(alias, problem);
      return undefined;
    },
  });
  return wrong;
}

/** One of nothing, or within what it stands for, which would never end. */
function aliasProblem(
  document: Document,
  alias: Alias,
  ancestors: readonly unknown[],
): string | undefined {
  const name = JSON.stringify(`*${alias.source}`);
  const target = alias.resolve(document);
  if (target === undefined) {
    return `${name} repeats nothing: there is no &${alias.source} before it; a text that begins with * is written in quotes`;
  }
  return ancestors.includes(target) ? `${name} repeats what it stands in, without end` : undefined;
}

/** What too many repetitions of an anchor would become is not computed. */
function contentsOf(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() };
  } catch {
    return { problem: "an anchor is repeated too often" };
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[], wantsKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, key] of path.entries()) {
    const step = stepInto(resolved(document, node), key);
    if (step === undefined) break;
    // A value is pointed at itself; a group of them by its name.
    const byName = step.name !== undefined && (wantsKey || !isScalar(step.value));
    const pointed = byName && depth === path.length - 1 ? step.name : step.value;
    offset = startOf(pointed) ?? offset;
    node = step.value;
  }
  return offset;
}

function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  let node: unknown = document.contents;
  for (const key of path) node = stepInto(resolved(document, node), key)?.value;
  return resolved(document, node);
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function stepInto(node: unknown, key: PropertyKey): { name?: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((each) => isScalar(each.key) && isNamed(each.key.value, key));
    return pair && { name: pair.key, value: pair.value };
  }
  return isSeq(node) && typeof key === "number" ? { value: node.items[key] } : undefined;
}

/** A number as a key is a text in what is made of it. */
function isNamed(written: unknown, key: PropertyKey): boolean {
  return String(written ?? "") === String(key);
}

function startOf(node: unknown): number | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  return node.range?.[0];
}

/** So much of what was written is repeated. */
const MOST_SHOWN = 40;

function shortly(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  const written = node.source ?? String(node.value);
  const [line = ""] = written.split("\n", 1);
  const letters = [...line];
  const cut = letters.length > MOST_SHOWN || line !== written;
  return cut ? `${letters.slice(0, MOST_SHOWN).join("")}…` : line;
}
