/** Draws the parts of a message. People's words go in as text, never as markup. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Content, ContentOption, ContentPart } from "../entries.ts";
import { once } from "./controls.ts";
import { moreIcon } from "./icons.ts";
import { type State, say } from "./state.ts";

/** What a message's buttons do, and whether they wait for the answer to a press. */
export interface Buttons {
  press(token: string): void;
  readonly busy: boolean;
}

type PartOf<K extends ContentPart["kind"]> = Extract<ContentPart, { kind: K }>;

export function drawContent(state: State, content: Content, buttons: Buttons): TemplateResult {
  return html`<div class="content" lang=${content.locale} dir="auto">
    ${content.parts.map((part) => drawPart(state, part, buttons))}
  </div>`;
}

function drawPart(state: State, part: ContentPart, buttons: Buttons): TemplateResult {
  switch (part.kind) {
    case "heading":
      return part.minor
        ? html`<h4 class="subheading" dir="auto">${part.text}</h4>`
        : html`<h3 class="heading" dir="auto">${part.text}</h3>`;
    case "text":
      return html`<p dir="auto">${part.text}</p>`;
    case "note":
      return html`<p class="note" dir="auto">${part.text}</p>`;
    case "quote":
      return drawQuote(part);
    case "scale":
      return drawScale(state, part, buttons);
    case "choices":
      return html`<div
        class=${isList(part) ? "choices list" : "choices"}
        role="group"
        aria-label=${part.pick ?? nothing}
      >
        ${part.options.map((option) => button(option, buttons))}
      </div>`;
    case "actions":
      return html`<div class="actions" role="group">
        ${part.options.map((option) => button(option, buttons))}
      </div>`;
    case "menu":
      return html`<details class="menu">
        <summary>${moreIcon}<span>${part.label}</span></summary>
        <div class="actions" role="group" aria-label=${part.label}>
          ${part.options.map((option) => button(option, buttons))}
        </div>
      </details>`;
    case "facts":
      return drawFacts(part);
    case "bars":
      return drawBars(part);
    case "picture":
      return html`<img
        class="picture"
        src="/playground/pictures/${part.file}"
        width=${part.width}
        height=${part.height}
        alt=${part.alt}
      />`;
    case "file":
      return html`<p><a href="/playground/files/${part.token}" download>${part.title}</a></p>`;
    case "link":
      return html`<p>${drawLink(part.link)}</p>`;
  }
}

/** More than these are a list to pick from, where one is wanted. */
const MANY = 5;

function isList({ options, pick }: PartOf<"choices">): boolean {
  return pick !== undefined && options.length > MANY;
}

function button(option: ContentOption, buttons: Buttons): TemplateResult {
  return html`<button
    type="button"
    class=${option.tone ?? nothing}
    title=${option.hint ?? nothing}
    aria-disabled=${buttons.busy ? "true" : nothing}
    @click=${once(() => !buttons.busy && buttons.press(option.token))}
  >
    ${option.label}
  </button>`;
}

/** Low on the left in every script, because the labels of both ends stand below. */
function drawScale(state: State, part: PartOf<"scale">, buttons: Buttons): TemplateResult {
  const name = say(state, "scale", { low: part.low, high: part.high });
  const last = part.options.length - 1;
  return html`<div class="scale" dir="ltr">
    <div class="scores" role="group" aria-label=${name} @keydown=${moveAlong}>
      ${part.options.map((option, index) => {
        const end = index === 0 ? part.low : index === last ? part.high : undefined;
        const hint = option.hint ?? (end === undefined ? undefined : `${option.label}: ${end}`);
        return html`<button
          type="button"
          aria-label=${hint ?? nothing}
          aria-disabled=${buttons.busy ? "true" : nothing}
          @click=${once(() => !buttons.busy && buttons.press(option.token))}
        >
          ${option.label}
        </button>`;
      })}
    </div>
    <div class="ends" aria-hidden="true"><span>${part.low}</span><span>${part.high}</span></div>
  </div>`;
}

/** Arrow keys walk along a row of scores; the tab key goes through it as ever. */
function moveAlong(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const next = step > 0 ? event.target.nextElementSibling : event.target.previousElementSibling;
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}

function drawQuote({ text, by, link, marks }: PartOf<"quote">): TemplateResult {
  return html`<figure class="quote">
    <blockquote dir="auto">${withMarks(text, marks)}</blockquote>
    ${
      by === undefined && link === undefined
        ? nothing
        : html`<figcaption><bdi>${by}</bdi> ${link ? drawLink(link) : nothing}</figcaption>`
    }
  </figure>`;
}

/** What was searched for stands out. */
function withMarks(text: string, marks: PartOf<"quote">["marks"] = []): unknown[] {
  const ends = [0, ...marks.map(([, to]) => to)];
  return [
    ...marks.flatMap(([from, to], i) => [
      text.slice(ends[i], from),
      html`<b>${text.slice(from, to)}</b>`,
    ]),
    text.slice(ends.at(-1)),
  ];
}

/** Links of this page show the chat in place; all others open in a tab of their own. */
function drawLink(link: { readonly label: string; readonly url: string }): TemplateResult {
  const ours = link.url.startsWith(`${location.origin}/`);
  return html`<a
    href=${link.url}
    target=${ours ? nothing : "_blank"}
    rel=${ours ? nothing : "noopener noreferrer"}
    >${link.label}</a
  >`;
}

/** Figures stand side by side; of longer values each has a line, with its label at the left. */
function drawFacts({ rows }: PartOf<"facts">): TemplateResult {
  const long = rows.some(
    ([label, value]) => widthOf(value) > SHORT || widthOf(label) > SHORT_LABEL,
  );
  return html`<dl class=${long ? "facts lines" : "facts"}>
    ${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd dir="auto">${value}</dd></div>`)}
  </dl>`;
}

/** As wide as a third of a card on a phone, in Latin letters. */
const SHORT = 18;
/** The same of small print, which may take two lines. */
const SHORT_LABEL = 24;

/** A Chinese character is as wide as two Latin letters. */
function widthOf(value: string): number {
  return value.length + (value.match(/[\u2e80-\u9fff\uff00-\uff60]/g)?.length ?? 0);
}

function drawBars({ title, bars }: PartOf<"bars">): TemplateResult {
  return html`<figure class="bars">
    <figcaption>${title}</figcaption>
    <ul>
      ${bars.map(
        ({ label, value, share }) => html`<li>
          <span class="bar-label">${label}</span>
          <svg class="bar" aria-hidden="true">
            <rect class="bar-track" width="100%" height="100%" rx="4" />
            <rect class="bar-fill" width="${(share * 100).toFixed(2)}%" height="100%" rx="4" />
          </svg>
          <span class="bar-value">${value}</span>
        </li>`,
      )}
    </ul>
  </figure>`;
}
