/** What is wrong with a schedule as it was written, in words that say what may stand there instead. */
import { z } from "zod";
import { nearest } from "../../commands/nearest.ts";

/** Where something is wrong, and what to do about it. The path of an unknown field ends with it. */
export interface ScheduleProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The name of the field is wrong, not its value. */
  readonly at?: "key";
}

/** The problems of what `schema` did not take. `written` is what it was given. */
export function explainIssues(
  schema: z.ZodType,
  written: unknown,
  issues: readonly z.core.$ZodIssue[],
): ScheduleProblem[] {
  return issues.flatMap((issue): ScheduleProblem[] => {
    const value = valueAt(written, issue.path);
    switch (issue.code) {
      case "unrecognized_keys": {
        const known = fieldsAt(schema, written, issue.path);
        return issue.keys.map((key) => ({
          path: [...issue.path, key],
          at: "key" as const,
          message: `there is no ${JSON.stringify(key)} here: ${hint(key, known)}`,
        }));
      }
      case "invalid_value":
        return [{ path: issue.path, message: oneOf(value, issue.values.map(String)) }];
      case "invalid_union": {
        const union = plain(schemaAt(schema, written, issue.path.slice(0, -1)));
        if (!(union instanceof z.ZodDiscriminatedUnion)) break;
        return [
          {
            path: issue.path,
            message: oneOf(
              value,
              shapesOf(union).map(([name]) => name),
            ),
          },
        ];
      }
      case "invalid_type":
        return [{ path: issue.path, message: wrongType(value, issue.expected) }];
      case "too_big":
        return [{ path: issue.path, message: `at most ${issue.maximum}${unitOf(issue.origin)}` }];
      case "too_small": {
        const bound = issue.inclusive ? "at least" : "more than";
        return [{ path: issue.path, message: `${bound} ${issue.minimum}${unitOf(issue.origin)}` }];
      }
    }
    return [{ path: issue.path, message: issue.message }];
  });
}

function oneOf(value: unknown, known: readonly string[]): string {
  if (typeof value !== "string") return `it must be one of ${known.join(", ")}`;
  return `there is no ${JSON.stringify(value)}: ${hint(value, known)}`;
}

/** The right word, when it is plain which one was meant, and all there are. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  const all = `there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
  return near === undefined ? all : `did you mean ${near}? (${all})`;
}

const kinds: Readonly<Record<string, string>> = {
  ...{ string: "a text", number: "a number", int: "a whole number", boolean: "true or false" },
  ...{ array: "a list", object: "a group of fields" },
};

function wrongType(value: unknown, expected: string): string {
  const wanted = kinds[expected] ?? expected;
  return value === undefined ? `it is missing: ${wanted}` : `it must be ${wanted}`;
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
function chosen(schema: unknown, written: unknown): unknown {
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
