/** Starts the page: loads its texts, follows the transcript, draws after every change. */
import { html, render, type TemplateResult } from "lit-html";
import { type Actions, createActions } from "./actions.ts";
import { followTranscript, loadConfig, loadTexts } from "./api.ts";
import { announce, closeMenus, keepFocus, seenNow } from "./attention.ts";
import { drawChatPane } from "./chat-pane.ts";
import { drawFormDialog } from "./form-dialog.ts";
import { drawHeader, drawPaneChoice, paneName, type Settings } from "./header.ts";
import { loadKept, settle } from "./kept.ts";
import { drawLeadsPane } from "./leads-pane.ts";
import { drawMessagesPane } from "./messages-pane.ts";
import { apply, fromSnapshot } from "./model.ts";
import { recall, remember } from "./preferences.ts";
import { createStore, type Pane, type State, type Store, say } from "./state.ts";
import { bestLanguage } from "./texts.ts";
import { drawTour } from "./tour.ts";

const root = document.querySelector<HTMLElement>("#app");

async function start(): Promise<void> {
  const config = await loadConfig();
  const wanted = [recall("language") ?? "", ...navigator.languages];
  const language = bestLanguage(wanted, config.languages);
  const theme = recall("theme");
  const store = createStore(
    {
      config,
      language,
      texts: await loadTexts(language),
      theme: theme === "dark" || theme === "light" ? theme : "system",
      model: undefined,
      connected: false,
      chat: undefined,
      writer: "customer",
      reader: undefined,
      lead: undefined,
      pane: "chat",
      choosingCustomer: false,
      tourOpen: false,
      suggesting: false,
      suggestion: -1,
      ...loadKept(),
      problems: new Map(),
      busy: new Set(),
      form: undefined,
      seen: new Map(),
    },
    (state) => draw(state, actions, settings),
  );
  const actions = createActions(store);
  const settings = createSettings(store);
  draw(store.state, actions, settings);
  follow(store);
  showLinkedChat(store);
  addEventListener("pointerdown", closeMenus);
  addEventListener("keydown", closeMenus);
  addEventListener("hashchange", () => showLinkedChat(store));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => store.change({}));
  matchMedia("(min-width: 64rem)").addEventListener("change", () =>
    store.change({ seen: seenNow(store.state) }),
  );
}

function follow(store: Store): void {
  followTranscript({
    connected: (connected) => store.change({ connected }),
    snapshot(snapshot) {
      store.change({ model: fromSnapshot(snapshot) });
      store.change({ seen: seenNow(store.state) });
      settle(store);
    },
    entry(entry) {
      const { model } = store.state;
      if (!model) return;
      apply(model, entry);
      const id = entry.kind === "message" ? entry.message.id : entry.kind === "updated" && entry.id;
      const said = id && model.messages.get(id);
      if (said) announce(store.state, said);
      store.change({ model: { ...model } });
      store.change({ seen: seenNow(store.state) });
      settle(store);
    },
  });
}

function createSettings(store: Store): Settings {
  return {
    setLanguage(language) {
      remember("language", language);
      loadTexts(language).then(
        (texts) => store.change({ language, texts }),
        () => store.change({ connected: false }), // the server is away: the page stays as it is
      );
    },
    setTheme(theme) {
      remember("theme", theme);
      store.change({ theme });
    },
  };
}

/** A link to a chat (`#chat=ID`) shows it, wherever it was clicked. */
function showLinkedChat(store: Store): void {
  const chat = new URLSearchParams(location.hash.slice(1)).get("chat");
  if (!chat) return;
  // Taken out of the address again, so that the same link works a second time.
  history.replaceState(null, "", location.pathname);
  store.change({ chat, reader: undefined, pane: "chat" });
  store.change({ seen: seenNow(store.state) });
}

function draw(state: State, actions: Actions, settings: Settings): void {
  if (!root) return;
  const restoreFocus = keepFocus();
  document.documentElement.lang = state.language;
  document.documentElement.dataset.theme = state.theme;
  document.title = say(state, "title");
  const pane = (name: Pane, content: TemplateResult) =>
    html`<section
      class="pane pane-${name} ${state.pane === name ? "current" : ""}"
      data-pane=${name}
      aria-label=${paneName(state, name)}
    >
      ${content}
    </section>`;
  render(
    html`${drawHeader(state, settings)} ${drawTour(state, actions)}
      ${drawPaneChoice(state, actions)}
      <main>
        ${pane("chat", drawChatPane(state, actions))}
        ${pane("messages", drawMessagesPane(state, actions))}
        ${pane("leads", drawLeadsPane(state, actions))}
      </main>
      ${drawFormDialog(state, actions)}`,
    root,
  );
  restoreFocus();
}

start().catch(() => {
  // The server is away before the page could be drawn: try again as a whole.
  setTimeout(() => location.reload(), 2000);
});
