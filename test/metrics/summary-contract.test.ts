import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { summarySchema } from "../../src/metrics/summary-contract.ts";

const file = new URL("../../docs/summary.schema.json", import.meta.url);

// After a wanted change: `UPDATE_SCHEMA=1 npx vitest run test/metrics/summary-contract.test.ts`,
// then `npm run fix`. Leaving a field out or giving it another meaning breaks the promise.
test("docs/summary.schema.json is what the type says", () => {
  const schema = {
    title: "aftertalk summary",
    ...z.toJSONSchema(summarySchema, { target: "draft-2020-12" }),
  };
  if (process.env.UPDATE_SCHEMA) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
});

test("docs/summary.md explains every field", () => {
  const words = readFileSync(new URL("../../docs/summary.md", import.meta.url), "utf8");
  const { previous, change, ...fields } = summarySchema.shape;
  const names = [
    ...Object.keys(fields),
    ...["start", "end", "timeZone", "running", "previous", "change"],
    ...["difference", "p", "verdict", "up", "down", "no-clear-change", "too-few"],
  ];
  expect(names.filter((name) => !words.includes(`\`${name}\``))).toEqual([]);
});
