/** What can be pressed in blocks: buttons, menu entries, choices, by their words. */
import type { Json } from "./model.ts";

/** One thing to press, with what Slack sends when it is pressed. */
export interface Pressable {
  readonly label: string;
  readonly accessibilityLabel: string | undefined;
  readonly actionId: string;
  readonly blockId: string;
  readonly type: string;
  /** Of a menu: the entry that is chosen. */
  readonly option: Json | undefined;
  readonly element: Json;
}

const record = (value: unknown): Json =>
  typeof value === "object" && value !== null ? { ...value } : {};
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record) : []);
/** The words of a text object. */
export const textOf = (value: unknown): string => {
  const text = record(value).text;
  return typeof text === "string" ? text : "";
};

/** Every interactive element of these blocks, menus opened out to their entries. */
export function pressables(blocks: readonly Json[]): Pressable[] {
  return blocks.flatMap((block) => {
    const elements = [
      ...(block.type === "actions" || block.type === "context_actions" ? list(block.elements) : []),
      ...(block.type === "section" && block.accessory ? [record(block.accessory)] : []),
      ...(block.type === "input" && block.dispatch_action === true ? [record(block.element)] : []),
    ];
    return elements.flatMap((element) => pressablesOf(element, String(block.block_id)));
  });
}

function pressablesOf(element: Json, blockId: string): Pressable[] {
  if (typeof element.action_id !== "string") return [];
  const accessibility = element.accessibility_label;
  const common = {
    accessibilityLabel: typeof accessibility === "string" ? accessibility : undefined,
    actionId: element.action_id,
    blockId,
    type: String(element.type),
    element,
  };
  if (common.type === "button") {
    return [{ ...common, label: textOf(element.text), option: undefined }];
  }
  const groups = list(element.option_groups).flatMap((group) => list(group.options));
  return [...list(element.options), ...groups].map((option) => ({
    ...common,
    label: textOf(option.text),
    option,
  }));
}

/** The entry of `actions` in a block_actions payload ("block_actions payloads"). */
export function actionJson(pressed: Pressable, ts: string): Json {
  const { element, option, type } = pressed;
  const common = { action_id: pressed.actionId, block_id: pressed.blockId, type, action_ts: ts };
  if (type === "button") {
    return {
      ...common,
      text: element.text,
      ...("value" in element ? { value: element.value } : {}),
      ...("style" in element ? { style: element.style } : {}),
    };
  }
  const many = type === "checkboxes" || type === "multi_static_select";
  return {
    ...common,
    ...(many ? { selected_options: [option] } : { selected_option: option }),
    ...("placeholder" in element ? { placeholder: element.placeholder } : {}),
  };
}
