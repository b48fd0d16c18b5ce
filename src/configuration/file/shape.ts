/** What a shape does not take, and the fields that it does not know, all at once. Pure. */
import { z } from "zod";
import { chosen, explainIssues, hint } from "../../scheduling/definition/schedule-issues.ts";
import { isFields } from "./filed.ts";
import type { FieldProblem } from "./yaml-document.ts";

/** What was written as the schema has it, or everything that is wrong with it. */
export function checkShape<T>(
  schema: z.ZodType<T>,
  written: unknown,
): { readonly value: T } | { readonly problems: readonly FieldProblem[] } {
  const parsed = schema.safeParse(written);
  const unknown = unknownFields(schema, written);
  if (parsed.success && unknown.length === 0) return { value: parsed.data };
  const wrong = parsed.success ? [] : explainIssues(schema, written, parsed.error.issues);
  const strict = wrong.filter(({ at }) => at === "key").map(({ path }) => path.join("."));
  return {
    problems: [
      ...wrong.map(aboutQuotes(written)),
      ...unknown.filter(({ path }) => !strict.includes(path.join("."))),
    ],
  };
}

/**
 * Adds how it is written: a number where a text belongs, as an id that has only digits, has lost some of
 * them already; and a truth or a number in quotes is a text.
 */
export function aboutQuotes(written: unknown) {
  return (problem: FieldProblem): FieldProblem => {
    const value = valueAt(written, problem.path);
    const { message } = problem;
    const isNumber = typeof value === "number" && message.includes("a text");
    const isQuoted =
      typeof value === "string" &&
      ((/^(true|false)$/u.test(value) && message.includes("true or false")) ||
        (/^-?\d+(\.\d+)?$/u.test(value) && message.includes("number")));
    if (!isNumber && !isQuoted) return problem;
    return { ...problem, message: `${message}: write it ${isNumber ? "in" : "without"} quotes` };
  };
}

function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    written,
  );
}

/** Kept shapes let fields of newer programs pass; whoever writes a file has mistyped them. */
function unknownFields(
  schema: unknown,
  written: unknown,
  path: readonly PropertyKey[] = [],
): FieldProblem[] {
  const shape = chosen(schema, written);
  if (shape instanceof z.ZodArray && Array.isArray(written)) {
    return written.flatMap((item, n) => unknownFields(shape.element, item, [...path, n]));
  }
  if (!isFields(written)) return [];
  if (shape instanceof z.ZodRecord) {
    return Object.entries(written).flatMap(([key, value]) =>
      unknownFields(shape.valueType, value, [...path, key]),
    );
  }
  if (!(shape instanceof z.ZodObject)) return [];
  const known = Object.keys(shape.shape);
  return Object.entries(written).flatMap(([key, value]): FieldProblem[] => {
    if (known.includes(key))
      return unknownFields(Reflect.get(shape.shape, key), value, [...path, key]);
    const message = `there is no ${JSON.stringify(key)} here: ${hint(key, known)}`;
    return [{ path: [...path, key], at: "key", message }];
  });
}
