/**
 * Slack's interactive elements as strict schemas, as far as this project could want them: an
 * element that is not here is refused. Pages are those of
 * https://docs.slack.dev/reference/block-kit/block-elements.
 */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  confirm,
  formattedOption,
  hasOnePicture,
  option,
  optionGroup,
  overflowOption,
  pictureFields,
  plainText,
  string,
  url,
  words,
} from "./block-kit-text.ts";

/** `action_id` of every element: at most 255 characters. */
const ID_LIMIT = 255;
/** button-element: text and accessibility_label 75, value 2000. */
const BUTTON = { text: 75, accessibilityLabel: 75, value: 2000 };
/** overflow-menu-element: 1 to 5 options. */
const OVERFLOW_OPTIONS = 5;
/** select-menu-element: 100 options, or 100 groups. */
const SELECT_OPTIONS = 100;
/** radio-button-group-element and checkboxes-element: 10 options. */
const GROUP_OPTIONS = 10;
/** plain-text-input-element: min_length and max_length up to 3000. */
const INPUT_LIMIT = 3000;
/** `placeholder` of every element that has one. */
const PLACEHOLDER_LIMIT = 150;
/** image-element: alt_text, as for the image block. */
const ALT_LIMIT = 2000;

const actionId = { action_id: string(ID_LIMIT).optional() };
const common = { ...actionId, confirm: confirm.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(PLACEHOLDER_LIMIT).optional() };

export const button = z.strictObject({
  type: z.literal("button"),
  ...common,
  text: plainText(BUTTON.text),
  value: string(BUTTON.value).optional(),
  url: url.optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: words(BUTTON.accessibilityLabel).optional(),
});

/** It has no accessibility_label: what it is for has to stand beside it. */
export const overflow = z.strictObject({
  type: z.literal("overflow"),
  ...common,
  options: z.array(overflowOption).min(1).max(OVERFLOW_OPTIONS),
});

const selectOptions = {
  options: z.array(option).min(1).max(SELECT_OPTIONS).optional(),
  option_groups: z.array(optionGroup).min(1).max(SELECT_OPTIONS).optional(),
};
/** select-menu-element and radio-button-group-element: it must exactly match one of them. */
function beginsWithAnOption(element: {
  readonly options?: readonly unknown[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly unknown[] }[] | undefined;
  readonly initial_option?: unknown;
}): boolean {
  const { options = [], option_groups = [], initial_option } = element;
  const all = [...options, ...option_groups.flatMap((group) => group.options)];
  return (
    initial_option === undefined || all.some((option) => isDeepStrictEqual(option, initial_option))
  );
}

const eitherOptions = (select: { options?: unknown; option_groups?: unknown }) =>
  (select.options === undefined) !== (select.option_groups === undefined);

export const staticSelect = z
  .strictObject({
    type: z.literal("static_select"),
    ...common,
    ...focus,
    ...placeholder,
    ...selectOptions,
    initial_option: option.optional(),
  })
  .refine(eitherOptions, { message: "either options or option_groups is required" })
  .refine(beginsWithAnOption, { message: "initial_option must be one of the options" });

export const multiStaticSelect = z
  .strictObject({
    type: z.literal("multi_static_select"),
    ...common,
    ...focus,
    ...placeholder,
    ...selectOptions,
    initial_options: z.array(option).min(1).max(SELECT_OPTIONS).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(eitherOptions, { message: "either options or option_groups is required" });

export const radioButtons = z
  .strictObject({
    type: z.literal("radio_buttons"),
    ...common,
    ...focus,
    options: z.array(formattedOption).min(1).max(GROUP_OPTIONS),
    initial_option: formattedOption.optional(),
  })
  .refine(beginsWithAnOption, { message: "initial_option must be one of the options" });

export const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  ...common,
  ...focus,
  options: z.array(formattedOption).min(1).max(GROUP_OPTIONS),
  initial_options: z.array(formattedOption).min(1).max(GROUP_OPTIONS).optional(),
});

const trigger = z.enum(["on_enter_pressed", "on_character_entered"]);

export const plainTextInput = z
  .strictObject({
    type: z.literal("plain_text_input"),
    ...actionId,
    ...focus,
    ...placeholder,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(INPUT_LIMIT).optional(),
    max_length: z.int().min(1).max(INPUT_LIMIT).optional(),
    initial_value: string(INPUT_LIMIT).optional(),
    dispatch_action_config: z
      .strictObject({ trigger_actions_on: z.array(trigger).min(1).max(2) })
      .optional(),
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? INPUT_LIMIT), {
    message: "min_length must not be more than max_length",
  })
  .refine((input) => (input.initial_value ?? "").length <= (input.max_length ?? INPUT_LIMIT), {
    message: "initial_value must not be longer than max_length",
  });

export const imageElement = z
  .strictObject({ type: z.literal("image"), alt_text: words(ALT_LIMIT), ...pictureFields })
  .refine(hasOnePicture, { message: "either image_url or slack_file is required" });
