/** A small form of a schedule: drawn with what was written, and read. Pure. */
import { isTextKey, type Texts, textsFor } from "../../locales/index.ts";
import type { Form, FormField } from "../../platform.ts";
import { sayProblem } from "../../scheduling/definition/say-problem.ts";
import type { CodedProblem } from "../../scheduling/definition/schedule-issues.ts";
import { type DraftContext, draftToken } from "../draft-kind.ts";
import { cronOf, timesOf } from "./cron-days.ts";
import type { EditedField } from "./fields.ts";
import { readWritten, sayWritten } from "./written.ts";

type Drawing = Pick<DraftContext, "engine" | "reader">;
export type Written = Readonly<Record<string, unknown>>;

/** Stands for a choice that is left open: platforms have no empty ones. */
const OPEN = "any";
const MOST_CHOICES = 10;
const LONGEST = 1000;

export interface FormAbout {
  readonly draftId: string;
  readonly section: string;
  readonly fields: readonly EditedField[];
  readonly written: Written;
  /** Keys of the surveys that it may ask. */
  readonly surveys: readonly string[];
}

/** The form; `sent`: what was written into it the last time, and what is wrong with it. */
export function scheduleForm(
  drawing: Drawing,
  about: FormAbout,
  sent?: {
    readonly values: Readonly<Record<string, string>>;
    readonly problems: readonly CodedProblem[];
  },
): Form {
  const texts = textsFor(drawing.reader.language);
  const { draftId, section, fields, written } = about;
  const shown = section === "on-cron" ? timesOf(written) : written;
  const title = section.startsWith("on-") ? "when" : section;
  const key = `schedule.form.${title}`;
  return {
    title: texts.text(isTextKey(key) ? key : "schedule.form.what"),
    submit: {
      label: texts.text("schedule.form.send"),
      token: draftToken(drawing, draftId, "part", section),
    },
    fields: fields.map((field): FormField => {
      const value = sent?.values[nameOf(field)] ?? sayWritten(field.as, valueAt(shown, field.path));
      const wrong = sent?.problems.find((each) => isAt(each, field));
      return {
        ...drawField(texts, field, value, about.surveys),
        ...(wrong === undefined ? {} : { problem: sayProblem(texts, wrong) }),
      };
    }),
  };
}

function drawField(
  texts: Texts,
  field: EditedField,
  value: string,
  surveys: readonly string[],
): FormField {
  const name = nameOf(field);
  const text = (kind: string) => {
    const key = `schedule.${kind}.${field.path.join(".")}`;
    return isTextKey(key) ? texts.text(key) : undefined;
  };
  const hint = text("hint") ?? hintAs(texts, field);
  const shared = {
    ...{ name, label: text("field") ?? name, maxLength: LONGEST },
    multiline: field.multiline === true,
    required: false,
    ...(hint === undefined ? {} : { hint }),
  };
  const all = field.choices === "survey" ? surveys : (field.choices ?? []);
  if (all.length === 0 || all.length > MOST_CHOICES - (field.open ? 1 : 0)) {
    return { ...shared, ...(value === "" ? {} : { value }) };
  }
  const open = field.open ? [{ label: texts.text("schedule.choice.any"), value: OPEN }] : [];
  const choices = [
    ...open,
    ...all.map((each) => ({ label: choiceName(texts, field, each), value: each })),
  ];
  const chosen = choices.some((each) => each.value === value)
    ? value
    : field.open
      ? OPEN
      : undefined;
  return { ...shared, choices, ...(chosen === undefined ? {} : { value: chosen }) };
}

function hintAs(texts: Texts, { as }: EditedField): string | undefined {
  const key = `schedule.hint.as.${as}`;
  return isTextKey(key) ? texts.text(key) : undefined;
}

function choiceName(texts: Texts, { path, choices }: EditedField, value: string): string {
  const last = path.at(-1) ?? "";
  const word = value === "*" ? "all" : value;
  const keys = [
    ...(last === "kind" ? [`schedule.kind.${value}`] : []),
    `schedule.choice.${last}.${word}`,
    ...(choices === "survey" ? [`schedule.choice.survey.${value}`] : []),
    `metric.${value}.name`,
    `schedule.choice.${word}`,
  ];
  const key = keys.find(isTextKey);
  return key === undefined || !isTextKey(key) ? value : texts.text(key);
}

/** The draft with what was sent, and what cannot be read of it. */
export function readForm(
  { section, fields, written }: Pick<FormAbout, "section" | "fields" | "written">,
  values: Readonly<Record<string, string>>,
): { readonly written: Written; readonly problems: readonly CodedProblem[] } {
  const problems: CodedProblem[] = [];
  let after = written;
  for (const field of fields) {
    const { path } = field;
    const raw = values[nameOf(field)] ?? "";
    const read = readWritten(field.as, field.open && raw === OPEN ? "" : raw);
    if ("problem" in read) problems.push(problemAt(path, read.problem, raw.trim()));
    else after = withValue(after, path, read.value);
  }
  return { written: section === "on-cron" ? cronOf(after) : after, problems };
}

function problemAt(path: readonly string[], code: CodedProblem["code"], raw: string): CodedProblem {
  return { path, code, message: code, params: { type: "number", zone: raw } };
}

/** True for what is wrong with this field, or with a part of it. */
export function isAt({ path }: Pick<CodedProblem, "path">, field: EditedField): boolean {
  const own = field.path.every((part, index) => path[index] === part);
  return own || (field.path[0] === "steps" && path[0] === "survey");
}

function nameOf({ path }: EditedField): string {
  return path.join("_");
}

export function valueAt(written: Written, path: readonly string[]): unknown {
  let value: unknown = written;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

/** The same with another value; without it when it is undefined. */
function withValue(written: Written, path: readonly string[], value: unknown): Written {
  const [first, ...rest] = path;
  if (first === undefined) return written;
  const { [first]: before, ...others } = written;
  if (rest.length === 0) return value === undefined ? others : { ...written, [first]: value };
  const inner = typeof before === "object" && before !== null ? { ...before } : {};
  return { ...written, [first]: withValue(inner, rest, value) };
}
