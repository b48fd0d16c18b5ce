/** A form of the bot's as a dialog. It keeps what is in it until it is accepted or dismissed. */
import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { ref } from "lit-html/directives/ref.js";
import type { OpenForm } from "../wire.ts";
import type { Actions } from "./actions.ts";
import { once, problemLine } from "./controls.ts";
import { type State, say } from "./state.ts";

type Field = OpenForm["fields"][number];
type Choices = NonNullable<Field["choices"]>;

export function drawFormDialog(state: State, actions: Actions): TemplateResult | typeof nothing {
  const open = state.form;
  if (!open) return nothing;
  const { form } = open;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const values = new FormData(event.target);
    void actions.submitForm(
      Object.fromEntries(form.fields.map(({ name }) => [name, values.getAll(name).join(",")])),
    );
  };
  return html`${keyed(
    open,
    html`<dialog ${ref(showModal)} aria-labelledby="form-title" @close=${() => actions.dismissForm()}>
      <form @submit=${submit}>
        <h2 id="form-title" dir="auto">${form.title}</h2>
        ${form.notice === undefined ? nothing : html`<p dir="auto">${form.notice}</p>`}
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
  const { name, label, required, hint, problem } = field;
  const said = html`<span id="label-${name}" dir="auto"
    >${label}${required ? html` <small>(${say(state, "required")})</small>` : nothing}</span
  >`;
  const below = problem ?? hint;
  return html`<div class="field" ?data-wrong=${problem !== undefined}>
    ${
      field.choices !== undefined && field.many
        ? html`${said}${drawChecks(field, field.choices)}`
        : html`<label>${said}${drawInput(field)}</label>`
    }
    ${
      below === undefined
        ? nothing
        : html`<small id="below-${name}" dir="auto" role=${problem === undefined ? nothing : "alert"}
            >${below}</small
          >`
    }
  </div>`;
}

function drawChecks({ name, value = "" }: Field, choices: Choices): TemplateResult {
  const chosen = value.split(",");
  return html`<div class="checks" role="group" aria-labelledby="label-${name}">
    ${choices.map(
      (choice) =>
        html`<label
          ><input
            type="checkbox"
            name=${name}
            value=${choice.value}
            ?checked=${chosen.includes(choice.value)}
          /><span dir="auto">${choice.label}</span></label
        >`,
    )}
  </div>`;
}

function drawInput(field: Field): TemplateResult {
  const { name, multiline, required, maxLength, value = "", choices } = field;
  const described = field.problem ?? field.hint;
  const below = described === undefined ? nothing : `below-${name}`;
  const wrong = field.problem === undefined ? nothing : "true";
  if (choices !== undefined) {
    return html`<select
      name=${name}
      ?required=${required}
      aria-describedby=${below}
      aria-invalid=${wrong}
    >
      ${choices.map(
        (choice) =>
          html`<option value=${choice.value} ?selected=${choice.value === value}>
            ${choice.label}
          </option>`,
      )}
    </select>`;
  }
  if (multiline) {
    return html`<textarea
      rows="4"
      name=${name}
      dir="auto"
      maxlength=${maxLength}
      ?required=${required}
      aria-describedby=${below}
      aria-invalid=${wrong}
      .defaultValue=${value}
    ></textarea>`;
  }
  return html`<input
    name=${name}
    dir="auto"
    maxlength=${maxLength}
    ?required=${required}
    aria-describedby=${below}
    aria-invalid=${wrong}
    .defaultValue=${value}
  />`;
}

/** A dialog opens itself as it comes onto the page; the browser then keeps the focus in it. */
function showModal(dialog: Element | undefined): void {
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  queueMicrotask(() => dialog.isConnected && dialog.showModal());
}
