/** From typed filters to the names that they mean, and back to words. */
import { type Language, languages, textsFor } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import { type Filter, type FilterName, filterNames, type Kept } from "../../metrics/filter.ts";
import { readKnown, readKnownOfAnswers } from "../../store/names-of-cuts.ts";
import { sameHuman } from "../../store/same-human.ts";
import type { Db } from "../../store/schema.ts";
import type { Reader } from "../command.ts";
import { filtersIn, type TypedFilter, takeFilters } from "./filter-text.ts";

/** A word that names nothing, or several things. */
export interface WrongFilter {
  readonly ok: false;
  readonly problem: "unknown-name" | "several-names";
  readonly name: FilterName;
  readonly word: string;
  /** What there is, or those that may be meant. */
  readonly known: readonly Kept[];
}

/** The filters of a text and what is left of it, or what is wrong with one. */
export type ReadFilters =
  | { readonly ok: true; readonly filter: Filter; readonly rest: string }
  | WrongFilter;

type About = Pick<Reader, "workspace" | "person" | "language">;

/** Reads the filters in a command's text; a text without one costs nothing. */
export async function readFilters(db: Db, reader: About, text: string): Promise<ReadFilters> {
  const there = filtersIn(text);
  if (there.size === 0) return { ok: true, filter: {}, rest: text };
  const known = new Map<FilterName, Kept[]>();
  for (const [name, typed] of there) {
    known.set(name, await namesOf(db, reader, name, typed));
  }
  const labels = [...known].map(([name, all]) => [name, all.map(({ label }) => label)] as const);
  const { filters, rest } = takeFilters(text, Object.fromEntries(labels));
  const found = new Map<FilterName, Kept[]>();
  for (const typed of filters) {
    const one = await find(db, reader, typed, known.get(typed.name) ?? []);
    if ("ok" in one) return one;
    found.set(typed.name, [...(found.get(typed.name) ?? []), one]);
  }
  const filter = [...found].map(([name, all]) => [name, together(all, reader.language)] as const);
  return { ok: true, filter: Object.fromEntries(filter), rest };
}

/** All names of a kind; those that people type for themselves among them. */
async function namesOf(
  db: Db,
  { workspace }: Pick<About, "workspace">,
  name: FilterName,
  typed: string,
): Promise<Kept[]> {
  const known = await readKnown(db, workspace.id, name, { typed: typed.replace(OPENING, "") });
  if (name !== "language") return known;
  const others = languages.filter((tag) => !known.some(({ label }) => label === tag));
  return [...known, ...others.map((tag) => ({ values: [tag], label: tag }))];
}

const OPENING = /^["'“”„«‘‚「『#@]+/u;

const MYSELF = ["me", "myself", "я", "меня", "мои", "我", "我自己"];

async function find(
  db: Db,
  { workspace, person, language }: About,
  { name, value }: TypedFilter,
  known: readonly Kept[],
): Promise<Kept | WrongFilter> {
  if (name === "agent" && MYSELF.includes(keyOf(value)))
    return { values: await sameHuman(db, workspace.id, person.id), label: person.name };
  const exact = pick(name, value, known, language);
  if (exact !== undefined) return exact;
  // Imported answers may be of teams whose chats are not here.
  const others = await readKnownOfAnswers(db, workspace.id, name);
  const imported = pick(name, value, others, language);
  if (imported !== undefined) return imported;
  const all = [
    ...known,
    ...others.filter(({ label }) => !known.some((one) => one.label === label)),
  ];
  const beginning = known.filter(({ label }) => keyOf(label).startsWith(`${keyOf(value)} `));
  const [only, ...more] = isSomebody(name) && value !== "" ? beginning : [];
  if (only !== undefined && more.length === 0) return only;
  const wrong = { ok: false, name, word: value } as const;
  if (only !== undefined) return { ...wrong, problem: "several-names", known: beginning };
  return { ...wrong, problem: "unknown-name", known: all };
}

/** Names of people and companies may be two people's and two companies'. */
function isSomebody(name: FilterName): boolean {
  return name === "agent" || name === "account";
}

/** Everything that is called so, in whatever spelling. */
function pick(
  name: FilterName,
  value: string,
  known: readonly Kept[],
  language: Language,
): Kept | undefined {
  const wanted = keyOf(value);
  if (wanted === "") return undefined;
  const same = known.filter((each) =>
    name === "language" ? isLanguage(each.label, wanted) : keyOf(each.label) === wanted,
  );
  const [first] = same;
  if (first === undefined) return undefined;
  const values = same.flatMap((each) => each.values);
  const several = isSomebody(name) && same.length > 1;
  const called = { name: first.label, n: same.length };
  const label = several ? textsFor(language).text("filter.same-name", called) : first.label;
  return { values, label };
}

/** A tag, its beginning ("zh" for both of ours), or what it is called in one of our languages. */
function isLanguage(tag: string, wanted: string): boolean {
  const own = tag.toLowerCase();
  if (own === wanted || own.startsWith(`${wanted}-`)) return true;
  return languages.some((language) => languageName(tag, language).toLowerCase() === wanted);
}

/** Names as they are compared: #help and help are one channel, @Anna and Anna one agent. */
export function keyOf(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase().replace(/^[#@]/u, "");
}

/** Any of them. */
function together(all: readonly Kept[], language: Language): Kept {
  const labels = [...new Set(all.map(({ label }) => label))].toSorted();
  const list = new Intl.ListFormat(language, { type: "disjunction" });
  const values = [...new Set(all.flatMap((each) => each.values))].toSorted();
  return { values, label: labels.length === 1 ? (labels[0] ?? "") : list.format(labels) };
}

/** "team Billing · tag refund"; undefined when nothing is left out. */
export function filterLabel(filter: Filter, language: Language): string | undefined {
  const texts = textsFor(language);
  const parts = filterNames.flatMap((name) => {
    const kept = filter[name];
    if (kept === undefined) return [];
    if (name === "team") return [texts.text("filter.team", { team: kept.label })];
    const label = name === "language" ? languageName(kept.label, language) : kept.label;
    return [texts.text(`filter.${name}`, { name: label })];
  });
  return parts.length === 0 ? undefined : parts.join(" · ");
}

/** A name as it is typed behind a colon, in quotes when it has to be. */
export function quoted(name: string): string {
  if (!/[\s"“”„«»「」『』]/u.test(name) || name.includes('"')) return name;
  return `"${name}"`;
}
