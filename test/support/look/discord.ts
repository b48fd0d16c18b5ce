/**
 * What stands in a channel of the emulator as Discord shows it, near enough to judge length, order,
 * buttons and pictures: components V2, and modals.
 */
import { kinds } from "../discord/components/parts.ts";
import type { SeenMessage } from "../discord/index.ts";
import type { SeenModal } from "../discord/seen.ts";
import { markdownHtml } from "./discord-markdown.ts";
import {
  escaped,
  type Json,
  list,
  type PictureAt,
  picture,
  pngUrl,
  record,
  textIn,
} from "./html.ts";

/** A message as somebody sees it, below the name of the app. */
export function discordMessage({ components, content, files, ephemeral }: SeenMessage): string {
  const at: PictureAt = (url) =>
    pngUrl(files.find(({ name }) => url === `attachment://${name}` || url.includes(name))?.bytes);
  const said = content === "" ? "" : `<div>${markdownHtml(content)}</div>`;
  const only = ephemeral ? `<div class="only">Only you can see this • Dismiss message</div>` : "";
  return `<article><div class="face"></div><div class="body">
    <div class="name"><b>aftertalk</b> <span class="app">APP</span></div>${said}
    ${components.map((one) => componentHtml(one, at)).join("")}${only}</div></article>`;
}

/** The modal that is open; what its button says is Discord's own. */
export function discordModal({ title, components }: SeenModal): string {
  const inner = components.map((one) => componentHtml(one, () => undefined));
  return `<div class="modal"><h2>${escaped(title)}</h2>${inner.join("")}
    <footer><button class="s1">Submit</button></footer></div>`;
}

function componentHtml(component: Json, at: PictureAt): string {
  const inner = () =>
    list(component.components)
      .map((one) => componentHtml(one, at))
      .join("");
  switch (component.type) {
    case kinds.container:
      return `<div class="card" style="border-left-color:${colour(component.accent_color)}">${inner()}</div>`;
    case kinds.textDisplay:
      return `<div class="text">${markdownHtml(textIn(component.content))}</div>`;
    case kinds.section:
      return `<div class="section"><div>${inner()}</div>${componentHtml(record(component.accessory), at)}</div>`;
    case kinds.mediaGallery:
      return list(component.items)
        .map(({ media, description }) => {
          return `<figure>${picture(at(textIn(record(media).url)), textIn(description))}</figure>`;
        })
        .join("");
    case kinds.separator:
      return component.divider === false ? "<br>" : "<hr>";
    case kinds.file:
      return `<div class="file">${escaped(textIn(record(component.file).url))}</div>`;
    case kinds.row:
      return `<div class="row">${inner()}</div>`;
    case kinds.button:
      return buttonHtml(component);
    default:
      return fieldHtml(component, at);
  }
}

function buttonHtml({ style, label, emoji, disabled }: Json): string {
  const words = [textIn(record(emoji).name), textIn(label)].filter((one) => one !== "").join(" ");
  const out = style === 5 ? " ↗" : "";
  return `<button class="s${String(style)}"${disabled === true ? " disabled" : ""}>${escaped(words)}${out}</button>`;
}

/** Fields of modals, and menus. */
function fieldHtml(component: Json, at: PictureAt): string {
  const { type, label, description, placeholder, value, style, options, required } = component;
  const star = required === false ? "" : `<em>*</em>`;
  const heading = textIn(label) === "" ? "" : `<b>${escaped(textIn(label))}</b> `;
  if (component.component !== undefined) {
    const note = `<small>${escaped(textIn(description))}</small>`;
    return `<label>${heading}${note}${componentHtml(record(component.component), at)}</label>`;
  }
  if (type === kinds.textInput) {
    const words = escaped(textIn(value)) || `<i>${escaped(textIn(placeholder))}</i>`;
    return `${heading}${star}<div class="field ${style === 2 ? "tall" : ""}">${words}</div>`;
  }
  if (type === kinds.stringSelect) {
    const chosen = list(options).filter((option) => option.default === true);
    const words = chosen.map((option) => textIn(option.label)).join(" ✓ ");
    return `<div class="field">${escaped(words || textIn(placeholder))} <s></s></div>`;
  }
  const marks = list(options).map((option) => `<div>○ ${escaped(textIn(option.label))}</div>`);
  return `${heading}${marks.join("")}`;
}

function colour(accent: unknown): string {
  return typeof accent === "number" ? `#${accent.toString(16).padStart(6, "0")}` : "#8884";
}

/** Sizes and colours of Discord's clients, measured by eye. */
export const discordStyle = `
  body { margin: 0; padding: 12px 16px; font: 16px/1.375 "Open Sans", "Look", sans-serif; background: #fff; color: #2e3338; }
  article { display: flex; gap: 16px; margin-bottom: 18px; }
  .face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #0b5cab; }
  .body { flex: 1; min-width: 0; }
  .app { background: #5865f2; color: #fff; border-radius: 3px; padding: 0 4px; font-size: 10px; }
  .only, .small, small { font-size: 12.8px; color: #5c5e66; }
  .card { border: 1px solid #8884; border-left: 4px solid; border-radius: 8px; padding: 14px 16px; margin-top: 6px; max-width: 600px; background: #f2f3f5; }
  .text { margin: 4px 0; overflow-wrap: anywhere; } .section { display: flex; justify-content: space-between; gap: 12px; align-items: start; }
  h1 { font-size: 24px; } h2 { font-size: 20px; } h3 { font-size: 16px; } h1, h2, h3 { margin: 8px 0 4px; line-height: 1.3; }
  blockquote { margin: 2px 0; border-left: 4px solid #8886; padding-left: 12px; }
  pre { background: #8881; border: 1px solid #8883; border-radius: 4px; padding: 8px; white-space: pre-wrap; font: 14px/1.3 "Look Mono", "Look", monospace; }
  s { display: inline-block; border: 4px solid transparent; border-top-color: currentcolor; vertical-align: -2px; margin-left: 4px; }
  figure { margin: 8px 0; } figure img { max-width: min(100%, 550px); max-height: 350px; border-radius: 8px; display: block; }
  hr { border: 0; border-top: 1px solid #8885; margin: 8px 0; } .row { display: flex; flex-wrap: wrap; gap: 8px; margin: 6px 0; }
  button { font: 500 14px "Open Sans", "Look", sans-serif; border: 0; border-radius: 8px; padding: 2px 16px; min-height: 32px; background: #8883; color: inherit; }
  button.s1 { background: #5865f2; color: #fff; } button.s3 { background: #248046; color: #fff; } button.s4 { background: #da373c; color: #fff; }
  a { color: #006ce7; } label { display: block; margin: 14px 0; } em { color: #da373c; }
  .field { border: 1px solid #8886; border-radius: 8px; padding: 8px; margin-top: 4px; min-height: 22px; white-space: pre-line; } .field.tall { min-height: 80px; }
  .modal { max-width: 440px; margin: 20px auto; padding: 16px 24px; border: 1px solid #8886; border-radius: 12px; }
  .modal footer { display: flex; justify-content: end; gap: 8px; } .missing, .file { border: 1px dashed #c00; padding: 8px; font-size: 12px; }
  .dark { background: #313338; color: #dbdee1; } .dark .card { background: #2b2d31; }
  .dark .only, .dark .small, .dark small { color: #949ba4; } .dark a { color: #00a8fc; }
`;
