import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configurationSchema } from "../../../src/configuration/file/json-schema.ts";

const file = new URL("../../../docs/configuration.schema.json", import.meta.url);
const schema: unknown = JSON.parse(JSON.stringify(configurationSchema()));

// After a wanted change: `UPDATE_SCHEMA=1 npx vitest run test/configuration/file/json-schema.test.ts`,
// then `npm run fix`.
test("docs/configuration.schema.json is what the program reads", () => {
  if (process.env.UPDATE_SCHEMA) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
});

test("every field says what it is, and nothing else may stand beside them", () => {
  const silent: string[] = [];
  const open: string[] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value !== "object" || value === null) return;
    const properties: unknown = Reflect.get(value, "properties");
    if (typeof properties === "object" && properties !== null) {
      if (Reflect.get(value, "additionalProperties") !== false) open.push(path);
      for (const [name, field] of Object.entries(properties)) {
        if (typeof field.description !== "string") silent.push(`${path}.${name}`);
      }
    }
    for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
  };
  walk(schema, "");
  expect({ silent, open }).toEqual({ silent: [], open: [] });
});
