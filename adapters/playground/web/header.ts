/** The name, the state of the connection, language and theme; on a narrow page also the panes. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import { once } from "./controls.ts";
import { logo, moonIcon, sunIcon } from "./icons.ts";
import { LEADS_CHANNEL } from "./leads-pane.ts";
import { hasNews, type Pane, panes, type State, say } from "./state.ts";
import { ownName } from "./texts.ts";

export interface Settings {
  setLanguage(language: string): void;
  setTheme(theme: "light" | "dark"): void;
}

export function drawHeader(state: State, settings: Settings): TemplateResult {
  const dark = isDark(state);
  const choose = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) settings.setLanguage(event.target.value);
  };
  const theme = say(state, dark ? "theme.light" : "theme.dark");
  return html`<header class="page-header">
    <h1>${logo}aftertalk <span class="tag">${say(state, "tag")}</span></h1>
    <p class="connection" role="status">
      ${state.connected ? nothing : say(state, state.model ? "reconnecting" : "loading")}
    </p>
    <select aria-label=${say(state, "language")} @change=${choose}>
      ${state.config.languages.map(
        (language) =>
          html`<option value=${language} lang=${language} .selected=${language === state.language}>
            ${ownName(language)}
          </option>`,
      )}
    </select>
    <button
      type="button"
      class="round"
      aria-label=${theme}
      title=${theme}
      @click=${() => settings.setTheme(dark ? "light" : "dark")}
    >
      ${dark ? sunIcon : moonIcon}
    </button>
  </header>`;
}

export function drawPaneChoice(state: State, actions: Actions): TemplateResult {
  return html`<nav class="pane-choice" aria-label=${say(state, "panes")}>
    ${panes.map(
      (pane) => html`<button
        type="button"
        aria-current=${pane === state.pane ? "true" : nothing}
        @click=${once(() => actions.change({ pane }))}
      >
        ${paneName(state, pane)}
        ${
          pane !== state.pane && hasNews(state, pane)
            ? html`<span class="news"><span class="unseen">(${say(state, "unread")})</span></span>`
            : nothing
        }
      </button>`,
    )}
  </nav>`;
}

export function paneName(state: State, pane: Pane): string {
  return pane === "leads" ? LEADS_CHANNEL : say(state, `${pane}.title`);
}

/** Follows the system until somebody chooses. */
function isDark(state: State): boolean {
  if (state.theme !== "system") return state.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
