/**
 * What people press: neutral buttons in rows (red where it cannot be taken back), and selects. Limits are those of
 * https://docs.discord.com/developers/components/reference, in the section of each component.
 */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { Option, Part } from "../../../src/platform.ts";
import { cut, oneLine, widthOf } from "../../common/text.ts";
import { customIdOf } from "./custom-id.ts";
import { literal, small } from "./markdown.ts";

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;
/** A row of controls, or Markdown. */
export type Control = Row | string;

const BUTTON_LABEL = 80;
const ROW = 5;
const OPTION_TEXT = 100;
const SELECT_OPTIONS = 25;
const PLACEHOLDER = 150;
/** So wide are the labels of a row that stays one row in a window; a phone wraps it. */
const ROW_WIDTH = 44;
/** More buttons one under another are a page, not a question. */
const COLUMN = 10;

/** How controls are drawn. */
export interface ControlDrawing {
  /** Of a direct message, see custom-id.ts. */
  readonly guildId?: string | undefined;
  /** Everything as selects: two components for up to 25 options. */
  readonly compact: boolean;
  /** Tells the selects of a message from one another. */
  readonly place: number;
  /** Cuts what would make the message too long. */
  readonly short: (text: string) => string;
}

/** An option that can be pressed. */
interface Pressable {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly style: ButtonStyle.Secondary | ButtonStyle.Danger;
}

/** The numbers in rows of about the same length, with what the ends mean above and below them. */
export function scaleControls(
  { options, low, high }: Extract<Part, { kind: "scale" }>,
  drawing: ControlDrawing,
): Control[] {
  const all = pressable(options, drawing);
  const end = (option: Pressable | undefined, meaning: string): Control[] => {
    const words = drawing.short(oneLine(meaning));
    if (words === "") return [];
    return [small(option === undefined ? words : `${option.label} = ${words}`)];
  };
  const first = end(all.at(0), low);
  const last = end(all.at(-1), high);
  if (drawing.compact) return [...first, ...last, ...selects(all, drawing)];
  return [...first, ...evenRows(all).map(buttonRow), ...last];
}

/**
 * Beside each other when all fit a row, one under another when not; very long ones in a select, and
 * many where a list to pick from is wanted.
 */
export function choiceControls(
  { options, pick }: Omit<Extract<Part, { kind: "choices" }>, "kind">,
  drawing: ControlDrawing,
): Control[] {
  const all = pressable(options, drawing);
  if (pick !== undefined && all.length > ROW)
    return [...inFull(all, drawing), ...selects(all, drawing, oneLine(pick))];
  const longest = Math.max(0, ...all.map(({ label }) => label.length));
  if (drawing.compact || all.length > COLUMN || longest > BUTTON_LABEL) {
    return [...inFull(all, drawing), ...selects(all, drawing)];
  }
  const width = all.reduce((sum, { label }) => sum + widthOf(label), 0);
  if (all.length <= ROW && width <= ROW_WIDTH) return all.length === 0 ? [] : [buttonRow(all)];
  return all.map((option) => buttonRow([option]));
}

/** Labels that a select would cut are told before it. */
function inFull(options: readonly Pressable[], { short }: ControlDrawing): Control[] {
  if (options.every(({ label }) => label.length <= OPTION_TEXT)) return [];
  return [options.map(({ label }, i) => literal(`${i + 1}. ${short(label)}`)).join("\n")];
}

/** Buttons beside each other, at most five a row. */
export function actionControls(options: readonly Option[], drawing: ControlDrawing): Control[] {
  const all = pressable(options, drawing);
  if (drawing.compact && all.length > 1) return selects(all, drawing);
  return evenRows(all).map(buttonRow);
}

/** The one button of a part that has only one, to stand beside its text. */
export function onlyButton(
  options: readonly Option[],
  drawing: Pick<ControlDrawing, "guildId">,
): APIButtonComponentWithCustomId | undefined {
  const [only, ...more] = pressable(options, drawing);
  return only === undefined || more.length > 0 ? undefined : buttonOf(only);
}

/** A select that says in its place what it is for. */
export function menuControls(
  { label, options }: Extract<Part, { kind: "menu" }>,
  drawing: ControlDrawing,
): Control[] {
  return selects(pressable(options, drawing), drawing, oneLine(label));
}

/** `url` is a normalised one of at most 512 characters. */
export function linkRow(label: string, url: string): Row {
  const button: APIButtonComponentWithURL = {
    type: ComponentType.Button,
    style: ButtonStyle.Link,
    label: cut(label, BUTTON_LABEL),
    url,
  };
  return rowOf([button]);
}

/** An option twice is one option: Discord refuses a custom id that is there already. */
function pressable(
  options: readonly Option[],
  { guildId }: Pick<ControlDrawing, "guildId">,
): Pressable[] {
  const byId = new Map<string, Pressable>();
  for (const option of options) {
    const id = customIdOf(option, guildId);
    if (id === undefined || byId.has(id)) continue;
    const style = option.tone === "danger" ? ButtonStyle.Danger : ButtonStyle.Secondary;
    const hint = oneLine(option.hint ?? "");
    byId.set(id, { id, label: oneLine(option.label) || "…", hint, style });
  }
  return [...byId.values()];
}

function buttonRow(options: readonly Pressable[]): Row {
  return rowOf(options.map(buttonOf));
}

function buttonOf({ id, label, style }: Pressable): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style,
    label: cut(label, BUTTON_LABEL),
    custom_id: id,
  };
}

/** Without words of ours Discord asks to choose, in the language of whoever looks at it. */
function selects(
  options: readonly Pressable[],
  { place }: ControlDrawing,
  placeholder = "",
): Row[] {
  return inGroups(options, SELECT_OPTIONS).map((some, i) =>
    rowOf([
      {
        type: ComponentType.StringSelect,
        custom_id: `select.${place}.${i}`,
        ...(placeholder === "" ? {} : { placeholder: cut(placeholder, PLACEHOLDER) }),
        options: some.map(selectOption),
      },
    ]),
  );
}

function selectOption({ id, label, hint }: Pressable): APISelectMenuOption {
  return {
    label: cut(label, OPTION_TEXT),
    value: id,
    ...(hint === "" ? {} : { description: cut(hint, OPTION_TEXT) }),
  };
}

function rowOf(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}

/** 11 as 4, 4 and 3: a button alone in its row would stand out. */
function evenRows<T>(items: readonly T[]): T[][] {
  const rows = Math.ceil(items.length / ROW);
  return inGroups(items, Math.ceil(items.length / Math.max(rows, 1)));
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let i = 0; i < items.length; i += size) groups.push(items.slice(i, i + size));
  return groups;
}
