/** JSON Schema of the configuration file, for editors. Pure. */
import { z } from "zod";
import { textsFor } from "../../locales/index.ts";
import { scheduleSchema } from "../../scheduling/definition/schedule.ts";
import { settingsSchema } from "../../store/settings.ts";
import { settingAbout, settingHint, settingLabel, settingsTable } from "../settings-table.ts";
import { descriptions, examples } from "./descriptions.ts";
import { isFields } from "./filed.ts";
import { FILE_VERSION } from "./read-file.ts";
import { groupRole, personRole } from "./read-roles.ts";
import { filedSurveySchema, surveyStates } from "./read-surveys.ts";

const file = z.strictObject({
  version: z.literal(FILE_VERSION),
  asOf: z.string().nullable().optional(),
  settings: settingsSchema.optional(),
  surveys: z.array(filedSurveySchema).optional(),
  schedules: z
    .array(z.object({ state: z.enum(surveyStates).optional(), ...scheduleSchema.shape }))
    .optional(),
  roles: z.array(z.union([personRole, groupRole])).optional(),
});

/** Every field with what it is, what may stand there, and an example where one helps. */
export function configurationSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(file, { target: "draft-7", io: "input" });
  const { $schema, ...rest } = schema;
  return { $schema, title: "aftertalk configuration", ...explained(rest, "") };
}

const texts = textsFor("en");
const about = new Map([
  ...Object.entries(descriptions),
  ...settingsTable.map((setting): [string, string] => [
    `settings.${setting.name}`,
    `${settingLabel(texts, setting)}: ${settingAbout(texts, setting)} As it is typed: ${settingHint(texts, setting)}.`,
  ]),
]);

function explained(
  schema: Readonly<Record<string, unknown>>,
  path: string,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(schema)) {
    if (word === "properties" && isFields(value)) made[word] = propertiesIn(value, path);
    else if (Array.isArray(value)) made[word] = value.map((each) => inner(each, path));
    else made[word] = inner(value, path);
  }
  if (isFields(schema.properties)) made.additionalProperties = false;
  // A part of the settings whose fields are all comments is null.
  if (/^settings(\.\w+)?$/.test(path) && schema.type === "object") made.type = ["object", "null"];
  return made;
}

function inner(value: unknown, path: string): unknown {
  return isFields(value) ? explained(value, path) : value;
}

function propertiesIn(
  properties: Readonly<Record<string, unknown>>,
  path: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const at = path === "" ? name : `${path}.${name}`;
      const description = about.get(at) ?? about.get(`*.${name}`);
      const example = examples[at];
      return [
        name,
        {
          ...(description === undefined ? {} : { description }),
          ...(isFields(value) ? explained(value, at) : {}),
          ...(example === undefined ? {} : { examples: [example] }),
        },
      ];
    }),
  );
}
