/**
 * Each part of a message as Slack's blocks. Words of people and of ourselves are plain text or rich
 * text, so nothing in them can become a mention, a link or a style; mrkdwn are our own links only,
 * because small print can hold them in no other way. Pages are those of https://docs.slack.dev/reference/block-kit.
 */
import type { types } from "@slack/bolt";
import type { Link, Part } from "../../../src/platform.ts";
import { barLines } from "../../common/bar.ts";
import { markedRuns } from "../../common/marked-runs.ts";
import { clean, cut, held, oneLine, widthOf } from "../../common/text.ts";
import { buttonBlocks, choiceBlocks, menuBlocks, scaleBlocks } from "./controls.ts";
import { mrkdwnLink, pieces } from "./mrkdwn.ts";
import { bold, line, plain, plainText, preformatted, richText } from "./texts.ts";

type Block = types.KnownBlock;
type RichTextBlockElement = types.RichTextBlockElement;

/** blocks/section-block: `text`. */
const SECTION_TEXT = 3000;
/** Documented for fields of a section; for context blocks nothing else is. */
const CONTEXT_TEXT = 2000;
/** blocks/header-block */
const HEADER_TEXT = 150;
/** blocks/image-block: `alt_text`. */
const ALT_TEXT = 2000;
/** blocks/context-block */
const CONTEXT_ELEMENTS = 10;
/** block-elements/button-element: `url`; for links nothing else is documented. */
const URL_LENGTH = 3000;

/** A line never begins with the dot. */
const BETWEEN = "\u00A0· ";

/** Cells of a whole bar. */
const CELLS = 12;

/** How parts are drawn. */
export interface Drawing {
  /** No text is longer than this, in UTF-16 units. */
  readonly longest: number;
  /** Slack's id of the uploaded picture. */
  readonly pictureFile?: string | undefined;
}

/** The blocks of one part; `place` tells its controls from those of other parts. */
export function partBlocks(part: Part, place: number, drawing: Drawing): Block[] {
  // Cleaning makes texts shorter; what is far beyond the limit need not be looked at.
  const short = (text: string) =>
    cut(clean(text.slice(0, drawing.longest + SECTION_TEXT)), drawing.longest);
  // Of our own words; what people wrote stays as it is.
  const shortHeld = (text: string) => held(short(text));
  switch (part.kind) {
    case "heading":
      return (part.minor ? sectionBlocks : headingBlocks)(oneLine(shortHeld(part.text)));
    case "text":
      return pieces(shortHeld(part.text), SECTION_TEXT).map((text) => ({
        type: "section",
        text: plainText(text),
      }));
    case "note":
      return noteBlocks(shortHeld(part.text));
    case "quote":
      return richText(...quoteElements(part, short));
    case "facts":
      return richText(...factElements(part.rows, shortHeld));
    case "bars":
      return richText(
        ...line(bold(short(part.title))),
        ...preformatted(barLines(part.bars, { cells: CELLS, shorten: short }).join("\n")),
      );
    case "picture":
      return pictureBlocks(part.picture, short, drawing.pictureFile);
    case "file":
      // Blocks hold no file: answers put one into the conversation with us and say so instead.
      return noteBlocks(short(part.file.title));
    case "link":
      return linkBlocks(part.link);
    case "scale":
      return scaleBlocks(part, place, short);
    case "choices":
      return choiceBlocks(part, place, short);
    case "actions":
      return buttonBlocks(part.options, place);
    case "menu":
      return menuBlocks(part, place, short);
  }
}

function headingBlocks(text: string): Block[] {
  if (text === "") return [];
  if (text.length <= HEADER_TEXT) return [{ type: "header", text: plainText(text) }];
  return richText(...line(bold(text)));
}

/** The title of a section, below a line. */
function sectionBlocks(title: string): Block[] {
  return title === "" ? [] : [{ type: "divider" }, ...richText(...line(bold(title)))];
}

/** A title stands with what follows it; below the heading of the card there is no line. */
export function joinTitles(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const [line, title] = joined.slice(-2);
    if (line?.type === "divider" && title?.type === "rich_text" && block.type === "rich_text") {
      joined.splice(-1, 1, { ...title, elements: [...title.elements, ...block.elements] });
    } else joined.push(block);
  }
  return joined.filter(({ type }, i) => type !== "divider" || isBelow(joined[i - 1]));
}

function isBelow(block: Block | undefined): boolean {
  return block !== undefined && block.type !== "header";
}

function noteBlocks(words: string): Block[] {
  return pieces(words, CONTEXT_TEXT).map((text) => ({
    type: "context",
    elements: [plainText(text)],
  }));
}

type Shorten = (text: string) => string;

function quoteElements(
  { text, by, link, marks }: Extract<Part, { kind: "quote" }>,
  short: Shorten,
): RichTextBlockElement[] {
  const words = short(text);
  const runs = markedRuns(words, text, marks).map((run) =>
    run.marked ? bold(run.text) : plain(run.text),
  );
  const name = held(oneLine(short(by ?? "")));
  const links = link === undefined ? [] : linkElements(link);
  const from = name === "" ? [] : [plain(`— ${name}${links.length > 0 ? BETWEEN : ""}`)];
  return [
    ...(words === "" ? [] : [{ type: "rich_text_quote" as const, elements: runs }]),
    ...line(...from, ...links),
  ];
}

/** So wide facts still share a line, which a phone breaks into two. */
const FACTS_WIDTH = 80;
/** A wider value is no figure any more: each of those has a line of its own. */
const FIGURE_WIDTH = 24;

/** **Answers** 118: a few short facts beside each other, others a line each. */
function factElements(
  rows: readonly (readonly [label: string, value: string])[],
  short: Shorten,
): RichTextBlockElement[] {
  const lines = rows
    .map(([label, value]) => [oneLine(short(label)), short(value)] as const)
    .filter(([label, value]) => label !== "" || value !== "");
  const whole = lines.map(([label, value]) => `${label}\u2002${value}`).join(BETWEEN);
  const isWide =
    widthOf(whole) > FACTS_WIDTH || lines.some(([, value]) => widthOf(value) > FIGURE_WIDTH);
  const between = isWide || whole.includes("\n") ? "\n" : BETWEEN;
  return line(
    ...lines.flatMap(([label, value], i) => [
      ...(label === "" ? [] : [bold(label)]),
      plain(`${label === "" ? "" : "\u2002"}${value}${i < lines.length - 1 ? between : ""}`),
    ]),
  );
}

function pictureBlocks(
  { alt, sparkline }: Extract<Part, { kind: "picture" }>["picture"],
  short: Shorten,
  file: string | undefined,
): Block[] {
  const said = cut(short(alt), ALT_TEXT);
  if (file !== undefined) {
    return [{ type: "image", slack_file: { id: file }, alt_text: said || "…" }];
  }
  const curve = short(oneLine(sparkline ?? ""));
  return [
    ...richText(...line(plain(curve))),
    ...(said === "" ? [] : [{ type: "context" as const, elements: [plainText(said)] }]),
  ];
}

/** In small print, where it can share a line with a note before it. */
function linkBlocks(link: Link): Block[] {
  const url = addressOf(link);
  if (url === undefined) return [];
  const text = mrkdwnLink(url.href, oneLine(link.label) || url.host);
  if (text.length > CONTEXT_TEXT) return richText(...line(...linkElements(link)));
  // Verbatim: nothing beside our own link is made alive.
  return [{ type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] }];
}

function linkElements(link: Link): types.RichTextLink[] {
  const url = addressOf(link);
  if (url === undefined) return [];
  return [
    { type: "link", url: url.href, text: cut(oneLine(link.label) || url.host, SECTION_TEXT) },
  ];
}

/** Undefined for what a browser would not open as a page: `javascript:` and the like. */
function addressOf({ url }: Link): URL | undefined {
  const address = URL.parse(url);
  if (address?.protocol !== "https:" && address?.protocol !== "http:") return undefined;
  return address.href.length > URL_LENGTH ? undefined : address;
}

/** Puts a link behind the note that it follows: one line less on a phone. */
export function joinLinks(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (isLink(block) && last?.type === "context" && last.elements.length < CONTEXT_ELEMENTS) {
      joined.splice(-1, 1, { ...last, elements: [...last.elements, ...block.elements] });
    } else joined.push(block);
  }
  return joined;
}

function isLink(block: Block): block is types.ContextBlock {
  return block.type === "context" && block.elements.every(({ type }) => type === "mrkdwn");
}
