/**
 * What people press. The value of each button or option is our token; the action_id is unique in
 * the message and begins with "form:" when a form is the answer. Pages are those of
 * https://docs.slack.dev/reference/block-kit/block-elements.
 */
import type { types } from "@slack/bolt";
import type { Option, Part } from "../../../src/platform.ts";
import { cut, oneLine, widthOf } from "../../common/text.ts";
import { pieces } from "./mrkdwn.ts";
import { line, plain, plainText, richText } from "./texts.ts";

type Block = types.KnownBlock;

/** button-element: `text` and `accessibility_label`. */
const BUTTON_TEXT = 75;
/** Same page: a client may cut what is wider, and a label of a scale must not be cut. */
const BUTTON_WIDTH = 30;
/** composition-objects/option-object: `text`. */
const OPTION_TEXT = 75;
/** blocks/actions-block */
const ACTIONS = 25;
/** radio-button-group-element */
const RADIO_OPTIONS = 10;
/** overflow-menu-element */
const OVERFLOW_OPTIONS = 5;
/** select-menu-element, and its placeholder. */
const SELECT_OPTIONS = 100;
const PLACEHOLDER = 150;
/** composition-objects/text-object; blocks/section-block. */
const TEXT = 3000;

/** What begins the action_id of a control that is answered with a form. */
export const OPENS_FORM = "form:";

/** The row of neutral numbers, and below it in small print what its ends mean. */
export function scaleBlocks(
  part: Extract<Part, { kind: "scale" }>,
  place: number,
  shorten: Shorten,
): Block[] {
  const [first, last] = [part.options.at(0), part.options.at(-1)];
  const ends = [endOf(first, part.low), endOf(last, part.high)]
    .map(shorten)
    .filter((end) => end !== "");
  return [
    ...buttonBlocks(part.options, place),
    ...(ends.length === 0
      ? []
      : [{ type: "context" as const, elements: [plainText(cut(ends.join(" · "), TEXT))] }]),
  ];
}

function endOf(option: Option | undefined, meaning: string): string {
  const words = oneLine(meaning);
  return option === undefined || words === "" ? words : `${labelOf(option)} = ${words}`;
}

/** Cuts what would make the message too long. */
type Shorten = (text: string) => string;

/** More than these are a list to pick from, where one is wanted. */
const MANY = 5;

/**
 * Buttons; a list to pick from where there are many; longer labels as radio buttons, which wrap; still
 * longer ones in a numbered list.
 */
export function choiceBlocks(
  { options, pick }: Omit<Extract<Part, { kind: "choices" }>, "kind">,
  place: number,
  shorten: Shorten,
): Block[] {
  if (pick !== undefined && isList(options)) return selectBlocks(options, place, shorten(pick));
  if (options.every((option) => widthOf(labelOf(option)) <= BUTTON_WIDTH)) {
    return buttonBlocks(options, place);
  }
  const fits = options.every((option) => labelOf(option).length <= OPTION_TEXT);
  return fits && options.length <= RADIO_OPTIONS && new Set(options.map(opensForm)).size === 1
    ? radioBlocks(options, place)
    : listedBlocks(options, place, shorten);
}

/** What would be cut in a list is told in full instead, and forms need an action_id of their own. */
function isList(options: readonly Option[]): boolean {
  const fits = options.every((each) => labelOf(each).length <= OPTION_TEXT && !opensForm(each));
  return fits && options.length > MANY && options.length <= SELECT_OPTIONS;
}

function selectBlocks(options: readonly Option[], place: number, pick: string): Block[] {
  const [first] = options;
  if (first === undefined) return [];
  const element: types.StaticSelect = {
    type: "static_select",
    action_id: actionId(first, place, 0),
    placeholder: plainText(cut(oneLine(pick) || "…", PLACEHOLDER)),
    options: options.map(optionObject),
  };
  return [{ type: "actions", elements: [element] }];
}

function radioBlocks(options: readonly Option[], place: number): Block[] {
  const [first] = options;
  if (first === undefined) return [];
  const element: types.RadioButtons = {
    type: "radio_buttons",
    action_id: actionId(first, place, 0),
    options: options.map(optionObject),
  };
  return [{ type: "actions", elements: [element] }];
}

/** Each label in full as text, and a numbered button for it. */
function listedBlocks(options: readonly Option[], place: number, shorten: Shorten): Block[] {
  const labels = options.map((option, i) => `${i + 1}. ${shorten(labelOf(option))}`).join("\n");
  const numbered = options.map((option, i) => ({
    ...option,
    label: String(i + 1),
    hint: labelOf(option),
  }));
  return [
    ...pieces(labels, TEXT).flatMap((text) => richText(...line(plain(text)))),
    ...buttonBlocks(numbered, place),
  ];
}

/** Neutral buttons beside each other. */
export function buttonBlocks(options: readonly Option[], place: number): Block[] {
  const buttons = options.map((option, i) => buttonFor(option, actionId(option, place, i)));
  return inGroups(buttons, ACTIONS).map((elements) => ({ type: "actions", elements }));
}

function buttonFor(option: Option, id: string): types.Button {
  const hint = oneLine(option.hint ?? "");
  return {
    type: "button",
    action_id: id,
    text: plainText(cut(labelOf(option), BUTTON_TEXT)),
    value: option.token,
    ...(option.tone === "danger" ? { style: "danger" as const } : {}),
    ...(hint === "" ? {} : { accessibility_label: cut(hint, BUTTON_TEXT) }),
  };
}

/**
 * The "…" of an overflow menu beside its label, which also tells screen readers what it is for: the
 * menu itself can have no such text. More options than it holds become a select.
 */
export function menuBlocks(
  { label, options }: Extract<Part, { kind: "menu" }>,
  place: number,
  shorten: Shorten,
): Block[] {
  const words = shorten(oneLine(label)) || "…";
  const forms = options.filter(opensForm);
  const others = options.filter((option) => !opensForm(option));
  // What is answered with a form cannot share its action_id with what is not.
  return [others, forms].flatMap((group, g) =>
    inGroups(group, group.length > OVERFLOW_OPTIONS ? SELECT_OPTIONS : OVERFLOW_OPTIONS).map(
      (some, i): Block => ({
        type: "section",
        text: plainText(cut(words, TEXT)),
        accessory: menuElement(words, some, { place, index: 2 * i + g }),
      }),
    ),
  );
}

function menuElement(
  label: string,
  options: readonly Option[],
  { place, index }: { readonly place: number; readonly index: number },
): types.Overflow | types.StaticSelect {
  const [first] = options;
  const id = first === undefined ? "" : actionId(first, place, index);
  const items = options.map(optionObject);
  if (items.length <= OVERFLOW_OPTIONS) {
    return { type: "overflow", action_id: id, options: items };
  }
  const placeholder = plainText(cut(label, PLACEHOLDER));
  return { type: "static_select", action_id: id, placeholder, options: items };
}

function optionObject(option: Option): types.PlainTextOption {
  return { text: plainText(cut(labelOf(option), OPTION_TEXT)), value: option.token };
}

function opensForm(option: Option): boolean {
  return option.opens === "form";
}

function actionId(option: Option, place: number, index: number): string {
  return `${opensForm(option) ? OPENS_FORM : "tap:"}${place}.${index}`;
}

/** Slack refuses a button without a label, and a button must not be lost. */
function labelOf(option: Option): string {
  return oneLine(option.label) || "…";
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let i = 0; i < items.length; i += size) groups.push(items.slice(i, i + size));
  return groups;
}
