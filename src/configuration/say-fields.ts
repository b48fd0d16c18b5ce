/** Fields of a survey or a schedule in plain words: what they are called, and how they are. Pure. */
import type { Texts } from "../locales/index.ts";
import type { FieldPath } from "./fields.ts";

/** A label and what is so, or what was so and is now. */
export type SaidRow = readonly [label: string, value: string];

/** How the fields of definitions of one kind are said. */
export interface FieldWords<D> {
  /** Fields with one of these are said once, however many of them changed. */
  readonly group: (path: FieldPath) => string;
  readonly label: (texts: Texts, path: FieldPath, definition: D) => string;
  /** As it is in this definition; `undefined` where there is no such thing in it. */
  readonly value: (texts: Texts, path: FieldPath, definition: D) => string | undefined;
}

/** More than this of a text is not shown beside another. */
const MOST = 200;

/** A person's own words beside others. */
export function quoted(texts: Texts, words: string): string {
  const line = words.replaceAll(/\s+/gu, " ").trim();
  const cut = line.length <= MOST ? line : `${line.slice(0, MOST).toWellFormed()}…`;
  return texts.text("change.quoted", { words: cut });
}

/** "09:00 → 10:00" */
export function fromTo(texts: Texts, from: string | undefined, to: string | undefined): string {
  const none = texts.text("change.nothing");
  return texts.text("change.from-to", { from: from ?? none, to: to ?? none });
}

/** These fields as they were and are. */
export function sayFields<D>(
  texts: Texts,
  words: FieldWords<D>,
  paths: readonly FieldPath[],
  { before, after }: { readonly before: D; readonly after: D },
): SaidRow[] {
  return onceEach(words, paths).flatMap((path): SaidRow[] => {
    const [from, to] = [words.value(texts, path, before), words.value(texts, path, after)];
    if (from === to) return [];
    // What is gone is called as it was.
    const label = words.label(texts, path, to === undefined ? before : after);
    return [[label, fromTo(texts, from, to)]];
  });
}

/** The first of each group. */
export function onceEach<D>(words: FieldWords<D>, paths: readonly FieldPath[]): FieldPath[] {
  const groups = new Map<string, FieldPath>();
  for (const path of paths) {
    const group = words.group(path);
    if (!groups.has(group)) groups.set(group, path);
  }
  return [...groups.values()];
}
