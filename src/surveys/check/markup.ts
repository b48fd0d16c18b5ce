/** Marks of other places in a text: people would read them just as they stand. Pure. */
import type { SurveyFinding } from "./finding.ts";
import type { SurveyText } from "./survey-texts.ts";

/** HTML tags; mentions and links of Slack; what stands for a character in HTML; mentions of everybody. */
const gone = [
  /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/giu,
  /<(?:[!@#]|https?:)[^<>\s]*>/giu,
  /&(?:[a-z]{2,8}|#\d{1,6});/giu,
  /(?<![\p{L}\p{N}._-])@(?:everyone|here|channel)\b/giu,
];
/** Bold and code, in Markdown and on Slack; what is in it stays. */
const around = [
  /(?<![\p{L}\p{N}*])(\*{1,2})([^*\s](?:[^*\n]*[^*\s])?)\1(?![\p{L}\p{N}*])/gu,
  /(`)([^`\n]+)\1/gu,
];
const characters: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&quot;", '"'],
  ["&nbsp;", " "],
]);

/** Each language in which there are any, with the same words without them. */
export function markupFindings({ path, words }: SurveyText): SurveyFinding[] {
  return Object.entries(words).flatMap(([language, text]): SurveyFinding[] => {
    const found = [...gone, ...around].flatMap((mark) => text.match(mark) ?? []);
    const [said] = found;
    if (said === undefined) return [];
    const better = without(text);
    return [
      {
        ...{ level: "warning", path, language, code: "markup", params: { said } },
        ...(better === "" ? {} : { better }),
      },
    ];
  });
}

function without(text: string): string {
  const bare = gone.reduce(
    (left, mark) => left.replace(mark, (found) => characters.get(found.toLowerCase()) ?? ""),
    text,
  );
  const plain = around.reduce((left, mark) => left.replace(mark, "$2"), bare);
  return plain.replace(/[^\S\n]+/gu, " ").trim();
}
