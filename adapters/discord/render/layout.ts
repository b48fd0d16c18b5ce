/**
 * What stands beside what: a question is bold, its only button stands beside its text, a link is
 * small print behind a note or shares the row of buttons; a card has an edge in our colour.
 */
import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  type APITextDisplayComponent,
  ComponentType,
  SeparatorSpacingSize,
} from "discord.js";
import type { Part } from "../../../src/platform.ts";
import { type actionControls, onlyButton } from "./controls.ts";
import { SMALL } from "./markdown.ts";
import { type Block, type Drawing, linkWords, partBlocks } from "./parts.ts";

/** The accent of our pictures, see src/charts/theme.ts. */
const ACCENT = 0x0b5cab;
/** Beside a longer text a button is far from its end on a phone. */
const BESIDE = 200;
const ROW = 5;
/** A card says more than what it asks: only a question of it stands out. */
const ASKS = /[?？]$/u;

/**
 * All parts as Discord's components; `merged`: with as few texts as there can be. Only cards are in
 * a container: a question is as plain as a person's message, and where we read messages back one
 * with a container has been seen to make that fail (discord/discord-api-docs#8611).
 */
export function layOut(
  parts: readonly Part[],
  drawing: Drawing & { readonly merged: boolean },
): APIMessageTopLevelComponent[] {
  const isCard = parts.some(({ kind }) => kind === "heading");
  let blocks: Block[] = [];
  for (const place of parts.keys()) blocks = placed(blocks, { drawing, parts, place, isCard });
  const inner = (drawing.merged ? mergedTexts(blocks) : blocks).map(component);
  if (!isCard || inner.length === 0) return inner;
  return [{ type: ComponentType.Container, accent_color: ACCENT, components: inner }];
}

interface Placing {
  readonly drawing: Drawing & { readonly merged: boolean };
  readonly parts: readonly Part[];
  readonly place: number;
  readonly isCard: boolean;
}

/** The blocks so far with those of one more part. */
function placed(before: Block[], { drawing, parts, place, isCard }: Placing): Block[] {
  const part = parts[place];
  if (part === undefined) return before;
  const last = before.at(-1);
  const previous = parts[place - 1]?.kind;
  if (part.kind === "link" && previous === "note" && isSmall(last)) {
    const link = linkWords(part.link).map((words) => ` · ${words}`);
    return [...before.slice(0, -1), `${last}${link.join("")}`];
  }
  // The buttons of a card are about all of it.
  if (part.kind === "actions" && !isCard && isWords(previous)) {
    const beside = section(last, part, drawing);
    if (beside !== undefined) return [...before.slice(0, -1), beside];
  }
  const bold =
    isQuestion(parts, place) && (!isCard || ASKS.test(part.kind === "text" ? part.text : ""));
  const blocks = partBlocks(part, place, { ...drawing, bold });
  if (part.kind === "actions" && previous === "link") return inOneRow(before, blocks);
  const apart =
    isCard && !drawing.merged && (beginsQuotes(parts, place) || isSection(parts, place));
  const [first, ...more] = blocks;
  // A title stands with what follows it.
  if (isTitle(parts[place - 1]) && typeof last === "string" && typeof first === "string")
    return [...before.slice(0, -1), `${last}\n${first}`, ...more];
  return [...before, ...(apart ? [divider] : []), ...blocks];
}

function isTitle(part: Part | undefined): boolean {
  return part?.kind === "heading" && part.minor === true;
}

/** A section of a card; the first one follows its heading at once. */
function isSection(parts: readonly Part[], place: number): boolean {
  const previous = parts[place - 1];
  return isTitle(parts[place]) && previous !== undefined && previous.kind !== "heading";
}

function isWords(kind: Part["kind"] | undefined): boolean {
  return kind === "text" || kind === "quote" || kind === "note";
}

function isSmall(block: Block | undefined): block is string {
  return typeof block === "string" && block.startsWith(SMALL);
}

/** What is asked: the text above its answers, or above the hint how to write one. */
function isQuestion(parts: readonly Part[], place: number): boolean {
  const [kind, next, after] = parts.slice(place, place + 3).map((part) => part.kind);
  if (kind !== "text") return false;
  return next === "scale" || next === "choices" || (next === "note" && after === "actions");
}

/** What a card quotes stands apart, with the line that says what it is. */
function beginsQuotes(parts: readonly Part[], place: number): boolean {
  const first = parts.findIndex(({ kind }) => kind === "quote");
  return place === first - 1 && place > 0 && parts[place]?.kind === "text";
}

/** The text with the only button of the part beside it. */
function section(
  text: Block | undefined,
  { options }: Extract<Part, { kind: "actions" }>,
  drawing: Drawing,
): APISectionComponent | undefined {
  const button = onlyButton(options, drawing);
  if (button === undefined || typeof text !== "string" || text.length > BESIDE) return undefined;
  return { type: ComponentType.Section, components: [textDisplay(text)], accessory: button };
}

/** The buttons behind the link in its row, if there is room for all of them. */
function inOneRow(before: readonly Block[], blocks: readonly Block[]): Block[] {
  const [last, first, ...more] = [before.at(-1), ...blocks];
  if (!isButtons(last) || !isButtons(first) || more.length > 0) return [...before, ...blocks];
  const components = [...last.components, ...first.components];
  if (components.length > ROW) return [...before, ...blocks];
  return [...before.slice(0, -1), { ...last, components }];
}

type Row = Extract<ReturnType<typeof actionControls>[number], object>;

function isButtons(block: Block | undefined): block is Row {
  return (
    typeof block === "object" &&
    block.type === ComponentType.ActionRow &&
    block.components.every(({ type }) => type === ComponentType.Button)
  );
}

function mergedTexts(blocks: readonly Block[]): Block[] {
  const merged: Block[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    if (typeof block === "string" && typeof last === "string") {
      merged.splice(-1, 1, `${last}\n${block}`);
    } else merged.push(block);
  }
  return merged;
}

const divider: APIComponentInContainer = {
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
};

function component<T>(block: T | string): T | APITextDisplayComponent {
  return typeof block === "string" ? textDisplay(block) : block;
}

export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}
