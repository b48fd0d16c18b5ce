/** Small pieces that several panes use. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import { logo, warnIcon } from "./icons.ts";
import { nameOf, type State, say } from "./state.ts";

/** A handler that leaves out the second click of a double-click. */
export function once(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail <= 1) act();
  };
}

/** The initial of a person on their own colour, or our logo. */
export function avatar(state: State, id: string): TemplateResult {
  if (id === "bot") return html`<span class="avatar avatar-bot">${logo}</span>`;
  const index = state.config.people.findIndex((person) => person.id === id);
  return html`<span class="avatar avatar-${index}" aria-hidden="true"
    >${nameOf(state, id).charAt(0)}</span
  >`;
}

/** What went wrong in a scope, with a way to send the same again where that makes sense. */
export function problemLine(
  state: State,
  scope: string,
  actions: Actions,
): TemplateResult | typeof nothing {
  const problem = state.problems.get(scope);
  if (!problem) return nothing;
  const again =
    problem.event &&
    html`<button
    type="button"
    class="small"
    ?disabled=${state.busy.has(scope)}
    @click=${once(() => void actions.retry(scope))}
  >
    ${say(state, "again")}
  </button>`;
  return html`<div class="problem" role="alert" id=${problemId(scope)}>
    ${warnIcon}<span>${problemText(state, scope)}</span>${again}
  </div>`;
}

/** For aria-describedby. */
export function problemId(scope: string): string {
  return `problem-${scope.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
}

function problemText(state: State, scope: string): string {
  const problem = state.problems.get(scope);
  switch (problem?.kind) {
    case "failed":
      return say(state, "problem.away");
    case "refused":
      return say(state, "problem.refused", { reason: problem.reason ?? "" });
    case "too-long":
      return say(state, "problem.long", {
        count: (state.drafts.get(scope.slice("write:".length))?.trim().length ?? 0).toLocaleString(
          state.language,
        ),
        max: state.config.maxTextLength.toLocaleString(state.language),
      });
    case "no-slash":
      return say(state, "leads.slash", { command: "/nps week" });
    default:
      return "";
  }
}
