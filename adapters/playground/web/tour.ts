/** The first minute: what to try, ticked off as it happens, and sample data. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Shown } from "../entries.ts";
import type { Actions } from "./actions.ts";
import { once } from "./controls.ts";
import { checkIcon } from "./icons.ts";
import { currentChat, messagesIn, nameOf, personOf, type State, say, withRole } from "./state.ts";

interface Step {
  readonly text: string;
  readonly done: boolean;
}

/** The first steps, in order, and which of them were taken already in anybody's chat. */
function steps(state: State): Step[] {
  const messages = [...(state.model?.messages.values() ?? [])].filter(
    ({ status }) => status === "saved",
  );
  const byRole = (role: string) =>
    messages.filter(
      ({ from, place }) => place.startsWith("chat:") && personOf(state, from)?.role === role,
    );
  const closed = [...(state.model?.chats.values() ?? [])].some(({ state }) => state !== "open");
  const customer = nameOf(state, currentChat(state)?.customer ?? "");
  const agent = nameOf(state, withRole(state, "agent")[0]?.id ?? "");
  return [
    { text: say(state, "tour.write", { name: customer }), done: byRole("customer").length >= 2 },
    { text: say(state, "tour.reply", { name: agent }), done: byRole("agent").length >= 1 },
    { text: say(state, "tour.close"), done: closed },
    { text: say(state, "tour.answer"), done: messages.some(isAnswer) },
    { text: say(state, "tour.summary", { command: "/nps week" }), done: messages.some(isSummary) },
  ];
}

/** Somebody said something to the bot, or a question of the bot's was replaced by what came of it. */
function isAnswer({ place, from, key, content }: Shown): boolean {
  if (!place.startsWith("direct:")) return false;
  const asks = content?.parts.some(({ kind }) => kind === "scale" || kind === "choices");
  return from !== "bot" || (key !== undefined && asks === false);
}

function isSummary({ place, text }: Shown): boolean {
  return place === "leads" && text !== undefined && /^\/nps\b/i.test(text);
}

export function drawTour(state: State, actions: Actions): TemplateResult {
  const all = steps(state);
  const current = all.findIndex(({ done }) => !done);
  return html`<section class="tour ${state.tourOpen ? "open" : ""}" aria-labelledby="tour-title">
    <h2 id="tour-title">${say(state, "tour.title")}</h2>
    ${
      current < 0
        ? html`<p class="steps">${say(state, "tour.finished")}</p>`
        : drawSteps(state, actions, all, current)
    }
    ${drawSample(state, actions)}
  </section>`;
}

function drawSteps(
  state: State,
  actions: Actions,
  all: readonly Step[],
  current: number,
): TemplateResult {
  return html`<ol class="steps">
      ${all.map(
        ({ text, done }, index) => html`<li
          class=${done ? "done" : ""}
          aria-current=${index === current ? "step" : nothing}
        >
          <span class="number" aria-hidden="true">${done ? checkIcon : index + 1}</span>
          <span>${text}${done ? html`<span class="unseen"> (${say(state, "tour.done")})</span>` : nothing}</span>
        </li>`,
      )}
    </ol>
    <button
      type="button"
      class="small all-steps"
      aria-expanded=${state.tourOpen}
      @click=${once(() => actions.change({ tourOpen: !state.tourOpen }))}
    >
      <span class="unseen">${say(state, "tour.all")}, </span>
      ${say(state, "tour.progress", { step: current + 1, steps: all.length })}
    </button>`;
}

const FILL = "/aftertalk sample";
const REMOVE = "/aftertalk sample remove";

/** The one command that a newcomer need not type; what was typed last tells what is offered next. */
function drawSample(state: State, actions: Actions): TemplateResult {
  const typed = messagesIn(state, "leads").filter(({ text }) => text === FILL || text === REMOVE);
  const last = typed.at(-1);
  const pending = last?.status === "sending" ? last.text : undefined;
  const filled = typed.findLast(({ status }) => status === "saved")?.text === FILL;
  const resting = filled ? "sample.remove" : "sample.fill";
  const busy = pending === REMOVE ? "sample.removing" : "sample.filling";
  return html`<button
    type="button"
    class="sample small"
    aria-disabled=${pending ? "true" : nothing}
    @click=${once(() => !pending && void actions.command(filled ? REMOVE : FILL))}
  >
    ${pending ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
    ${say(state, pending ? busy : resting)}
  </button>`;
}
