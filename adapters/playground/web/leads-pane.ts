/** #support: where the lead sees unhappy answers and types commands. */
import { html, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import { drawCommandLine } from "./command-line.ts";
import { avatar } from "./controls.ts";
import { drawLog } from "./message.ts";
import { inSupport, leadOf, messagesIn, personOf, type State, say } from "./state.ts";

/** A channel's name is a name: the same in every language. */
export const LEADS_CHANNEL = "#support";

export function drawLeadsPane(state: State, actions: Actions): TemplateResult {
  const lead = leadOf(state);
  const choose = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) actions.change({ lead: event.target.value });
  };
  return html`
    <header class="pane-header">
      <h2>${LEADS_CHANNEL}</h2>
      <p class="whose">
        ${avatar(state, lead)}<span class="tag">${say(state, `role.${personOf(state, lead)?.role ?? "lead"}`)}</span>
      </p>
      <select aria-label=${say(state, "leads.whose")} @change=${choose}>
        ${inSupport(state).map(
          ({ id, name }) => html`<option value=${id} .selected=${id === lead}>${name}</option>`,
        )}
      </select>
    </header>
    ${drawLog(state, actions, {
      name: "leads",
      label: say(state, "leads.log", { channel: LEADS_CHANNEL }),
      place: "leads",
      messages: messagesIn(state, "leads"),
      empty: say(state, "leads.empty", { command: "/nps week" }),
      own: () => false,
    })}
    ${drawCommandLine(state, actions)}
  `;
}
