/** Commands in a form that can be compared: Discord adds fields, leaves out defaults, sorts. */
import { z } from "zod";

const localizations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((texts) => Object.entries(texts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

const choice = z.object({
  name: z.string(),
  name_localizations: localizations,
  value: z.union([z.string(), z.number()]),
});

const option = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: localizations,
  description: z.string().default(""),
  description_localizations: localizations,
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: z
    .array(choice)
    .nullish()
    .transform((all) => all ?? []),
  get options() {
    return z
      .array(option)
      .nullish()
      .transform((all): unknown[] => all ?? []);
  },
});

const numbers = z
  .array(z.number())
  .nullish()
  .transform((all) => [...(all ?? [])].sort((a, b) => a - b));

const command = z.object({
  type: z.number().default(1),
  name: z.string(),
  name_localizations: localizations,
  description: z.string().default(""),
  description_localizations: localizations,
  default_member_permissions: z
    .string()
    .nullish()
    .transform((bits) => bits ?? null),
  contexts: numbers,
  integration_types: numbers,
  options: z
    .array(option)
    .nullish()
    .transform((all) => all ?? []),
});

/** The same text for the same commands, in whatever order and with whatever else they come. */
export function normalised(commands: unknown): string {
  const parsed = z.array(command).safeParse(commands);
  if (!parsed.success) return "";
  const key = ({ type, name }: z.output<typeof command>) => `${type} ${name}`;
  return JSON.stringify([...parsed.data].sort((a, b) => (key(a) < key(b) ? -1 : 1)));
}
