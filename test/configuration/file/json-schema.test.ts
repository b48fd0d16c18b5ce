import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { configurationSchema } from "../../../src/configuration/file/json-schema.ts";
import { readConfigurationFile } from "../../../src/configuration/file/read-file.ts";
import { writeConfigurationFile } from "../../../src/configuration/file/write-file.ts";
import { defaultSettings } from "../../../src/store/settings.ts";
import { changed, type Json, junk } from "../../support/changed-json.ts";
import { configurations, names } from "./support.ts";

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

const validator = z.fromJSONSchema(Object(schema));

/** What `config check` says of the shape: which fields there are, of which type, from which words. */
const ofShape = /^(there is no ".*"|it must be|it is missing)/u;

// SCHEMA_RUNS=300 for more of them.
test("the schema takes whatever is exported, and of what was changed in it what the program takes", () => {
  const change = fc.record({ place: fc.nat(2000), value: junk("on", "nps", "en", "1", "15m") });
  const changes = fc.array(change, { minLength: 1, maxLength: 2 });
  let refused = 0;
  fc.assert(
    fc.property(configurations, fc.array(changes, { minLength: 10, maxLength: 10 }), (now, all) => {
      const exported: Json = parse(writeConfigurationFile(now, new Date(0), names));
      expect(validator.safeParse(exported).error).toBeUndefined();
      const file = { ...exported, settings: defaultSettings };
      for (const some of all) {
        const text = JSON.stringify(changed(file, some));
        const { problems } = readConfigurationFile(text, undefined);
        const errors = problems.filter(({ level }) => level === "error");
        const wrong = errors.filter(({ message }) => ofShape.test(message));
        const { success } = validator.safeParse(JSON.parse(text));
        refused += success ? 0 : 1;
        expect({ text, wrong: success ? wrong : [] }).toEqual({ text, wrong: [] });
        expect({ text, isSo: success || errors.length > 0 }).toEqual({ text, isSo: true });
      }
    }),
    { numRuns: Number(process.env.SCHEMA_RUNS ?? 4), endOnFailure: true },
  );
  expect(refused).toBeGreaterThan(10);
});
