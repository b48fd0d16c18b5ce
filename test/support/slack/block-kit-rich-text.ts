/**
 * Slack's rich text as strict schemas: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
 * No length of its own is documented; the limit of a whole message holds (block-kit.ts).
 */
import { z } from "zod";
import { string, url } from "./block-kit-text.ts";

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();
const id = string(255);
const text = string(Number.MAX_SAFE_INTEGER);
const border = { border: z.union([z.literal(0), z.literal(1)]).optional() };

const textElement = z.strictObject({ type: z.literal("text"), text, style });
const linkElement = z.strictObject({
  type: z.literal("link"),
  url,
  text: text.optional(),
  unsafe: z.boolean().optional(),
  style,
});

const element = z.discriminatedUnion("type", [
  textElement,
  linkElement,
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]) }),
  z.strictObject({ type: z.literal("color"), value: id }),
  z.strictObject({ type: z.literal("channel"), channel_id: id, style }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.int(),
    format: text,
    url: url.optional(),
    fallback: text.optional(),
  }),
  z.strictObject({ type: z.literal("emoji"), name: id, unicode: id.optional(), style }),
  z.strictObject({ type: z.literal("team"), team_id: id, style }),
  z.strictObject({ type: z.literal("user"), user_id: id, style }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: id, style }),
]);

const section = z.strictObject({
  type: z.literal("rich_text_section"),
  elements: z.array(element).min(1),
});
const list = z.strictObject({
  type: z.literal("rich_text_list"),
  style: z.enum(["bullet", "ordered"]),
  elements: z.array(section).min(1),
  indent: z.int().min(0).max(8).optional(),
  offset: z.int().min(0).optional(),
  ...border,
});
const quote = z.strictObject({
  type: z.literal("rich_text_quote"),
  elements: z.array(element).min(1),
  ...border,
});
const preformatted = z.strictObject({
  type: z.literal("rich_text_preformatted"),
  elements: z.array(z.discriminatedUnion("type", [textElement, linkElement])).min(1),
  ...border,
});

/** The fields of a rich text block beside its block_id. */
export const richTextFields = {
  type: z.literal("rich_text"),
  elements: z.array(z.discriminatedUnion("type", [section, list, quote, preformatted])).min(1),
};
