/** A reply as clauses of known phrases, numbers and unknown words. */
import type { Language } from "../../locales/index.ts";
import type { MetricName } from "../../metrics/metric.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { lexiconFor, longestPhrase, type Meaning, type Role } from "./vocabulary.ts";

/** A part of the text, in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A phrase we know, a word we do not, a number, a star or a sign. */
export interface Piece extends Span {
  readonly kind: "word" | "number" | "star" | "break" | "mark";
  readonly glued: boolean;
  /** Of its first token, folded. */
  readonly text: string;
  readonly han: boolean;
  /** Of a break: true at the end of a sentence. */
  readonly strong: boolean;
  readonly roles: ReadonlySet<Role>;
  readonly labels: ReadonlyMap<MetricName, number>;
  /**
   * Of a number; NaN when it is none that could be a score: 7.5, 10:30, ½, v2, 七八. Of a star: 1,
   * or 0 when it is empty.
   */
  readonly value: number;
  /** True for a number in words. */
  readonly spelled: boolean;
}

/** What stands between two breaks, or behind a word like "because". Never empty. */
export interface Clause extends Span {
  readonly pieces: readonly Piece[];
  /** The sign right before it, "" when there is none. */
  readonly opener: string;
  /** True when a whole sentence begins or ends here. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** True when a question mark follows. */
  readonly asks: boolean;
}

const noRoles: ReadonlySet<Role> = new Set();
const noLabels: ReadonlyMap<MetricName, number> = new Map();

export function has(piece: Piece | undefined, ...roles: readonly Role[]): boolean {
  return piece !== undefined && roles.some((role) => piece.roles.has(role));
}

/** The clauses of a cleaned text. Linear in its length. */
export function clausesOf(text: string, language: Language): Clause[] {
  return split(piecesOf(text, language));
}

function piecesOf(text: string, language: Language): Piece[] {
  const tokens = withoutOuterQuotes(tokensOf(text));
  const lexicon = lexiconFor(language);
  const pieces: Piece[] = [];
  for (let i = 0; i < tokens.length; ) {
    const found = longestPhrase(lexicon, tokens, i);
    const end = found?.end ?? i + 1;
    const [first, last] = [tokens[i], tokens[end - 1]];
    if (first === undefined || last === undefined) break;
    pieces.push(pieceOf(first, last, found?.meaning));
    i = end;
  }
  return settleNumbers(pieces);
}

function withoutOuterQuotes(tokens: Token[]): Token[] {
  const isQuote = (token: Token | undefined) => token?.kind === "mark" && token.text === '"';
  const wrapped = tokens.length > 2 && isQuote(tokens.at(0)) && isQuote(tokens.at(-1));
  return wrapped ? tokens.slice(1, -1) : tokens;
}

function pieceOf(first: Token, last: Token, meaning: Meaning | undefined): Piece {
  const spelled = meaning?.number !== undefined;
  const known = spelled ? "number" : "word";
  return {
    kind: meaning === undefined ? first.kind : known,
    start: first.start,
    end: last.end,
    glued: first.glued,
    text: "text" in first ? first.text : "",
    han: first.kind === "word" && first.han,
    strong: first.kind === "break" && first.strong,
    roles: meaning?.roles ?? noRoles,
    labels: meaning?.labels ?? noLabels,
    value: meaning?.number ?? writtenValue(first),
    spelled,
  };
}

function writtenValue(token: Token): number {
  if (token.kind === "star") return token.filled ? 1 : 0;
  return token.kind === "number" && token.plain ? token.value : Number.NaN;
}

/** What only its neighbours can tell of a number. */
function settleNumbers(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, i) => {
    if (piece.kind !== "number") return piece;
    const [previous, next] = [pieces[i - 1], pieces[i + 1]];
    if (!has(previous, "best") && isAdverb(piece, next, pieces[i + 2])) {
      return { ...piece, kind: "word", value: Number.NaN };
    }
    const touchesWord = next?.glued && isLatin(next) && !has(next, "points");
    const touchesNumeral = hanNumeral(piece) && (next?.glued ? hanNumeral(next) : false);
    const followsNumeral = hanNumeral(piece) && piece.glued && hanNumeral(previous);
    const blurred = touchesWord || touchesNumeral || followsNumeral;
    return blurred ? { ...piece, value: Number.NaN } : piece;
  });
}

/** A word in letters: "9am", "8ish". */
function isLatin({ text, han }: Piece): boolean {
  return !han && /^\p{L}/u.test(text);
}

/** 十二, 七八: more than one numeral is none that we read. */
function hanNumeral(piece: Piece | undefined): boolean {
  return piece?.kind === "number" && piece.han;
}

/** "十分满意" is "very satisfied", not ten points. */
function isAdverb(piece: Piece, next: Piece | undefined, afterNext: Piece | undefined): boolean {
  if (!piece.han || piece.value !== 10 || next?.text !== "分") return false;
  return afterNext?.han === true && afterNext.glued && !particles.has(afterNext.text);
}

const particles = new Set(["吧", "啊", "哦", "呀", "啦", "了", "呢", "嘛", "喔", "噢"]);

/** Cuts at breaks and before words like "because"; breaks themselves are left out. */
function split(pieces: readonly Piece[]): Clause[] {
  const clauses: Clause[] = [];
  let open: Piece[] = [];
  let before = { sign: "", strong: true };
  const close = (by: { sign: string; strong: boolean }) => {
    const [first, last] = [open.at(0), open.at(-1)];
    const asks = by.sign.includes("?") || by.sign === "؟";
    if (first !== undefined && last !== undefined) {
      const place = { start: first.start, end: last.end };
      const edges = { opener: before.sign, opens: before.strong, closes: by.strong, asks };
      clauses.push({ pieces: open, ...place, ...edges });
      before = by;
    } else {
      const previous = clauses.pop();
      if (previous !== undefined) {
        const closes = previous.closes || by.strong;
        clauses.push({ ...previous, closes, asks: previous.asks || asks });
      }
      before = { sign: by.sign, strong: before.strong || by.strong };
    }
    open = [];
  };
  for (const piece of pieces) {
    if (piece.kind === "break") close({ sign: piece.text, strong: piece.strong });
    else {
      const begun = open.some((earlier) => !has(earlier, "link"));
      if (has(piece, "link") && begun) close({ sign: "", strong: false });
      open.push(piece);
    }
  }
  close({ sign: "", strong: true });
  return clauses;
}
