/** Texts as Slack's objects, none of them mrkdwn: nothing in them can be alive. */
import type { types } from "@slack/bolt";

/** Without `emoji: false` Slack would make pictures of `:words:` in it. */
export function plainText(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

export function plain(text: string): types.RichTextText {
  return { type: "text", text };
}

export function bold(text: string): types.RichTextText {
  return { type: "text", text, style: { bold: true } };
}

/** A paragraph of rich text; none when there is nothing in it. */
export function line(...elements: types.RichTextElement[]): types.RichTextSection[] {
  const shown = elements.filter((element) => element.type !== "text" || element.text !== "");
  return shown.length === 0 ? [] : [{ type: "rich_text_section", elements: shown }];
}

/** In letters of one width; none when there is nothing in it. */
export function preformatted(text: string): types.RichTextPreformatted[] {
  return text === "" ? [] : [{ type: "rich_text_preformatted", elements: [plain(text)] }];
}

/** A block of rich text; none when there is nothing in it. */
export function richText(...elements: types.RichTextBlockElement[]): types.RichTextBlock[] {
  return elements.length === 0 ? [] : [{ type: "rich_text", elements }];
}
