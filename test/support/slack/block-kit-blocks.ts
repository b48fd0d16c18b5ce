/**
 * Slack's blocks as strict schemas, as far as this project could want them: a block that is not
 * here is refused. Pages are those of https://docs.slack.dev/reference/block-kit/blocks.
 */
import { z } from "zod";
import {
  button,
  checkboxes,
  imageElement,
  multiStaticSelect,
  overflow,
  plainTextInput,
  radioButtons,
  staticSelect,
} from "./block-kit-elements.ts";
import { richTextFields } from "./block-kit-rich-text.ts";
import {
  anyText,
  hasOnePicture,
  pictureFields,
  plainText,
  string,
  words,
} from "./block-kit-text.ts";

/** `block_id` of every block: at most 255 characters. */
const blockId = { block_id: string(255).optional() };

/** section-block: text up to 3000 characters; 10 fields of up to 2000. */
const section = z
  .strictObject({
    type: z.literal("section"),
    ...blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion("type", [
        button,
        checkboxes,
        imageElement,
        multiStaticSelect,
        overflow,
        radioButtons,
        staticSelect,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
    message: "missing required field: text or fields",
  });

/** actions-block: 1 to 25 elements. */
const actions = z.strictObject({
  type: z.literal("actions"),
  ...blockId,
  elements: z
    .array(
      z.discriminatedUnion("type", [
        button,
        checkboxes,
        multiStaticSelect,
        overflow,
        radioButtons,
        staticSelect,
      ]),
    )
    .min(1)
    .max(25),
});

/** context-block: 1 to 10 texts or pictures. */
const context = z.strictObject({
  type: z.literal("context"),
  ...blockId,
  elements: z
    .array(z.union([imageElement, anyText()]))
    .min(1)
    .max(10),
});

/** header-block: 150 characters of plain text. */
const header = z.strictObject({ type: z.literal("header"), ...blockId, text: plainText(150) });

const divider = z.strictObject({ type: z.literal("divider"), ...blockId });

/** image-block: alt_text and title up to 2000 characters. */
const image = z
  .strictObject({
    type: z.literal("image"),
    ...blockId,
    ...pictureFields,
    alt_text: words(2000),
    title: plainText(2000).optional(),
  })
  .refine(hasOnePicture, { message: "either image_url or slack_file is required" });

/** input-block: label and hint up to 2000 characters. */
const input = z.strictObject({
  type: z.literal("input"),
  ...blockId,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion("type", [
    checkboxes,
    multiStaticSelect,
    plainTextInput,
    radioButtons,
    staticSelect,
  ]),
});

const richText = z.strictObject({ ...richTextFields, ...blockId });

/** markdown-block: 12 000 characters in all of them together. */
const markdown = z.strictObject({ type: z.literal("markdown"), ...blockId, text: words(12_000) });

/** table-block: 100 rows of 20 cells, 20 column settings. */
const cell = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("raw_text"), text: string(3000) }),
  z.strictObject({ type: z.literal("raw_number"), value: z.number(), text: string(3000) }),
  z.strictObject(richTextFields),
]);
const table = z.strictObject({
  type: z.literal("table"),
  ...blockId,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(["left", "center", "right"]).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(20)
    .optional(),
});

const everywhere = [section, actions, context, header, divider, image, richText] as const;

/**
 * Slack takes an input block in a message too, but then tells of what was typed only with
 * `dispatch_action` and never together with the rest: we have no use for it, so it is a mistake.
 */
export const messageBlock = z.discriminatedUnion("type", [...everywhere, markdown, table]);

export const viewBlock = z.discriminatedUnion("type", [...everywhere, input]);
