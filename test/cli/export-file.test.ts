import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { refuseTaken, writeExport } from "../../src/cli/export-file.ts";

const folder = mkdtempSync(join(tmpdir(), "export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const stdout = new PassThrough();
const signal = new AbortController().signal;

async function* pieces(...all: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const piece of all) {
    if (piece instanceof Error) throw piece;
    yield piece;
  }
}

test("a file is there when it is whole, and is never written over", async () => {
  const file = join(folder, "whole.csv");
  await writeExport(pieces("a\r\n", "b\r\n"), { file, stdout, signal });
  expect(readFileSync(file, "utf8")).toBe("a\r\nb\r\n");
  await expect(refuseTaken(file)).rejects.toMatchObject({ code: "bad-input" });
  await refuseTaken(join(folder, "another.csv"));
});

test("what fails or is interrupted half way leaves no file, not even a part of one", async () => {
  const before = readdirSync(folder);
  const file = join(folder, "half.csv");
  const broken = new Error("the database is away");
  const failing = writeExport(pieces("a\r\n", broken), { file, stdout, signal });
  await expect(failing).rejects.toBe(broken);
  const stop = new AbortController();
  const endless = (async function* () {
    for (;;) yield "row\r\n";
  })();
  const stopped = writeExport(endless, { file, stdout, signal: stop.signal });
  const reason = new Error("interrupted");
  setImmediate(() => stop.abort(reason));
  await expect(stopped).rejects.toBe(reason);
  expect(readdirSync(folder)).toEqual(before);
});

test("without a file the rows go to standard output, which stays open", async () => {
  await writeExport(pieces("a\r\n"), { file: undefined, stdout, signal });
  stdout.end("b\r\n");
  expect(await text(stdout)).toBe("a\r\nb\r\n");
});
