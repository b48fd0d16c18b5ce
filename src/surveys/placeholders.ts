/**
 * Names that stand in a wording as `{company}`: put in when it is shown, never kept in a version. Whatever a
 * name is, it is words and nothing else: it is put in once, and adapters show words literally. Pure.
 */
import { nearest } from "../commands/nearest.ts";
import { cleanText, countGraphemes } from "./words.ts";

/** Everything that can be put in. */
export const placeholders = ["company", "customer", "agent", "team"] as const;
export type Placeholder = (typeof placeholders)[number];

/** What stands for them; nothing where it is not known. */
export interface Names {
  readonly company: string;
  readonly customer?: string | undefined;
  /** Who handled the chat. */
  readonly agent?: string | undefined;
  readonly team?: string | undefined;
}

/** One word in braces; also in those that Chinese keyboards write. */
const BRACES = /[{｛]\s*(\p{L}[\p{L}\p{N}_-]{0,30})\s*[}｝]/gu;

/** A longer one is no name to say to somebody. */
const LONGEST_NAME = 60;

/** The words with names in the place of placeholders; whatever else stands in braces stays. */
export function fillIn(words: string, names: Names): string {
  const company = named(names.company);
  const team = named(names.team) || company;
  const known = { company, team, agent: named(names.agent) || team };
  const filled = words.replace(BRACES, (braces, word: string) => {
    const which = readPlaceholder(word);
    if (which === undefined) return braces;
    return which === "customer" ? named(names.customer) || NOBODY : known[which];
  });
  return filled.includes(NOBODY) ? withoutNobody(filled) : filled;
}

/** Which of them stand in the words. */
export function placeholdersIn(words: string): readonly Placeholder[] {
  const found = [...words.matchAll(BRACES)].flatMap(([, word = ""]) => readPlaceholder(word) ?? []);
  return [...new Set(found)];
}

/** Words in braces that look like a placeholder and are none, each with the one that was meant. */
export function unknownIn(
  words: string,
): readonly { readonly word: string; readonly meant: Placeholder | undefined }[] {
  const found = [...words.matchAll(BRACES)].map(([, word = ""]) => word);
  return [...new Set(found)]
    .filter((word) => readPlaceholder(word) === undefined)
    .map((word) => ({ word, meant: meantBy(word) }));
}

function readPlaceholder(word: string): Placeholder | undefined {
  return placeholders.find((each) => each === word.toLowerCase());
}

/** What else they are called. */
const otherWords: Readonly<Record<Placeholder, string>> = {
  company: "firm business brand organisation organization workspace 公司 企业 企業 компания фирма",
  customer: "name client user person firstname 客户 客戶 姓名 名字 用户 用戶 имя клиент",
  agent: "operator assistant handler representative 客服 坐席 агент оператор сотрудник",
  team: "group department 团队 團隊 команда отдел",
};

function meantBy(word: string): Placeholder | undefined {
  const lower = word.toLowerCase();
  const called = placeholders.find((each) => otherWords[each].split(" ").includes(lower));
  return called ?? nearest(lower, placeholders);
}

/** On one line, and no longer than somebody is called. */
function named(name = ""): string {
  const line = cleanText(name).replace(/\s+/gu, " ").replaceAll(NOBODY, "");
  if (countGraphemes(line) <= LONGEST_NAME) return line;
  return `${cleanText(line, LONGEST_NAME - 1)}…`;
}

/** Stands where nobody's name is known; no text of ours or anybody else's has it. */
const NOBODY = "\u{F0000}";

/** "Hi {customer}, how…" is "Hi, how…", and "{customer}, how…" is "How…". */
function withoutNobody(words: string): string {
  const without = words
    .replace(new RegExp(`^${NOBODY}\\s*[,，、:：!！]?\\s*`, "u"), "")
    .replace(new RegExp(`([,，、])\\s*${NOBODY}\\s*(?=[,，、])`, "gu"), "")
    .replace(new RegExp(`[,，、]?\\s*${NOBODY}`, "gu"), "");
  return words.startsWith(NOBODY) ? upperFirst(without) : without;
}

function upperFirst(words: string): string {
  const [first = "", ...rest] = words;
  return first.toUpperCase() + rest.join("");
}
