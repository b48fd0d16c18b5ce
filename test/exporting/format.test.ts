import fc from "fast-check";
import { expect, test } from "vitest";
import { headText, rowsText } from "../../src/exporting/format.ts";
import { guarded, unguarded } from "../../src/exporting/guard.ts";
import { listed, listedPairs, unlisted, unlistedPairs } from "../../src/exporting/lists.ts";
import { readRecords } from "../../src/importing/records.ts";

/** How formulas begin, in what people are known to have written into forms. */
const formulas = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "\0=1",
  "＝1",
  "＋1",
  "－1",
  "＠A1",
  "  =1",
  "'=1",
  "\ufeff=1",
  '=HYPERLINK("http://x","y")',
  "=cmd|' /C calc'!A0",
];

const text = fc.oneof(fc.constantFrom(...formulas), fc.string({ unit: "binary" }));

test("N7 no cell begins like a formula, and each comes back as it was", () => {
  for (const formula of formulas) expect(guarded(formula)).toBe(`'${formula}`);
  fc.assert(
    fc.property(text, (any) => {
      expect(guarded(any)).not.toMatch(/^\s*[=+\-@\t\r\n\0＝＋－＠]/);
      expect(unguarded(guarded(any))).toBe(any);
    }),
  );
});

test("N7 numbers stay numbers, words stay words, and what is quoted is quoted once", () => {
  const row = [-8.95, 0, null, "-8.95", 'say "hi", ok', "a\rb", " x ", "don't"];
  expect(rowsText("csv", [], [row])).toBe(
    `-8.95,0,,'-8.95,"say ""hi"", ok","a\rb"," x ",don't\r\n`,
  );
  expect(headText("csv", ["a", "b"], true)).toBe("\ufeffa,b\r\n");
  expect(rowsText("jsonl", ["a", "b", "c"], [["=1", null, -2]])).toBe('{"a":"=1","c":-2}\n');
});

test("N7 whatever is in cells is read as it was written", async () => {
  // Text of a database: no NUL, no half of a pair.
  const kept = text.filter((any) => !any.includes("\0") && any.isWellFormed());
  const rows = fc.array(fc.array(kept, { minLength: 2, maxLength: 2 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const head = headText("csv", ["one", "other"], true);
      const file = Buffer.from(head + rowsText("csv", [], written));
      const source = (async function* () {
        yield file;
      })();
      const read: string[][] = [];
      for await (const { cells } of readRecords(source)) read.push(cells.map(unguarded));
      expect(read.slice(1)).toEqual(written);
    }),
  );
});

test("lists and pairs come back, whatever is in them", () => {
  const words = fc.string({ unit: "binary", minLength: 1 });
  fc.assert(
    fc.property(fc.array(words), fc.array(fc.tuple(words, words)), (values, pairs) => {
      expect(unlisted(listed(values))).toEqual(values);
      expect(unlistedPairs(listedPairs(pairs))).toEqual(pairs);
    }),
  );
});
