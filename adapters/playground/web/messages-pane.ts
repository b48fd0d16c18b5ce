/** A customer's direct messages with the bot. */
import { html, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import { drawComposer } from "./composer.ts";
import { drawLog } from "./message.ts";
import { messagesIn, nameOf, readerOf, type State, say, withRole } from "./state.ts";

export function drawMessagesPane(state: State, actions: Actions): TemplateResult {
  const reader = readerOf(state);
  const place = `direct:${reader}`;
  const name = nameOf(state, reader);
  const choose = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) actions.change({ reader: event.target.value });
  };
  return html`
    <header class="pane-header">
      <h2>${say(state, "messages.title")}</h2>
      <select aria-label=${say(state, "messages.whose")} @change=${choose}>
        ${readers(state).map(
          (id) =>
            html`<option value=${id} .selected=${id === reader}>${nameOf(state, id)}</option>`,
        )}
      </select>
    </header>
    ${drawLog(state, actions, {
      name: "messages",
      label: say(state, "messages.log", { name }),
      place,
      messages: messagesIn(state, place),
      empty: say(state, "messages.empty", { name }),
      own: (id) => id === reader,
    })}
    ${drawComposer(state, actions, {
      place,
      as: reader,
      label: say(state, "messages.reply", { name }),
    })}
  `;
}

/** The customers, and whoever else the bot has written to. */
function readers(state: State): string[] {
  const customers = withRole(state, "customer").map(({ id }) => id);
  const others = state.config.people
    .map(({ id }) => id)
    .filter((id) => !customers.includes(id) && messagesIn(state, `direct:${id}`).length > 0);
  return [...customers, ...others];
}
