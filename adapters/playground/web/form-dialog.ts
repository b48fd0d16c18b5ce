/** A form of the bot's as a dialog. It keeps what is in it until it is accepted or dismissed. */
import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { ref } from "lit-html/directives/ref.js";
import type { OpenForm } from "../wire.ts";
import type { Actions } from "./actions.ts";
import { once, problemLine } from "./controls.ts";
import { type State, say } from "./state.ts";

type Field = OpenForm["fields"][number];

export function drawFormDialog(state: State, actions: Actions): TemplateResult | typeof nothing {
  const open = state.form;
  if (!open) return nothing;
  const { form } = open;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const values = new FormData(event.target);
    void actions.submitForm(
      Object.fromEntries(form.fields.map(({ name }) => [name, String(values.get(name) ?? "")])),
    );
  };
  return html`${keyed(
    open,
    html`<dialog ${ref(showModal)} aria-labelledby="form-title" @close=${() => actions.dismissForm()}>
      <form @submit=${submit}>
        <h2 id="form-title" dir="auto">${form.title}</h2>
        ${form.fields.map((field) => drawField(state, field))}
        ${problemLine(state, "form", actions)}
        <div class="form-actions">
          <button type="button" @click=${once(() => actions.dismissForm())}>
            ${say(state, "cancel")}
          </button>
          <button type="submit" class="primary" ?disabled=${state.busy.has("form")}>
            ${form.submit.label}
          </button>
        </div>
      </form>
    </dialog>`,
  )}`;
}

function drawField(state: State, field: Field): TemplateResult {
  const { name, label, multiline, required, maxLength, value = "" } = field;
  return html`<label class="field">
    <span dir="auto"
      >${label}${required ? html` <small>(${say(state, "required")})</small>` : nothing}</span
    >
    ${
      field.choices !== undefined
        ? html`<select name=${name} ?required=${required}>
            ${field.choices.map(
              (choice) =>
                html`<option value=${choice.value} ?selected=${choice.value === value}>
                  ${choice.label}
                </option>`,
            )}
          </select>`
        : multiline
          ? html`<textarea
            rows="4"
            name=${name}
            dir="auto"
            maxlength=${maxLength}
            ?required=${required}
            .defaultValue=${value}
          ></textarea>`
          : html`<input
            name=${name}
            dir="auto"
            maxlength=${maxLength}
            ?required=${required}
            .defaultValue=${value}
          />`
    }
  </label>`;
}

/** A dialog opens itself as it comes onto the page; the browser then keeps the focus in it. */
function showModal(dialog: Element | undefined): void {
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  queueMicrotask(() => dialog.isConnected && dialog.showModal());
}
