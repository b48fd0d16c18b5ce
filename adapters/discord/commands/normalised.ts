/** Commands in a form that can be compared: Discord adds fields, leaves out defaults, sorts. */
import { z } from "zod";

/** Missing, null and empty are the same. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((all) => all ?? []);

const localizations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((texts) => Object.entries(texts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

const numbers = listOf(z.number()).transform((all) => all.toSorted((a, b) => a - b));

const named = {
  name: z.string(),
  name_localizations: localizations,
  description: z.string().default(""),
  description_localizations: localizations,
};

const choice = z.object({
  name: z.string(),
  name_localizations: localizations,
  value: z.union([z.string(), z.number()]),
});

const option = z.object({
  ...named,
  type: z.number(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: listOf(choice),
});

const command = z.object({
  ...named,
  type: z.number().default(1),
  default_member_permissions: z.string().nullable().default(null),
  contexts: numbers,
  integration_types: numbers,
  options: listOf(option.extend({ options: listOf(option) })),
});

/** The same text for the same commands, in whatever order and with whatever else they come. */
export function normalised(commands: unknown): string {
  const parsed = z.array(command).safeParse(commands);
  if (!parsed.success) return "";
  const key = ({ type, name }: z.output<typeof command>) => `${type} ${name}`;
  return JSON.stringify(parsed.data.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)));
}
