/** What the forms of a survey's draft are made of. Pure. */
import { languageName } from "../../locales/language-name.ts";
import type { Form, FormField } from "../../platform.ts";
import { type Drawing, listOf } from "./drawing.ts";

/** The longest wording that a survey may have, in UTF-16 units. */
export const MAX_WORDS = 2000;
/** So long is a list of options at most, with room for a mistake that is then told. */
export const MAX_LINES = 3000;
/** So many languages are in one form: with the notice it has as many fields as a form may. */
const A_FORM = 4;

/** What was written in a form, and what is wrong with it, by the names of its fields. */
export interface Written {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
}

/** The languages form by form. */
export function pagesOf(languages: readonly string[], size = A_FORM): string[][] {
  const pages = Math.ceil(languages.length / size);
  return Array.from({ length: pages }, (_, i) => languages.slice(i * size, (i + 1) * size));
}

/** What the buttons of these forms are called; the languages are named where there are several. */
export function namedPages(
  { language }: Pick<Drawing, "language">,
  label: string,
  pages: readonly (readonly string[])[],
): string[] {
  if (pages.length === 1) return [label];
  return pages.map((page) => {
    const names = page.map((each) => languageName(each, language));
    return `${label}: ${listOf(names, language)}`;
  });
}

/** One field, with what was written in it and what is wrong with that. */
export function field(
  written: Written | undefined,
  made: Pick<FormField, "name" | "label"> & Partial<FormField>,
): FormField {
  const value = written?.values[made.name] ?? made.value;
  const problem = written?.problems[made.name];
  return {
    ...{ multiline: false, required: false, maxLength: MAX_WORDS, ...made },
    ...(value === undefined ? {} : { value }),
    ...(problem === undefined ? {} : { problem }),
  };
}

type Choice = readonly [value: string, label: string];

/** One of several is chosen. */
export function choiceField(
  written: Written | undefined,
  [name, label]: Choice,
  choices: readonly Choice[],
  value: string,
): FormField {
  const shown = choices.map(([each, words]) => ({ value: each, label: words }));
  return field(written, { ...{ name, label, required: true, choices: shown }, value });
}

/** A form that is kept with the draft when it is sent. */
export function form(
  drawing: Drawing,
  title: string,
  [action, value]: readonly [action: string, value?: string | undefined],
  fields: readonly FormField[],
  notice?: string,
): Form {
  const submit = drawing.button(drawing.texts.text("survey.form.keep"), action, value);
  return { title, submit, fields, ...(notice === undefined ? {} : { notice }) };
}
