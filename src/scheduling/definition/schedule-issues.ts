/** What is wrong with a schedule as it was written, in words that say what may stand there instead. */
import { z } from "zod";
import { nearest } from "../../commands/nearest.ts";
import { isTextKey, type TextKey } from "../../locales/index.ts";

/** Where something is wrong, and what to do about it. The path of an unknown field ends with it. */
export interface ScheduleProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The name of the field is wrong, not its value. */
  readonly at?: "key";
}

/** A problem that is known by what it is, so that it can be said in every language (say-problem.ts). */
export interface CodedProblem extends ScheduleProblem {
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What the shape itself asks for, in the words of a file. */
export const shapeMessages = {
  length: 'a length of time as "15m", "4h", "30d" or "2w"',
  name: "lower-case letters, digits and hyphens, at most 40",
  characters: "it has a character that cannot be kept",
  ends: "`min`, `max`, or both with `min` not above `max`",
  clock: 'a time of the day as "09:30"',
  "survey-or-steps": "either `survey` or `steps`",
  "steps-repeat": "only a schedule with `steps` repeats",
} as const;
const shapeCodes = new Map<string, ProblemCode>(
  Object.entries(shapeMessages).flatMap(([code, message]) =>
    isProblemCode(code) ? [[message, code] as const] : [],
  ),
);

/** Everything that can be wrong with a schedule: whatever has a text schedule.problem.CODE. */
export type ProblemCode = {
  [K in TextKey]: K extends `schedule.problem.${infer Code}` ? Code : never;
}[TextKey];

function isProblemCode(code: string): code is ProblemCode {
  return isTextKey(`schedule.problem.${code}`);
}

/** The problems of what `schema` did not take. `written` is what it was given. */
export function explainIssues(
  schema: z.ZodType,
  written: unknown,
  issues: readonly z.core.$ZodIssue[],
): CodedProblem[] {
  return issues.flatMap((issue): CodedProblem[] => {
    const { path, message } = issue;
    const value = valueAt(written, path);
    switch (issue.code) {
      case "unrecognized_keys": {
        const known = fieldsAt(schema, written, path);
        return issue.keys.map((key) => ({
          ...{ path: [...path, key], at: "key" as const, code: "unknown-field" },
          message: `there is no ${JSON.stringify(key)} here: ${hint(key, known)}`,
          params: { value: key, ...hinted(key, known) },
        }));
      }
      case "invalid_value":
        return [{ path, ...oneOf(value, issue.values.map(String)) }];
      case "invalid_union": {
        const union = plain(schemaAt(schema, written, path.slice(0, -1)));
        if (!(union instanceof z.ZodDiscriminatedUnion)) break;
        const known = shapesOf(union).map(([name]) => name);
        return [{ path, ...oneOf(value, known) }];
      }
      case "invalid_type":
        return [{ path, ...wrongType(value, issue.expected) }];
      case "too_big":
        return [{ path, ...outOfBounds("at-most", issue.maximum, issue.origin) }];
      case "too_small": {
        const bound = issue.inclusive ? "at-least" : "more-than";
        return [{ path, ...outOfBounds(bound, issue.minimum, issue.origin) }];
      }
    }
    return [{ path, message, code: shapeCodes.get(message) ?? "other", params: {} }];
  });
}

type Said = Pick<CodedProblem, "code" | "message" | "params">;

function oneOf(value: unknown, known: readonly string[]): Said {
  if (typeof value !== "string") {
    const message = `it must be one of ${known.join(", ")}`;
    return { code: "one-of", message, params: { all: known } };
  }
  const message = `there is no ${JSON.stringify(value)}: ${hint(value, known)}`;
  return { code: "unknown-word", message, params: { value, ...hinted(value, known) } };
}

function outOfBounds(
  code: "at-most" | "at-least" | "more-than",
  bound: number | bigint,
  origin: string,
): Said {
  const message = `${code.replace("-", " ")} ${bound}${unitOf(origin)}`;
  const of = origin === "array" || origin === "string" ? origin : "number";
  return { code, message, params: { bound: Number(bound), of } };
}

/** The same for {@link CodedProblem}. */
export function hinted(word: string, known: readonly string[]): CodedProblem["params"] {
  return { near: nearest(word, known) ?? "", all: known };
}

/** The right word, when it is plain which one was meant, and all there are. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  const all = `there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
  return near === undefined ? all : `did you mean ${near}? (${all})`;
}

const kinds: Readonly<Record<string, string>> = {
  ...{ string: "a text", number: "a number", int: "a whole number", boolean: "true or false" },
  ...{ array: "a list", object: "a group of fields", record: "a group of fields" },
};

function wrongType(value: unknown, expected: string): Said {
  const wanted = kinds[expected] ?? expected;
  const params = { type: Object.hasOwn(kinds, expected) ? expected : "other" };
  return value === undefined
    ? { code: "missing", message: `it is missing: ${wanted}`, params }
    : { code: "wrong-type", message: `it must be ${wanted}`, params };
}

function unitOf(origin: string): string {
  if (origin === "array") return " in the list";
  return origin === "string" ? " letters" : "";
}

/** The value that a path leads to. */
function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  let value = written;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The fields that may stand in the object at a path. */
function fieldsAt(schema: z.ZodType, written: unknown, path: readonly PropertyKey[]): string[] {
  const found = chosen(schemaAt(schema, written, path), valueAt(written, path));
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function schemaAt(schema: z.ZodType, written: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = schema;
  for (const [depth, key] of path.entries()) {
    const outer = chosen(at, valueAt(written, path.slice(0, depth)));
    if (outer instanceof z.ZodArray) at = outer.element;
    else at = outer instanceof z.ZodObject ? Reflect.get(outer.shape, key) : undefined;
  }
  return at;
}

/** Without what only says that it may be left out. */
function plain(schema: unknown): unknown {
  const mayBeLeftOut =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return mayBeLeftOut ? plain(schema.unwrap()) : schema;
}

/** Of several shapes the one that `written` names. */
export function chosen(schema: unknown, written: unknown): unknown {
  const found = plain(schema);
  if (!(found instanceof z.ZodDiscriminatedUnion)) return found;
  const named = valueAt(written, [found.def.discriminator]);
  return shapesOf(found).find(([name]) => name === named)?.[1];
}

function shapesOf(union: z.ZodDiscriminatedUnion): (readonly [name: string, shape: z.ZodObject])[] {
  return union.options.flatMap((shape) => {
    if (!(shape instanceof z.ZodObject)) return [];
    const name: unknown = Reflect.get(shape.shape, union.def.discriminator);
    return name instanceof z.ZodLiteral ? [[String(name.value), shape] as const] : [];
  });
}
