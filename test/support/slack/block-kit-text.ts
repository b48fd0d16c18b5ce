/**
 * Slack's composition objects as strict schemas. Every limit stands beside its source; lengths are
 * counted in UTF-16 units, which is never less than what Slack can count.
 */
import { z } from "zod";

/** What a reader could see: neither white space nor a character without a shape. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
const TEXT_LIMIT = 3000;
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const OPTION_TEXT_LIMIT = 75;
const OPTION_VALUE_LIMIT = 150;
/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const CONFIRM_LIMITS = { title: 100, text: 300, button: 30 };
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element: `url` */
const URL_LIMIT = 3000;

/** Any string that arrives: one with half a surrogate pair does not survive as UTF-8. */
export function string(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.isWellFormed(), { message: "must be well-formed Unicode" });
}

/** A string that people read: Slack refuses empty ones, and one without any ink helps nobody. */
export function words(max: number) {
  return string(max).refine((text) => VISIBLE.test(text), { message: "must show something" });
}

export function plainText(max: number = TEXT_LIMIT) {
  return z.strictObject({
    type: z.literal("plain_text"),
    text: words(max),
    emoji: z.boolean().optional(),
  });
}

function mrkdwnText(max: number) {
  return z.strictObject({
    type: z.literal("mrkdwn"),
    text: words(max),
    verbatim: z.boolean().optional(),
  });
}

export function anyText(max: number = TEXT_LIMIT) {
  return z.discriminatedUnion("type", [plainText(max), mrkdwnText(max)]);
}

/** An address that Slack would open. */
export const url = string(URL_LIMIT).refine((text) => URL.canParse(text), {
  message: "must be a url",
});

/** An option of a select or an overflow menu; `url` is allowed in overflow menus only. */
const optionFields = {
  text: plainText(OPTION_TEXT_LIMIT),
  value: string(OPTION_VALUE_LIMIT),
  description: plainText(OPTION_TEXT_LIMIT).optional(),
};
export const option = z.strictObject(optionFields);
export const overflowOption = z.strictObject({ ...optionFields, url: url.optional() });
/** Radio buttons and checkboxes may be formatted. */
export const formattedOption = z.strictObject({
  ...optionFields,
  text: anyText(OPTION_TEXT_LIMIT),
  description: anyText(OPTION_TEXT_LIMIT).optional(),
});

/** At most 100 groups of at most 100: same page as the option. */
export const optionGroup = z.strictObject({
  label: plainText(OPTION_TEXT_LIMIT),
  options: z.array(option).min(1).max(100),
});

export const confirm = z.strictObject({
  title: plainText(CONFIRM_LIMITS.title).optional(),
  text: anyText(CONFIRM_LIMITS.text),
  confirm: plainText(CONFIRM_LIMITS.button).optional(),
  deny: plainText(CONFIRM_LIMITS.button).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object: one of the two */
const slackFile = z.union([z.strictObject({ id: string(255) }), z.strictObject({ url })]);

/** Fields of every picture: a public address or a file in Slack, and never both. */
export const pictureFields = { image_url: url.optional(), slack_file: slackFile.optional() };

export function hasOnePicture(picture: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (picture.image_url === undefined) !== (picture.slack_file === undefined);
}
