/** What stands behind `/survey schedule`: one of its words with a name, or a sentence. Pure. */
import { nearest } from "../../commands/nearest.ts";

/** The words that it takes, in the order of lists. */
export const scheduleWords = [
  ...["list", "add", "edit", "on", "off", "preview", "history", "diff", "rollback", "archive"],
] as const;

type NamedWord = "edit" | "on" | "off" | "preview" | "history" | "diff" | "rollback" | "archive";
const named: readonly NamedWord[] = [
  ...(["edit", "on", "off", "preview", "history", "diff", "rollback", "archive"] as const),
];

export type TypedSchedule =
  | { readonly word: "list" }
  | { readonly word: "show"; readonly name: string }
  /** A new one; `sentence` is empty when nothing was said of it yet, `name` when it was not given one. */
  | { readonly word: "add"; readonly sentence: string; readonly name: string }
  /** `rest`: a sentence to edit by, or the numbers of versions. */
  | { readonly word: NamedWord; readonly name: string; readonly rest: string }
  /** No such schedule, or none was named. */
  | {
      readonly word: "unknown";
      readonly wanted: NamedWord;
      readonly name: string;
      readonly near: string | undefined;
    };

/** `names`: of the schedules that there are. */
export function readTyped(text: string, names: readonly string[]): TypedSchedule {
  const [first = "", ...others] = text.trim().split(/\s+/u);
  const word = first.toLowerCase();
  const rest = text.trim().slice(first.length).trim();
  if (word === "" || (word === "list" && rest === "")) return { word: "list" };
  if (others.length === 0 || /^name:\S*$/u.test(first)) {
    const name = find(first, names);
    if (name !== undefined && others.length === 0) return { word: "show", name };
  }
  if (word === "add") return readAdd(rest);
  const wanted = named.find((each) => each === word);
  return wanted === undefined ? readAdd(text.trim()) : readNamed(wanted, rest, names, text.trim());
}

/** On platforms with options a name stands before the sentence, as `name:pulse`. */
function readAdd(said: string): TypedSchedule {
  const [, name = "", sentence = ""] = /^(?:name:(\S+)\s*)?(.*)$/su.exec(said) ?? [];
  return { word: "add", name, sentence: sentence.trim() };
}

function readNamed(
  wanted: NamedWord,
  rest: string,
  names: readonly string[],
  whole: string,
): TypedSchedule {
  const [typed = "", ...others] = rest.split(/\s+/u);
  const name = find(typed, names);
  if (name !== undefined) return { word: wanted, name, rest: rest.slice(typed.length).trim() };
  const near = nearest(bare(typed), names);
  // "on Mondays at 9 ask nps" begins with one of our words and is a sentence.
  const isSentence =
    near === undefined && others.length > 1 && (wanted === "on" || wanted === "off");
  if (isSentence) return readAdd(whole);
  return { word: "unknown", wanted, name: bare(typed), near };
}

function find(typed: string, names: readonly string[]): string | undefined {
  const name = bare(typed).toLowerCase();
  return names.find((each) => each === name);
}

function bare(typed: string): string {
  return typed.replace(/^name:/u, "").replace(/^["“”„«「『]+|["“”»」』]+$/gu, "");
}

/** Two numbers of versions, as far as they were typed: `2 4`, `2..4`, `v2 v4`. */
export function readVersions(rest: string): number[] {
  return (rest.match(/\d{1,6}/gu) ?? []).map(Number);
}
