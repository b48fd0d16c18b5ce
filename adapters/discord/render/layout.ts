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
import { type Block, type Drawing, linkWords, partBlocks } from "./parts.ts";

/** The accent of our pictures, see src/charts/theme.ts. */
const ACCENT = 0x0b5cab;
/** Beside a longer text a button is far from its end on a phone. */
const BESIDE = 200;
const ROW = 5;

/** All parts as Discord's components; `merged`: with as few texts as there can be. */
export function layOut(
  parts: readonly Part[],
  drawing: Drawing & { readonly merged: boolean },
): APIMessageTopLevelComponent[] {
  const blocks = parts.reduce<Block[]>(
    (before, part, place) => placed(before, part, { drawing, place, parts }),
    [],
  );
  const inner = (drawing.merged ? mergedTexts(blocks) : blocks).map(component);
  const isCard = parts.some(({ kind }) => kind === "heading");
  if (!isCard && blocks.every((block) => typeof block === "string")) return inner;
  if (inner.length === 0) return [];
  const accent = isCard ? { accent_color: ACCENT } : {};
  return [{ type: ComponentType.Container, ...accent, components: inner }];
}

interface Placing {
  readonly drawing: Drawing & { readonly merged: boolean };
  readonly place: number;
  readonly parts: readonly Part[];
}

/** The blocks so far with those of one more part. */
function placed(before: Block[], part: Part, { drawing, place, parts }: Placing): Block[] {
  const last = before.at(-1);
  const [previous, next] = [parts[place - 1], parts[place + 1]];
  if (part.kind === "link" && previous?.kind === "note" && typeof last === "string") {
    const link = linkWords(part.link).map((words) => ` · ${words}`);
    return [...before.slice(0, -1), `${last}${link.join("")}`];
  }
  if (part.kind === "actions" && previous !== undefined && isWords(previous)) {
    const beside = section(last, part, drawing);
    if (beside !== undefined) return [...before.slice(0, -1), beside];
  }
  const blocks = partBlocks(part, place, { ...drawing, bold: isQuestion(part, next) });
  if (part.kind === "actions" && previous?.kind === "link") return [...inOneRow(before, blocks)];
  const divided = !drawing.merged && before.length > 0 && blocks.length > 0;
  return divided && beginsQuotes(parts, place)
    ? [...before, divider, ...blocks]
    : [...before, ...blocks];
}

function isWords({ kind }: Part): boolean {
  return kind === "text" || kind === "quote" || kind === "note";
}

function isQuestion(part: Part, next: Part | undefined): boolean {
  return part.kind === "text" && (next?.kind === "scale" || next?.kind === "choices");
}

/** What a card quotes stands apart, with the line that says what it is. */
function beginsQuotes(parts: readonly Part[], place: number): boolean {
  if (parts[0]?.kind !== "heading") return false;
  const first = parts.findIndex(({ kind }) => kind === "quote");
  const titled = parts[first - 1]?.kind === "text";
  return first > 0 && place === (titled ? first - 1 : first);
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
