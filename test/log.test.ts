import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../src/errors.ts";
import { createLog } from "../src/log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog("debug", { write: (line) => lines.push(line) }));
  return lines.join("");
}

test("P7 what an error of somebody else's says is not in the log, however many lines it has", () => {
  const line = fc.constantFrom("\n", "\r\n", "\n    at ", " at ", "Error: ", "x");
  const words = fc.array(line, { maxLength: 6 }).map((parts) => parts.join("canary"));
  fc.assert(
    fc.property(words, (message) => {
      const error = new Error(`${message}canary`, { cause: new Error("canary") });
      expect(logged((log) => log.warn({ error }, "failed"))).not.toContain("canary");
    }),
  );
});

test("P7 what does not have the right shape is not quoted", () => {
  const { error } = z.strictObject({ score: z.literal([1, 2]) }).safeParse({ canary: "canary" });
  expect(error?.message).toContain("canary");
  expect(logged((log) => log.warn({ error }, "failed"))).not.toContain("canary");
});

test("where it was thrown is in the log, and what we say ourselves", () => {
  const error = new AppError("temporary", "out of order");
  const line: unknown = JSON.parse(logged((log) => log.warn({ error }, "failed")));
  expect(line).toMatchObject({ error: { code: "temporary", reason: "out of order" } });
  expect(JSON.stringify(line)).toContain("log.test.ts");
});

test("N13 an event is one line, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (what) => {
      const lines = logged((log) => log.info({ what, ignored: what }, "something"));
      expect(lines.trimEnd().split(/[\n\r]/)).toHaveLength(1);
    }),
  );
});
