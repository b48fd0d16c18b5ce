/** What messages and modals share: buttons and selects ("Component Reference", section of each). */
import { z } from "zod";
import { isUnicodeEmoji } from "../emoji.ts";
import { rule, snowflake, text } from "../form.ts";

/** "Component Reference": kinds by number. */
export const kinds = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** "Anatomy of a component": custom_id 1–100 characters. */
export const customId = text(1, 100);
/** "Anatomy of a component": an optional 32-bit number. */
export const id = z.int().min(0).optional();

const emoji = z
  .strictObject({
    id: snowflake.nullish(),
    name: z.string().nullish(),
    animated: z.boolean().optional(),
  })
  .superRefine(({ id: own, name }, context) => {
    if (own == null && !isUnicodeEmoji(name ?? "")) {
      rule(context, ["name"], "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
    }
  });

/** "Button": label 80, url 512 characters; styles 1–4 need a custom_id, 5 a url. Not here: 6, premium. */
export const button = z
  .strictObject({
    type: z.literal(kinds.button),
    id,
    style: z.int().min(1).max(5),
    label: text(1, 80).optional(),
    emoji: emoji.optional(),
    custom_id: customId.optional(),
    url: text(1, 512)
      .regex(/^(https?|discord):\/\//)
      .optional(),
    disabled: z.boolean().optional(),
  })
  .superRefine(({ style, label, emoji: picture, custom_id, url }, context) => {
    const say = (field: string, code: string, message: string) =>
      rule(context, [field], code, message);
    if (label === undefined && picture === undefined) {
      say("label", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is needed.");
    }
    const isLink = style === 5;
    if (isLink && url === undefined) say("url", "BASE_TYPE_REQUIRED", "This field is required");
    if (isLink && custom_id !== undefined) {
      say("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED", "A link has no custom id.");
    }
    if (!isLink && custom_id === undefined) {
      say("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required");
    }
    if (!isLink && url !== undefined) {
      say("url", "BUTTON_COMPONENT_URL_NOT_ALLOWED", "Only a link has a url.");
    }
  });

/** "Select option": label, value, description 100 characters each. */
const selectOption = z.strictObject({
  label: text(1, 100),
  value: text(1, 100),
  description: text(1, 100).optional(),
  emoji: emoji.optional(),
  default: z.boolean().optional(),
});

/** "String Select" and its sisters: placeholder 150 characters, min_values 0–25, max_values 1–25. */
const selectFields = {
  id,
  custom_id: customId,
  placeholder: text(0, 150).optional(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
};
/** "disabled" in messages only, "required" in modals only. */
const inMessage = { disabled: z.boolean().optional() };
const inModal = { required: z.boolean().optional() };

interface Options {
  readonly options: readonly { readonly value: string; readonly default?: boolean | undefined }[];
  readonly min_values?: number | undefined;
  readonly max_values?: number | undefined;
}

/** Values are unique, and no more are asked for or chosen beforehand than there may be. */
export function checkOptions(value: Options, context: z.core.$RefinementCtx): void {
  const { options, min_values: least = 1, max_values: most = 1 } = value;
  const seen = new Set<string>();
  for (const [index, option] of options.entries()) {
    if (seen.has(option.value)) {
      rule(
        context,
        ["options", index, "value"],
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        "The specified option value is already used",
      );
    }
    seen.add(option.value);
  }
  if (most > options.length || least > most) {
    rule(
      context,
      ["max_values"],
      "SELECT_COMPONENT_MAX_VALUES",
      "More values than there are options.",
    );
  }
  if (options.filter((option) => option.default === true).length > most) {
    rule(context, ["options"], "SELECT_COMPONENT_DEFAULTS", "More defaults than max_values.");
  }
}

/** Reference, notes on `required`: whoever has to choose cannot choose nothing. */
export function checkRequired(
  value: { readonly required?: boolean | undefined; readonly min_values?: number | undefined },
  context: z.core.$RefinementCtx,
): void {
  const { required = true, min_values: least } = value;
  if (!required || least !== 0) return;
  rule(
    context,
    ["min_values"],
    "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
    "Select menus marked as required cannot have a min_values of 0",
  );
}

/** "String Select": 1–25 options. */
const options = {
  type: z.literal(kinds.stringSelect),
  options: z.array(selectOption).min(1).max(25),
};
export const stringSelect = z
  .strictObject({ ...options, ...selectFields, ...inMessage })
  .superRefine(checkOptions);
export const stringSelectInModal = z
  .strictObject({ ...options, ...selectFields, ...inModal })
  .superRefine(checkOptions)
  .superRefine(checkRequired);

/** The selects whose entries Discord provides. */
const provided = <Kind extends number>(kind: Kind) => ({
  type: z.literal(kind),
  ...selectFields,
  default_values: z
    .array(z.strictObject({ id: snowflake, type: z.enum(["user", "role", "channel"]) }))
    .max(25)
    .optional(),
});
const channelFields = { channel_types: z.array(z.int()).optional() };

export const providedSelects = [
  z.strictObject({ ...provided(kinds.userSelect), ...inMessage }),
  z.strictObject({ ...provided(kinds.roleSelect), ...inMessage }),
  z.strictObject({ ...provided(kinds.mentionableSelect), ...inMessage }),
  z.strictObject({ ...provided(kinds.channelSelect), ...channelFields, ...inMessage }),
] as const;

export const providedSelectsInModal = [
  z.strictObject({ ...provided(kinds.userSelect), ...inModal }).superRefine(checkRequired),
  z.strictObject({ ...provided(kinds.roleSelect), ...inModal }).superRefine(checkRequired),
  z.strictObject({ ...provided(kinds.mentionableSelect), ...inModal }).superRefine(checkRequired),
  z
    .strictObject({ ...provided(kinds.channelSelect), ...channelFields, ...inModal })
    .superRefine(checkRequired),
] as const;

/** "Text Display": Markdown; all of a message together 4000 characters (see rules.ts). */
export const textDisplay = z.strictObject({
  type: z.literal(kinds.textDisplay),
  id,
  content: text(1, 4000),
});
