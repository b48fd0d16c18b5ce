/**
 * What stands in a channel of the emulator as Slack shows it, near enough to judge length, order,
 * buttons and pictures.
 */
import type { SeenMessage } from "../slack/index.ts";
import type { SeenView } from "../slack/seen-view.ts";
import {
  escaped,
  type Json,
  lines,
  list,
  type PictureAt,
  picture,
  record,
  textIn,
} from "./html.ts";

/** A message as somebody sees it, below the name of the app. */
export function slackMessage(message: SeenMessage, pictureAt: PictureAt): string {
  const body =
    message.blocks.length === 0
      ? `<div class="section">${lines(message.text)}</div>`
      : message.blocks.map((block) => blockHtml(block, pictureAt)).join("");
  const whisper = message.ephemeral ? `<div class="only">Only visible to you</div>` : "";
  return `<article><div class="face"></div><div class="body">${whisper}
    <div class="name"><b>aftertalk</b> <span class="app">APP</span></div>${body}</div></article>`;
}

/** What somebody wrote into a form that was not taken, and what is said beneath its fields. */
export interface Filled {
  /** By the label of each field. */
  readonly values: Readonly<Record<string, string>>;
  /** By the id of each block. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The modal on top. */
export function slackView(
  { title, submit, blocks }: SeenView,
  { values, errors }: Filled,
  pictureAt: PictureAt,
): string {
  const inner = blocks.map((block) => {
    const typed = values[textIn(record(block.label).text)];
    const element =
      typed === undefined
        ? block.element
        : {
            ...record(block.element),
            initial_value: typed,
            initial_option: { text: { text: typed } },
          };
    const error = errors[textIn(block.block_id)];
    const wrong = error === undefined ? "" : `<div class="wrong">${lines(error)}</div>`;
    return blockHtml({ ...block, element }, pictureAt) + wrong;
  });
  const send = submit === "" ? "" : `<button class="primary">${escaped(submit)}</button>`;
  return `<div class="modal"><h1>${escaped(title)}</h1>${inner.join("")}
    <footer>${send}</footer></div>`;
}

function blockHtml(block: Json, pictureAt: PictureAt): string {
  switch (block.type) {
    case "header":
      return `<h2>${textHtml(block.text)}</h2>`;
    case "section":
      return sectionHtml(block, pictureAt);
    case "context":
      return `<div class="context">${list(block.elements).map(textHtml).join(" ")}</div>`;
    case "divider":
      return "<hr>";
    case "image":
      return imageHtml(block, pictureAt);
    case "actions":
      return `<div class="actions">${list(block.elements).map(elementHtml).join("")}</div>`;
    case "input":
      return `<label>${textHtml(block.label)}${block.optional === true ? ` <i>(optional)</i>` : ""}
        ${elementHtml(record(block.element))}<small>${textHtml(block.hint)}</small></label>`;
    case "rich_text":
      return list(block.elements).map(richHtml).join("");
    default:
      return `<div class="missing">${escaped(textIn(block.type))}</div>`;
  }
}

function sectionHtml(block: Json, pictureAt: PictureAt): string {
  const accessory = record(block.accessory);
  const beside =
    accessory.type === undefined
      ? ""
      : `<div class="beside">${accessory.type === "image" ? imageHtml(accessory, pictureAt) : elementHtml(accessory)}</div>`;
  const fields = list(block.fields).map((field) => `<div>${textHtml(field)}</div>`);
  return `<div class="section"><div>${textHtml(block.text)}${fields.join("")}</div>${beside}</div>`;
}

function imageHtml({ slack_file, image_url, alt_text, title }: Json, pictureAt: PictureAt): string {
  const { id } = record(slack_file);
  const source = typeof id === "string" ? pictureAt(id) : textIn(image_url) || undefined;
  return `<figure>${textHtml(title)}${picture(source, textIn(alt_text))}</figure>`;
}

/** Plain text as it is; of mrkdwn what we use: links and bold. */
function textHtml(value: unknown): string {
  const { type, text } = record(value);
  const words = textIn(text);
  if (type !== "mrkdwn") return lines(words);
  return words
    .replaceAll(/<(https?:[^|>]+)\|([^>]*)>/g, `<a href="$1">$2</a>`)
    .replaceAll(/\*([^*\n]+)\*/g, "<b>$1</b>")
    .replaceAll("\n", "<br>");
}

function richHtml({ type, elements }: Json): string {
  const inner = list(elements);
  if (type === "rich_text_list")
    return `<ul>${inner.map((item) => `<li>${richHtml(item)}</li>`).join("")}</ul>`;
  const words = inner.map(pieceHtml).join("");
  if (type === "rich_text_quote") return `<blockquote>${words}</blockquote>`;
  if (type === "rich_text_preformatted") return `<pre>${words}</pre>`;
  return `<div class="section">${words}</div>`;
}

function pieceHtml({ type, text, url, style }: Json): string {
  const words = lines(textIn(text));
  const { bold, italic, code } = record(style);
  const styled = [
    [bold, "b"],
    [italic, "i"],
    [code, "code"],
  ].reduce((inner, [on, tag]) => (on === true ? `<${tag}>${inner}</${tag}>` : inner), words);
  return type === "link" ? `<a href="${escaped(textIn(url))}">${styled}</a>` : String(styled);
}

function elementHtml(element: Json): string {
  const { type, style, options, placeholder, initial_value, multiline } = element;
  const hint = textHtml(placeholder);
  switch (type) {
    case "button":
      return `<button class="${textIn(style)}">${textHtml(element.text)}</button>`;
    case "overflow":
      return "<button>⋯</button>";
    case "plain_text_input":
      return `<div class="field ${multiline === true ? "tall" : ""}">${escaped(textIn(initial_value)) || `<i>${hint}</i>`}</div>`;
    case "radio_buttons":
    case "checkboxes":
      return list(options)
        .map((option) => `<div>${type === "checkboxes" ? "☐" : "○"} ${textHtml(option.text)}</div>`)
        .join("");
    default: {
      const several = list(element.initial_options).map((option) => textHtml(option.text));
      const chosen = [textHtml(record(element.initial_option).text), ...several].filter(Boolean);
      return `<button class="select">${chosen.join(" ✓ ") || hint} <s></s></button>`;
    }
  }
}

/** Sizes and colours of Slack's clients, measured by eye. */
export const slackStyle = `
  body { margin: 0; padding: 12px 16px; font: 15px/1.46 "Open Sans", "Look", sans-serif; background: #fff; color: #1d1c1d; }
  article { display: flex; gap: 8px; margin-bottom: 16px; }
  .face { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #0b5cab; }
  .body { flex: 1; min-width: 0; max-width: 700px; }
  .only, .context, small, .app { font-size: 12px; color: #616061; }
  .app { background: #ddd; border-radius: 2px; padding: 0 3px; font-size: 10px; }
  h1, h2 { font-size: 18px; line-height: 1.3; margin: 8px 0; }
  .section, .context, figure, .actions, pre, blockquote { margin: 8px 0; overflow-wrap: anywhere; }
  .section { display: block; }
  .section:has(.beside) { display: flex; justify-content: space-between; gap: 12px; }
  figure img { max-width: min(100%, 500px); max-height: 600px; border-radius: 8px; display: block; }
  blockquote { border-left: 4px solid #ddd; padding-left: 12px; }
  pre { background: #8881; border: 1px solid #8883; border-radius: 4px; padding: 8px; white-space: pre-wrap; font: 12px/1.5 "Look Mono", "Look", monospace; }
  s { display: inline-block; border: 4px solid transparent; border-top-color: currentcolor; vertical-align: -2px; margin-left: 4px; }
  .wrong { color: #e01e5a; font-size: 13px; margin: -10px 0 14px; }
  button { font: bold 13px "Open Sans", "Look", sans-serif; border: 1px solid #8886; border-radius: 4px; padding: 0 12px; min-height: 30px; margin: 0 8px 8px 0; background: none; color: inherit; }
  button.primary { background: #007a5a; color: #fff; } button.danger { color: #e01e5a; border-color: #e01e5a; }
  a { color: #1264a3; } label { display: block; margin: 14px 0; font-weight: bold; } label small { font-weight: normal; }
  .field { border: 1px solid #8888; border-radius: 4px; padding: 8px; font-weight: normal; min-height: 21px; white-space: pre-line; } .field.tall { min-height: 80px; }
  .modal { max-width: 520px; margin: 20px auto; padding: 16px 24px; border: 1px solid #8886; border-radius: 8px; }
  .modal footer { text-align: right; } .missing { border: 1px dashed #c00; padding: 8px; font-size: 12px; }
  .dark { background: #1a1d21; color: #d1d2d3; } .dark a { color: #1d9bd1; }
  .dark .only, .dark .context, .dark small { color: #ababad; } .dark .app { background: #555; color: #d1d2d3; }
  .dark blockquote { border-color: #555; }
`;
