/** Where somebody writes. Enter sends, Shift+Enter breaks the line; what is typed is never lost. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Actions } from "./actions.ts";
import { once, problemId, problemLine } from "./controls.ts";
import { sendIcon } from "./icons.ts";
import { type State, say } from "./state.ts";

/** From here on the counter is shown. */
const COUNTER_FROM = 0.9;

export function drawComposer(
  state: State,
  actions: Actions,
  box: { readonly place: string; readonly as: string; readonly label: string },
): TemplateResult {
  const scope = `write:${box.place}`;
  const submit = () => void actions.submit(box.place, box.as);
  return html`<div class="composer">
    ${problemLine(state, scope, actions)} ${drawCounter(state, box.place)}
    <div class="writing">
      <textarea
        rows="1"
        aria-label=${box.label}
        placeholder=${box.label}
        aria-invalid=${state.problems.has(scope) ? "true" : nothing}
        aria-describedby=${state.problems.has(scope) ? problemId(scope) : nothing}
        dir="auto"
        .value=${live(state.drafts.get(box.place) ?? "")}
        @input=${(event: InputEvent) => actions.write(box.place, textOf(event))}
        @keydown=${(event: KeyboardEvent) => {
          if (!sends(event)) return;
          event.preventDefault();
          submit();
        }}
      ></textarea>
      <button
        type="button"
        class="send"
        aria-label=${say(state, "send")}
        title=${say(state, "send")}
        @click=${once(submit)}
      >
        ${sendIcon}
      </button>
    </div>
  </div>`;
}

function drawCounter(state: State, place: string): TemplateResult | typeof nothing {
  const length = state.drafts.get(place)?.trim().length ?? 0;
  const max = state.config.maxTextLength;
  const told = state.problems.get(`write:${place}`)?.kind === "too-long";
  if (told || length < max * COUNTER_FROM) return nothing;
  const [count, limit] = [length, max].map((number) => number.toLocaleString(state.language));
  return html`<p class="counter ${length > max ? "over" : ""}">
    ${say(state, "count", { count: count ?? "", max: limit ?? "" })}
  </p>`;
}

/** The value of the field that an event came from. */
export function textOf(event: Event): string {
  const { target } = event;
  const field = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  return field ? target.value : "";
}

/** Enter while an input method is composing chooses a word and sends nothing. */
export function sends(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.repeat;
}
