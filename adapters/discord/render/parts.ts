/**
 * Each part of a message as Discord's components. All texts are Markdown here, made by markdown.ts,
 * so nothing that anybody wrote is alive in them.
 */
import {
  type APIComponentInContainer,
  type APIFileComponent,
  type APIMediaGalleryComponent,
  ComponentType,
} from "discord.js";
import type { FilePart, Link, Part, Picture } from "../../../src/platform.ts";
import { barLines } from "../../common/bar.ts";
import { markedRuns } from "../../common/marked-runs.ts";
import { clean, cut, held, oneLine, widthOf } from "../../common/text.ts";
import {
  actionControls,
  type ControlDrawing,
  choiceControls,
  linkRow,
  menuControls,
  scaleControls,
} from "./controls.ts";
import {
  bold,
  heading,
  literal,
  maskedLink,
  preformatted,
  quoted,
  SMALL,
  small,
} from "./markdown.ts";

/** components/reference, "Media Gallery": `description`. */
const ALT_TEXT = 1024;
/** Longer than any text that can be shown: what is behind it need not be looked at. */
const FAR = 8000;
/** components/reference, "Button": `url`. A longer one would leave no room for words anyway. */
const LINK_URL = 512;

/** A line never begins with the dot. */
const BETWEEN = "\u00A0· ";

/** Cells of a whole bar. */
const CELLS = 10;

/** What is sent with a message as a file. */
export type Attached = Picture | FilePart;

/** How parts are drawn. */
export interface Drawing {
  /** No text is longer than this, in UTF-16 units. */
  readonly longest: number;
  readonly compact: boolean;
  /** A text is a question: it stands out. */
  readonly bold?: boolean;
  readonly guildId?: string | undefined;
  /** The name that a picture or file is sent as. */
  readonly fileOf: (attached: Attached) => string;
}

/** Markdown of a text display, or a component as it is. */
export type Block = APIComponentInContainer | string;

/** The blocks of one part; `place` tells its controls from those of other parts. */
export function partBlocks(part: Part, place: number, drawing: Drawing): Block[] {
  const short = (text: string) => cut(clean(text.slice(0, FAR)), drawing.longest);
  // Of our own words; what people wrote stays as it is.
  const shortHeld = (text: string) => held(short(text));
  const controls: ControlDrawing = { ...drawing, place, short };
  switch (part.kind) {
    case "heading":
      return shown(oneLine(shortHeld(part.text)), part.minor ? bold : heading);
    case "text":
      return shown(shortHeld(part.text), drawing.bold ? bold : literal);
    case "note":
      return shown(shortHeld(part.text), small);
    case "quote":
      return quoteBlocks(part, short);
    case "facts":
      return factBlocks(part.rows, shortHeld);
    case "bars":
      return barBlocks(part, short);
    case "picture":
      return [galleryOf(part.picture, drawing, short)];
    case "file":
      return fileBlocks(part.file, drawing, short);
    case "link":
      return linkBlocks(part.link);
    case "scale":
      return scaleControls(part, controls);
    case "choices":
      return choiceControls(part, controls);
    case "actions":
      return actionControls(part.options, controls);
    case "menu":
      return menuControls(part, controls);
  }
}

type Shorten = (text: string) => string;

function shown(text: string, markdown: (text: string) => string): string[] {
  return text === "" ? [] : [markdown(text)];
}

/** The words, and below them in small print whose they are and the way there. */
function quoteBlocks(
  { text, by, link, marks }: Extract<Part, { kind: "quote" }>,
  short: Shorten,
): Block[] {
  const words = short(text);
  const name = held(oneLine(short(by ?? "")));
  const from = [
    ...(name === "" ? [] : [literal(`— ${name}`)]),
    ...(link === undefined ? [] : linkWords(link)),
  ];
  const lines = [
    ...(words === "" ? [] : [quoted(markedRuns(words, text, marks))]),
    ...(from.length === 0 ? [] : [`${SMALL}${from.join(BETWEEN)}`]),
  ];
  return lines.length === 0 ? [] : [lines.join("\n")];
}

/** So wide facts still share a line, which a phone breaks into two. */
const FACTS_WIDTH = 60;
/** A wider value is no figure any more: each of those has a line of its own. */
const FIGURE_WIDTH = 24;

/** **Answers** 118: a few short facts beside each other, others a line each. */
function factBlocks(
  rows: readonly (readonly [label: string, value: string])[],
  short: Shorten,
): Block[] {
  const facts = rows
    .map(([label, value]) => [oneLine(short(label)), short(value)] as const)
    .filter(([label, value]) => label !== "" || value !== "");
  if (facts.length === 0) return [];
  const whole = facts.map(([label, value]) => `${label} ${value}`).join(BETWEEN);
  const isWide =
    widthOf(whole) > FACTS_WIDTH || facts.some(([, value]) => widthOf(value) > FIGURE_WIDTH);
  const between = isWide || whole.includes("\n") ? "\n" : BETWEEN;
  const words = facts.map(([label, value]) =>
    [...shown(label, bold), ...shown(value, literal)].join("\u2002"),
  );
  return [words.join(between)];
}

function barBlocks({ title, bars }: Extract<Part, { kind: "bars" }>, short: Shorten): Block[] {
  const lines = barLines(bars, { cells: CELLS, shorten: short }).join("\n");
  const words = [
    ...shown(oneLine(short(title)), bold),
    ...(lines === "" ? [] : [preformatted(lines)]),
  ];
  return words.length === 0 ? [] : [words.join("\n")];
}

function galleryOf(
  picture: Picture,
  { fileOf }: Drawing,
  short: Shorten,
): APIMediaGalleryComponent {
  const description = cut(short(picture.alt), ALT_TEXT);
  const media = { url: `attachment://${fileOf(picture)}` };
  const item = description === "" ? { media } : { media, description };
  return { type: ComponentType.MediaGallery, items: [item] };
}

/** Discord shows the name and the size of a file, and nothing else about it. */
function fileBlocks(file: FilePart, { fileOf }: Drawing, short: Shorten): Block[] {
  const shownAs: APIFileComponent = {
    type: ComponentType.File,
    file: { url: `attachment://${fileOf(file)}` },
  };
  return [...shown(oneLine(short(file.title)), bold), shownAs];
}

function linkBlocks(link: Link): Block[] {
  const url = addressOf(link);
  return url === undefined ? [] : [linkRow(oneLine(link.label) || url.host, url.href)];
}

/** A link as words, for small print. */
export function linkWords(link: Link): string[] {
  const url = addressOf(link);
  return url === undefined ? [] : [maskedLink(cut(oneLine(link.label) || url.host, 80), url.href)];
}

/** Undefined for what a browser would not open as a page: `javascript:` and the like. */
function addressOf({ url }: Link): URL | undefined {
  const address = URL.parse(url);
  if (address?.protocol !== "https:" && address?.protocol !== "http:") return undefined;
  return address.href.length > LINK_URL ? undefined : address;
}
