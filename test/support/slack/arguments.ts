/** Arguments of Web API methods: forms carry everything as text, nested values as JSON. */
import { z } from "zod";

const parsedJson = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** A nested value: the JSON of it in a form, itself in a JSON body. */
export function nested<T extends z.ZodType>(schema: T) {
  return z.preprocess(parsedJson, schema);
}

export const jsonObject = z.record(z.string(), z.unknown());
export const blocksArgument = nested(z.array(jsonObject));
export const flag = z.preprocess(
  (value) =>
    value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value,
  z.boolean(),
);
export const count = z.coerce.number().int().min(0);
export const timestamp = z.string().regex(/^\d{1,12}\.\d{6}$/, "not a message timestamp");
/** Bounds of a page of history may also be whole seconds. */
export const moment = z.coerce.string().regex(/^\d{1,12}(\.\d{1,6})?$/, "not a timestamp");
/** Ids by commas, or an array. */
export const idList = z.preprocess((value) => {
  const parsed = parsedJson(value);
  return typeof parsed === "string" ? parsed.split(",").map((id) => id.trim()) : parsed;
}, z.array(z.string()));

/** Arguments that every method takes. `team_id` is added by clients of org-wide installations. */
export const everywhere = { token: z.string().optional(), team_id: z.string().optional() };
