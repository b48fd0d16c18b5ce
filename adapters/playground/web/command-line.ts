/** The lead's command line: a combo box with what can be typed after a slash. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Actions } from "./actions.ts";
import { matching, type Suggestion, suggestions } from "./commands.ts";
import { sends, textOf } from "./composer.ts";
import { once, problemId, problemLine } from "./controls.ts";
import { sendIcon } from "./icons.ts";
import { leadOf, nameOf, type State, say } from "./state.ts";

const PLACE = "leads";
const SCOPE = `write:${PLACE}`;

export function drawCommandLine(state: State, actions: Actions): TemplateResult {
  const lead = leadOf(state);
  const typed = state.drafts.get(PLACE) ?? "";
  const found = state.suggesting ? matching(suggestions(new Date()), typed) : [];
  const chosen = found[state.suggestion];
  const label = say(state, "leads.command", { name: nameOf(state, lead) });
  const submit = () => {
    actions.change({ suggesting: false });
    void actions.submit(PLACE, lead);
  };
  const take = (suggestion: Suggestion) => {
    actions.write(PLACE, suggestion.line);
    actions.change({ suggesting: false, suggestion: -1 });
  };
  return html`<div class="composer">
    ${problemLine(state, SCOPE, actions)} ${drawSuggestions(state, found, take)}
    <div class="writing">
      <input
        type="text"
        role="combobox"
        aria-label=${label}
        placeholder="/nps week"
        aria-expanded=${found.length > 0}
        aria-controls="suggestions"
        aria-autocomplete="list"
        aria-activedescendant=${chosen ? `suggestion-${state.suggestion}` : nothing}
        aria-invalid=${state.problems.has(SCOPE) ? "true" : nothing}
        aria-describedby=${state.problems.has(SCOPE) ? problemId(SCOPE) : nothing}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${live(typed)}
        @input=${(event: Event) => {
          actions.write(PLACE, textOf(event));
          actions.change({ suggesting: true, suggestion: -1 });
        }}
        @blur=${() => actions.change({ suggesting: false, suggestion: -1 })}
        @keydown=${(event: KeyboardEvent) => {
          const next = moved(event.key, state.suggestion, found.length);
          if (next !== undefined) actions.change({ suggestion: next });
          else if (event.key === "Escape") actions.change({ suggesting: false, suggestion: -1 });
          else if (event.key === "Tab" && chosen && !event.shiftKey) take(chosen);
          else if (sends(event)) chosen ? take(chosen) : submit();
          else return;
          event.preventDefault();
        }}
      />
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

function drawSuggestions(
  state: State,
  found: readonly Suggestion[],
  take: (suggestion: Suggestion) => void,
): TemplateResult {
  return html`<ul
    id="suggestions"
    class="suggestions"
    role="listbox"
    aria-label=${say(state, "leads.suggestions")}
    ?hidden=${found.length === 0}
  >
    ${found.map(
      (suggestion, index) => html`<li
        id="suggestion-${index}"
        role="option"
        aria-selected=${index === state.suggestion}
        @pointerdown=${(event: PointerEvent) => {
          event.preventDefault(); // the field keeps the focus
          take(suggestion);
        }}
      >
        <code>${suggestion.line}</code><span>${say(state, suggestion.hint)}</span>
      </li>`,
    )}
  </ul>`;
}

/** The suggestion after an arrow key; -1 is the line as typed. */
function moved(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown") return at + 1 < count ? at + 1 : -1;
  if (key === "ArrowUp") return at > -1 ? at - 1 : count - 1;
  return undefined;
}
