/** The support chat between a customer and the team. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Chat } from "../entries.ts";
import type { Actions } from "./actions.ts";
import { drawComposer } from "./composer.ts";
import { avatar, once, problemLine } from "./controls.ts";
import { moreIcon, plusIcon } from "./icons.ts";
import { drawLog } from "./message.ts";
import {
  currentChat,
  messagesIn,
  nameOf,
  personOf,
  type State,
  say,
  withRole,
  writerOf,
} from "./state.ts";

export function drawChatPane(state: State, actions: Actions): TemplateResult {
  const chat = currentChat(state);
  return html`
    <header class="pane-header">
      <h2>${say(state, "chat.title")}</h2>
      ${drawChoice(state, actions, chat)}
      <button
        type="button"
        class="small"
        aria-expanded=${state.choosingCustomer}
        @click=${once(() => actions.change({ choosingCustomer: !state.choosingCustomer }))}
      >
        ${plusIcon}<span>${say(state, "chat.new")}</span>
      </button>
      ${state.choosingCustomer ? drawNewChat(state, actions) : nothing}
    </header>
    ${chat ? drawChat(state, actions, chat) : nothing}
  `;
}

function drawChat(state: State, actions: Actions, chat: Chat): TemplateResult {
  const place = `chat:${chat.id}`;
  const writer = writerOf(state);
  return html`
    ${drawLog(state, actions, {
      name: "chat",
      label: say(state, "chat.log"),
      place,
      messages: messagesIn(state, place),
      empty: say(state, "chat.empty"),
      own: (id) => personOf(state, id)?.role === "agent",
    })}
    ${problemLine(state, place, actions)}
    ${
      chat.state === "open"
        ? html`${drawOpenBar(state, actions, chat)}
          ${drawComposer(state, actions, {
            place,
            as: writer,
            label: say(state, "chat.message", { name: nameOf(state, writer) }),
          })}`
        : drawClosedBar(state, actions, chat)
    }
  `;
}

function drawChoice(state: State, actions: Actions, chat: Chat | undefined): TemplateResult {
  const chats = [...(state.model?.chats.values() ?? [])].reverse();
  const choose = (event: Event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    actions.change({ chat: event.target.value, reader: undefined });
  };
  return html`<select aria-label=${say(state, "chat.which")} @change=${choose}>
    ${chats.map(
      (each) => html`<option value=${each.id} .selected=${each.id === chat?.id}>
        ${nameOf(state, each.customer)} · ${say(state, `state.${each.state}`)} · ${openedTime(state, each)}
      </option>`,
    )}
  </select>`;
}

function openedTime(state: State, chat: Chat): string {
  const style = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return new Date(chat.openedAt).toLocaleString(state.language, style);
}

function drawNewChat(state: State, actions: Actions): TemplateResult {
  return html`<div class="new-chat" role="group" aria-label=${say(state, "chat.new.with")}>
    <span>${say(state, "chat.new.with")}</span>
    ${withRole(state, "customer").map(
      ({ id, name }) => html`<button
        type="button"
        class="small"
        @click=${once(() => void actions.newChat(id))}
      >
        ${avatar(state, id)}${name}
      </button>`,
    )}
    ${problemLine(state, "new-chat", actions)}
  </div>`;
}

/** Who writes, and the ways to close. */
function drawOpenBar(state: State, actions: Actions, chat: Chat): TemplateResult {
  const agents = withRole(state, "agent");
  const writer = writerOf(state);
  const choices = [
    { value: "customer", id: chat.customer },
    ...agents.map(({ id }) => ({ value: id, id })),
  ];
  // A customer may say that it is solved; the other ways are the team's.
  const agent = writer === chat.customer ? (agents[0]?.id ?? "") : writer;
  const close = (reason: "solved" | "manual" | "inactivity" | "spam", by: string) =>
    once(() => void actions.closeChat(chat, reason, by));
  return html`<div class="chat-bar">
    <fieldset class="writers">
      <legend class="unseen">${say(state, "chat.as")}</legend>
      ${choices.map(
        ({ value, id }) => html`<label>
          <input
            type="radio"
            name="writer"
            value=${value}
            .checked=${id === writer}
            @change=${() => actions.change({ writer: value })}
          />${avatar(state, id)}<span>${nameOf(state, id)}</span>
          <span class="unseen">${personOf(state, id)?.team ?? say(state, "role.customer")}</span>
        </label>`,
      )}
    </fieldset>
    <div class="closing">
      <button type="button" class="small" @click=${close("solved", writer)}>
        ${say(state, "chat.solved")}
      </button>
      <details class="menu">
        <summary aria-label=${say(state, "chat.more")} title=${say(state, "chat.more")}>${moreIcon}</summary>
        <div class="actions" role="group" aria-label=${say(state, "chat.more")}>
          ${(["manual", "inactivity", "spam"] as const).map(
            (reason) => html`<button type="button" @click=${close(reason, agent)}>
              ${say(state, `chat.${reason}`)}
            </button>`,
          )}
        </div>
      </details>
    </div>
  </div>`;
}

function drawClosedBar(state: State, actions: Actions, chat: Chat): TemplateResult {
  return html`<div class="chat-bar closed">
    <p>${say(state, `closed.${chat.state}`, { name: nameOf(state, chat.by ?? "") })}</p>
    <button
      type="button"
      class="small"
      @click=${once(() => void actions.reopenChat(chat, writerOf(state)))}
    >
      ${say(state, "chat.reopen")}
    </button>
  </div>`;
}
