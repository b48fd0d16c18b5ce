import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { type CsvRecord, readRecords } from "../../src/importing/records.ts";
import { chunksOf } from "./support.ts";

async function read(source: AsyncIterable<Uint8Array>): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readRecords(source)) records.push(record);
  return records;
}

async function refusalOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const error: unknown = await read(source).catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw error;
  expect(error.code).toBe("bad-input");
  expect(error.advice).toBeDefined();
  return error.message;
}

/** Endless unless somebody stops reading; says how much was taken. */
function endless(start: string, piece: string) {
  const source = {
    taken: 0,
    async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
      yield Buffer.from(start);
      const block = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)));
      for (;;) {
        source.taken += block.length;
        yield block;
      }
    },
  };
  return source;
}

const MEGABYTE = 1024 * 1024;

test("records come with the line on which they begin, whatever the line breaks are", async () => {
  const file = 'a,b\r\n1,"two\r\nlines"\r\n\r\n\n3,"x\ny\nz"\n4,5';
  expect(await read(chunksOf(file, 3))).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["1", "two\r\nlines"] },
    { line: 6, cells: ["3", "x\ny\nz"] },
    { line: 9, cells: ["4", "5"] },
  ]);
});

test("a byte order mark is no part of the first column's name", async () => {
  expect(await read(chunksOf("\u{feff}a,b\n1,2\n"))).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["1", "2"] },
  ]);
});

test("characters that are cut between two reads stay whole", async () => {
  const cell = "九分 👩‍👩‍👧 «девять»";
  for (let size = 1; size < 9; size++) {
    expect(await read(chunksOf(`a\n${cell}\n`, size))).toEqual([
      { line: 1, cells: ["a"] },
      { line: 2, cells: [cell] },
    ]);
  }
});

test.each([
  ["a zip archive", [0x50, 0x4b, 0x03, 0x04], "spreadsheet"],
  ["a gzip archive", [0x1f, 0x8b, 0x08, 0x00], "gzip"],
  ["an old spreadsheet", [0xd0, 0xcf, 0x11, 0xe0], "old spreadsheet"],
  ["JSON lines", [0x7b, 0x22, 0x61, 0x22], "JSON lines"],
  ["JSON lines for Excel", [0xef, 0xbb, 0xbf, 0x7b], "JSON lines"],
  ["a PDF", [0x25, 0x50, 0x44, 0x46], "PDF"],
  ["UTF-16, little end first", [0xff, 0xfe, 0x61, 0x00], "UTF-16"],
  ["UTF-16, big end first", [0xfe, 0xff, 0x00, 0x61], "UTF-16"],
  ["UTF-16 without a mark", [0x61, 0x00, 0x62, 0x00], "UTF-16"],
])("N8 %s is recognised and refused", async (_, head, named) => {
  expect(await refusalOf(chunksOf(Uint8Array.from([...head, ...Array(200).fill(0x20)])))).toContain(
    named,
  );
  expect(await refusalOf(chunksOf(Uint8Array.from(head), 1))).toContain(named);
});

test("N8 a wrong encoding is refused with its line", async () => {
  const latin1 = Buffer.from("metric,score\nnps,9\nnps,m\u00fcde\n", "latin1");
  expect(await refusalOf(chunksOf(latin1, 5))).toBe("Line 3 of the file is not UTF-8 text.");
  const cut = Buffer.from("metric\nfün").subarray(0, -2);
  expect(await refusalOf(chunksOf(cut))).toBe("Line 2 of the file is not UTF-8 text.");
});

test("N8 an endless cell is refused after a little of it", async () => {
  const source = endless('a,b\n1,"', "so many words ");
  expect(await refusalOf(source)).toContain("longer than 256 KiB");
  expect(source.taken).toBeLessThan(MEGABYTE);
});

test("N8 a quote that is never closed is refused after a little", async () => {
  const source = endless('a,b\n1,"open', "\n2,3");
  expect(await refusalOf(source)).toContain("longer than 256 KiB");
  expect(source.taken).toBeLessThan(MEGABYTE);
});

test("N8 a million columns are refused before they are cells", async () => {
  const source = endless("a,b\n", ",");
  expect(await refusalOf(source)).toContain("Line 2 of the file is longer than 256 KiB");
  expect(source.taken).toBeLessThan(MEGABYTE);
});

test("a quote that is open at the end of the file is told as such", async () => {
  expect(await refusalOf(chunksOf('a,b\n1,"open\n2,3\n'))).toContain("never closed");
});

test("text behind a closing quote and quotes inside a cell are told with the line, not with the words", async () => {
  for (const line of ['1,"private"words', '1,private"words"']) {
    const message = await refusalOf(chunksOf(`a,b\n${line}\n`));
    expect(message).toContain("Line 2");
    expect(message).not.toContain("private");
  }
});

/** 30 MB in blocks of 60 KB. Its rows would need more than 64 MB; the program itself needs about 10. */
const large = { blocks: 500, heapMb: 32 };

interface LargeRead {
  readonly count: number;
  /** Bytes taken from the file of which no record was given yet, at most. */
  readonly ahead: number;
}

async function readLarge(options: { keep: boolean }): Promise<LargeRead> {
  const thread = new Worker(new URL("./programs/read-large.ts", import.meta.url), {
    workerData: { blocks: large.blocks, ...options },
    resourceLimits: { maxOldGenerationSizeMb: large.heapMb, maxYoungGenerationSizeMb: 4 },
  });
  try {
    const [result] = await once(thread, "message"); // rejects when the thread runs out of memory
    return result;
  } finally {
    await thread.terminate();
  }
}

test("N8 a large file is read in constant memory", async () => {
  const { count, ahead } = await readLarge({ keep: false });
  expect(count).toBe(250_000);
  expect(ahead).toBeLessThan(MEGABYTE);
});

test("the heap on which a large file is read would not hold its rows", async () => {
  await expect(readLarge({ keep: true })).rejects.toMatchObject({
    code: "ERR_WORKER_OUT_OF_MEMORY",
  });
});
