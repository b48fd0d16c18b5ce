/** What people typed in Discord as plain words: as they read it there, without how it looks. Pure. */
import { type Lookup, readAngle } from "./words/angles.ts";
import { type Piece, readMark, withoutPairs } from "./words/marks.ts";

export type { Lookup } from "./words/angles.ts";

const ESCAPED = /\\([^0-9A-Za-z\s])/y;
const LINK = /\[([^[\]\n]*)\]\(<?(https?:\/\/[^\s<>()]*)>?(?: +"[^"\n]*")?\)/y;
/** At the beginning of a line: big and small letters; a list has points. */
const LINE_START = /^([^\S\n]*)(?:(#{1,3}|-#)|[*-])[^\S\n]+(?=\S)/gm;
const nobody: Lookup = () => undefined;

/**
 * The text of a message in plain words: mentions as names where `lookup` knows them, emoji of guilds
 * by their names, links with their addresses, no marks. Every number that is read there stays one.
 * Linear in the length of the text.
 */
export function plainWords(content: string, lookup: Lookup = nobody): string {
  const text = content.replace(LINE_START, (_, spaces: string, size?: string) =>
    size === undefined ? `${spaces}• ` : spaces,
  );
  const pieces: Piece[] = [];
  const unclosed = new Set<string>();
  for (let i = 0; i < text.length; ) {
    const { taken, piece } = readPiece(text, i, { lookup, unclosed });
    pieces.push(piece);
    i += taken;
  }
  return withoutPairs(pieces);
}

interface Reading {
  readonly lookup: Lookup;
  /** Rows of backticks that nothing closes. */
  readonly unclosed: Set<string>;
}

interface Taken {
  readonly taken: number;
  readonly piece: Piece;
}

function readPiece(text: string, from: number, { lookup, unclosed }: Reading): Taken {
  switch (text.charAt(from)) {
    case "\\":
      return readEscaped(text, from);
    case "`":
      return readCode(text, from, unclosed);
    case "<":
      return readSaying(text, from, lookup);
    case "[":
      return readLink(text, from, lookup);
    default: {
      const mark = readMark(text, from);
      if (mark !== undefined) return { taken: mark.text.length, piece: mark };
      return plain(text, from, nextSign(text, from) - from);
    }
  }
}

/** Where the next sign stands that could mean something. */
function nextSign(text: string, from: number): number {
  SIGN.lastIndex = from + 1;
  return SIGN.exec(text)?.index ?? text.length;
}

const SIGN = /[\\`<[*_|]/g;

function plain(text: string, from: number, length: number): Taken {
  return { taken: length, piece: { text: text.slice(from, from + length) } };
}

function readEscaped(text: string, from: number): Taken {
  ESCAPED.lastIndex = from;
  const sign = ESCAPED.exec(text)?.[1];
  return sign === undefined ? plain(text, from, 1) : { taken: 2, piece: { text: sign } };
}

/** With a digit in it, it could be what somebody says. */
const LANGUAGE = /^(?:[a-z+#-]{1,20}(?=\n\s*\S))?\n*/i;

/** Code means nothing but itself; a block of it may begin with the name of a language. */
function readCode(text: string, from: number, unclosed: Set<string>): Taken {
  const ticks = /`+/y;
  ticks.lastIndex = from;
  const row = ticks.exec(text)?.[0] ?? "`";
  const end = unclosed.has(row) ? -1 : text.indexOf(row, from + row.length);
  if (end < 0) {
    unclosed.add(row);
    return plain(text, from, row.length);
  }
  const code = text.slice(from + row.length, end);
  const said = row.length < 3 ? code : code.replace(LANGUAGE, "");
  return { taken: end + row.length - from, piece: { text: said } };
}

/** An emoji between two numbers parts them. */
function readSaying(text: string, from: number, lookup: Lookup): Taken {
  const found = readAngle(text, from, lookup);
  if (found === undefined) return plain(text, from, 1);
  const { taken, said } = found;
  const space = (beside: string) => (/[\p{L}\p{N}]/u.test(beside) ? " " : "");
  const before = space(text.charAt(from - 1));
  const after = space(text.charAt(from + taken));
  return { taken, piece: { text: `${before}${said}${after}` } };
}

function readLink(text: string, from: number, lookup: Lookup): Taken {
  LINK.lastIndex = from;
  const [whole, label = "", address = ""] = LINK.exec(text) ?? [];
  if (whole === undefined) return plain(text, from, 1);
  const words = plainWords(label, lookup).trim();
  const said = words === "" || words === address ? address : `${words} (${address})`;
  return { taken: whole.length, piece: { text: said } };
}
