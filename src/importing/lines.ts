/**
 * The first look at an imported file: is it UTF-8 text with lines of a sane length? Everything that
 * would make a parser eat memory or read nonsense is refused here, before a single cell is read.
 */
import { isUtf8 } from "node:buffer";
import { AppError } from "../errors.ts";

/**
 * Longest line, in bytes. A record may span lines and has the same limit of its own; this one also
 * stops a line of nothing but commas, which a parser counts as no characters at all.
 */
const LONGEST_LINE = 256 * 1024;

const NEWLINE = 0x0a;
/** So many bytes are enough to know every kind of file below. */
const HEAD = 64;

interface OtherKind {
  readonly bytes: readonly number[];
  readonly what: string;
  /** What to do, where saving it as CSV is not the way. */
  readonly advice?: string;
}

const EXPORT_AGAIN = "Export it once more as CSV (--format csv), which import takes back.";

/** What else people hand in, by the first bytes of the file. */
const otherKinds: readonly OtherKind[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: "a zip archive or a spreadsheet (.xlsx, .ods)" },
  { bytes: [0x1f, 0x8b], what: "a gzip archive" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: "an old spreadsheet (.xls)" },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: "a PDF" },
  { bytes: [0x7b], what: "JSON lines", advice: EXPORT_AGAIN },
  { bytes: [0xef, 0xbb, 0xbf, 0x7b], what: "JSON lines", advice: EXPORT_AGAIN },
  { bytes: [0xff, 0xfe], what: "text in UTF-16" },
  { bytes: [0xfe, 0xff], what: "text in UTF-16" },
];

const ADVICE = 'Save it as "CSV UTF-8 (comma delimited)" and import that file.';

/**
 * Passes the bytes on in blocks of whole lines, so that a block is never cut inside a character.
 * Throws `bad-input` for anything that is not UTF-8 text, naming the line.
 */
export async function* wholeLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let lines = 0;
  let known = false;
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    if (!known && rest.length >= HEAD) {
      refuseOtherKinds(rest);
      known = true;
    }
    const end = rest.lastIndexOf(NEWLINE) + 1;
    if (end > 0 && known) {
      const block = rest.subarray(0, end);
      refuseBadText(block, lines);
      lines += countLines(block);
      rest = rest.subarray(end);
      yield block;
    }
    if (rest.length > LONGEST_LINE) throw tooLong(lines + 1);
  }
  if (!known) refuseOtherKinds(rest);
  refuseBadText(rest, lines);
  if (rest.length > 0) yield rest;
}

function refuseOtherKinds(head: Buffer): void {
  const kind = otherKinds.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (kind)
    throw new AppError("bad-input", `The file is ${kind.what}, not a CSV file.`, {
      advice: kind.advice ?? ADVICE,
    });
  // Plain letters in UTF-16 have a zero as every second byte.
  if (head[0] === 0 || head[1] === 0) {
    throw new AppError("bad-input", "The file is text in UTF-16 or no text at all.", {
      advice: ADVICE,
    });
  }
}

function refuseBadText(block: Buffer, linesBefore: number): void {
  if (isUtf8(block)) return;
  let start = 0;
  for (let line = linesBefore + 1; ; line++) {
    const newline = block.indexOf(NEWLINE, start);
    const end = newline === -1 ? block.length : newline;
    if (!isUtf8(block.subarray(start, end)) || newline === -1) {
      throw new AppError("bad-input", `Line ${line} of the file is not UTF-8 text.`, {
        advice: ADVICE,
      });
    }
    start = end + 1;
  }
}

function countLines(block: Buffer): number {
  let lines = 0;
  for (let at = block.indexOf(NEWLINE); at !== -1; at = block.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

function tooLong(line: number): AppError {
  return new AppError("bad-input", `Line ${line} of the file is longer than 256 KiB.`, {
    advice: "Check that it is a CSV file with one answer a line, and that no quote is left open.",
  });
}
