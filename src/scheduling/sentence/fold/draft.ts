/** What the clauses of a sentence said, before it is a schedule. */

import type { Language } from "../../../locales/index.ts";
import type { ScheduleInput } from "../../definition/schedule.ts";
import { phrasesOf } from "../expand.ts";
import type { Clause } from "../parse.ts";
import type { Choice, KnownToSentences, Question, QuestionCode, Span, Use } from "../reading.ts";
import { sentenceWords } from "../words/index.ts";
import type { Sayable } from "../words/words.ts";

type Event = Exclude<ScheduleInput["trigger"], { on: "cron" }>;
export type Audience = NonNullable<ScheduleInput["audience"]>;
export type Limits = NonNullable<ScheduleInput["limits"]>;

/** A time of the day, and by whose clock: `none` when nobody said. */
export interface SaidTime {
  readonly from: readonly number[];
  readonly to?: readonly number[];
  readonly whose: "none" | "local" | "ours" | "zone";
  readonly zone?: string;
  readonly clause: Clause;
}

/** In which row of the sentence a thing was said: a row begins with "then". */
export interface InRow {
  readonly row: number;
  readonly clause: Clause;
}

export interface Draft {
  readonly surveys: (InRow & { key: string | undefined; metric: string | undefined })[];
  readonly events: (InRow & { trigger: Event; delay: string | undefined })[];
  readonly later: (InRow & { time: string })[];
  readonly everys: (InRow & { n: number; unit: string; time: string | undefined; once: boolean })[];
  readonly repeats: (InRow & { time: string | undefined; every: boolean })[];
  /** Day of the month, month, day of the week. */
  readonly crons: (InRow & { days: string })[];
  readonly times: SaidTime[];
  readonly teams: (InRow & { names: readonly string[] })[];
  readonly channels: (InRow & { names: readonly string[] })[];
  audience: Audience;
  limits: Limits;
  readonly used: Use[];
}

export const newDraft = (): Draft => ({
  ...{ surveys: [], events: [], later: [], everys: [], repeats: [], crons: [], times: [] },
  ...{ teams: [], channels: [], audience: {}, limits: {}, used: [] },
});

/** Words to put in the place of others. */
export interface Amendment {
  readonly words: string;
  /** Not said: at the end. */
  readonly at?: Span;
  /** What holds when they are left out. */
  readonly keeps?: string;
}

/** Collects the questions, each with sentences that answer it. */
export interface Asker {
  readonly text: string;
  readonly known: KnownToSentences;
  readonly questions: readonly Question[];
  ask(
    code: QuestionCode,
    span: Span,
    more?: Partial<Pick<Question, "params" | "problem">> & { choices?: readonly Amendment[] },
  ): void;
  say(what: Sayable, params?: Readonly<Record<string, string | number>>): string;
  /** Days that come every week, 1 is Monday: "every Monday". */
  everyWeek(days: readonly number[]): string;
  /** Things that are said one after the other. */
  inRow(...said: readonly string[]): string;
  /** The end of the sentence, where something is missing. */
  readonly end: Span;
}

export function createAsker(text: string, language: Language, known: KnownToSentences): Asker {
  const questions: Question[] = [];
  const trimmed = text.replace(/[\s,.;，。；]+$/u, "");
  const comma = language.startsWith("zh") ? "，" : ", ";
  const put = ({ at, ...amended }: Amendment): Choice => {
    const { words } = amended;
    if (at === undefined) return { ...amended, sentence: `${trimmed}${comma}${words}` };
    const [before, rest] = [text.slice(0, at.start), text.slice(at.end)];
    const sentence = `${spaced(before, words)}${after(words, rest)}`;
    return { ...amended, sentence: words === "" ? withoutGap(sentence) : sentence.trim() };
  };
  return {
    ...{ text, known, questions },
    end: { start: text.length, end: text.length },
    ask(code, { start, end }, { params = {}, choices = [], ...more } = {}) {
      const same = questions.some((each) => each.code === code && each.span.start === start);
      if (same) return;
      const said = { code, span: { start, end }, text: text.slice(start, end), params, ...more };
      questions.push({ ...said, choices: choices.map(put) });
    },
    say(what, params = {}) {
      const pattern = sentenceWords[language].say[what];
      return pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
    },
    everyWeek(days) {
      const { everyWeekday } = sentenceWords[language];
      const all = days.flatMap((day) => phrasesOf(everyWeekday[day - 1] ?? "").slice(0, 1));
      return new Intl.ListFormat(language, { type: "conjunction" }).format(all);
    },
    inRow: (...said) => said.join(comma),
  };
}

/** What stood before and behind what is left out, with one comma between them at most. */
function withoutGap(sentence: string): string {
  const sign = "[,;，、；]";
  return sentence
    .replace(new RegExp(`(?:${sign}\\s*)+(${sign})`, "gu"), "$1")
    .replace(new RegExp(`^(?:\\s|${sign})+|(?:\\s|${sign})+$`, "gu"), "")
    .replace(/ {2,}/gu, " ");
}

/** The sentence says two things of which only one can be: each of them is a choice. */
export function askWhichHolds(asker: Asker, one: Span, other: Span): void {
  const [first, second] = [one, other].map(({ start, end }) => asker.text.slice(start, end));
  asker.ask("contradiction", other, {
    params: { other: first ?? "" },
    choices: [
      { at: other, words: "", keeps: first ?? "" },
      { at: one, words: "", keeps: second ?? "" },
    ],
  });
}

const endsInWord = /[\p{L}\p{N}]$/u;
const beginsWithWord = /^[\p{L}\p{N}]/u;

function spaced(before: string, words: string): string {
  return endsInWord.test(before) && beginsWithWord.test(words)
    ? `${before} ${words}`
    : before + words;
}

function after(words: string, rest: string): string {
  return endsInWord.test(words || " ") && beginsWithWord.test(rest) ? ` ${rest}` : rest;
}
