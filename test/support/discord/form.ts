/** Checks bodies against their shapes and says what is wrong as Discord does: code 50035 with a tree. */
import { z } from "zod";
import { type FormError, invalidForm } from "./refusal.ts";

/** The code of a field that Discord would quietly drop; this emulator refuses it. */
const UNKNOWN_FIELD = "UNKNOWN_FIELD";

/** The value, or 50035. `at`: where it stands in the body. */
export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: readonly (string | number)[] = [],
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidForm(parsed.error.issues.flatMap((issue) => errorsOf(issue, at)));
}

/** A rule of its own: `rule(ctx, ["label"], "BASE_TYPE_REQUIRED", "…")`. */
export function rule(
  context: z.core.$RefinementCtx,
  path: (string | number)[],
  code: string,
  message: string,
): void {
  context.addIssue({ code: "custom", path, message, params: { code } });
}

export const snowflake = z.string().regex(/^\d{1,20}$/);

/** A text of so many characters. */
export const text = (least: number, most: number) => z.string().min(least).max(most);

function errorsOf(issue: z.core.$ZodIssue, at: readonly (string | number)[]): FormError[] {
  const path = [
    ...at,
    ...issue.path.map((step) => (typeof step === "number" ? step : String(step))),
  ];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: UNKNOWN_FIELD,
      message: `There is no field "${key}" here.`,
    }));
  }
  return [{ path, ...described(issue) }];
}

function described(issue: z.core.$ZodIssue): { code: string; message: string } {
  if (issue.code === "custom") {
    const code = issue.params?.code;
    return { code: typeof code === "string" ? code : "INVALID", message: issue.message };
  }
  if (issue.message.endsWith("received undefined")) {
    return { code: "BASE_TYPE_REQUIRED", message: "This field is required" };
  }
  if (issue.code === "too_big" || issue.code === "too_small") {
    const bound =
      issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
    const isLength = issue.origin === "string" || issue.origin === "array";
    return isLength
      ? { code: "BASE_TYPE_BAD_LENGTH", message: `Must be ${bound} in length.` }
      : { code: "NUMBER_TYPE_RANGE", message: `Must be ${bound}.` };
  }
  if (issue.code === "invalid_union" || issue.code === "invalid_value") {
    return { code: "BASE_TYPE_CHOICES", message: issue.message };
  }
  return { code: "BASE_TYPE_INVALID", message: issue.message };
}
