/** One message of a log: a person's words, or what the bot says with its buttons. */
import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import type { Shown } from "../entries.ts";
import type { Actions } from "./actions.ts";
import { followNewest } from "./attention.ts";
import { avatar, once, problemLine } from "./controls.ts";
import { eyeIcon, warnIcon } from "./icons.ts";
import { drawContent } from "./parts.ts";
import { nameOf, personOf, type State, say, threadsOf } from "./state.ts";

/** A list of messages, oldest first. `own` is whose messages stand on the right. */
export function drawLog(
  state: State,
  actions: Actions,
  log: {
    readonly name: string;
    readonly label: string;
    readonly place: string;
    readonly messages: readonly Shown[];
    readonly empty: string;
    readonly own: (id: string) => boolean;
  },
): TemplateResult {
  // Another place is another log: it begins at its newest message.
  return html`${keyed(
    log.place,
    html`<div
    ${ref(followNewest)}
    class="log"
    data-log=${log.name}
    role="region"
    aria-label=${log.label}
    tabindex="0"
  >
    ${log.messages.length === 0 ? html`<p class="empty">${log.empty}</p>` : nothing}
    <ol>
      ${repeat(
        threadsOf(log.messages),
        ({ message }) => message.id,
        ({ message, replies }) =>
          drawMessage(state, actions, message, {
            own: log.own(message.from),
            thread: replies.map((reply) => drawMessage(state, actions, reply, { own: false })),
          }),
      )}
    </ol>
  </div>`,
  )}`;
}

function drawMessage(
  state: State,
  actions: Actions,
  message: Shown,
  how: { readonly own: boolean; readonly thread?: readonly TemplateResult[] },
): TemplateResult {
  const { own, thread = [] } = how;
  const scope = `message:${message.id}`;
  const classes = [own ? "own" : "", message.only === undefined ? "" : "only"].join(" ");
  return html`<li class="message ${classes}" data-message=${message.id} tabindex="-1">
    ${avatar(state, message.from)}
    <div class="said">
      ${drawByline(state, message)}
      ${
        message.content
          ? drawContent(state, message.content, {
              press: (token) => void actions.press(message, token),
              busy: state.busy.has(scope),
            })
          : html`<p class="words" dir="auto">${message.text}</p>`
      }
      ${drawUnsaved(state, actions, message)}
      ${message.text !== undefined && message.status === "saved" ? nothing : problemLine(state, scope, actions)}
      ${
        thread.length === 0
          ? nothing
          : html`<ol class="thread" aria-label=${say(state, "thread")}>
              ${thread}
            </ol>`
      }
    </div>
  </li>`;
}

function drawByline(state: State, message: Shown): TemplateResult {
  const role = personOf(state, message.from)?.role;
  const tag = role === undefined ? "bot.tag" : `role.${role}`;
  return html`<div class="byline">
    <bdi class="who">${nameOf(state, message.from)}</bdi>
    <span class="tag">${say(state, tag)}</span>
    <time datetime=${message.at}>${clockTime(message.at, state.language)}</time>
    ${
      message.only === undefined || message.only === message.from
        ? nothing
        : html`<span class="privately"
            >${eyeIcon}${say(state, "only", { name: nameOf(state, message.only) })}</span
          >`
    }
  </div>`;
}

/** Kept by the playground, not taken by the core: the same event can be sent again. */
function drawUnsaved(
  state: State,
  actions: Actions,
  message: Shown,
): TemplateResult | typeof nothing {
  const scope = `message:${message.id}`;
  const sending = message.status === "sending" || state.busy.has(scope);
  if (message.status === "saved" || state.problems.has(scope)) return nothing;
  if (sending) return html`<p class="note">${say(state, "sending")}</p>`;
  return html`<div class="problem" role="alert">
    ${warnIcon}<span>${say(state, "problem.unsaved")}</span>
    <button type="button" class="small" @click=${once(() => void actions.resend(message))}>
      ${say(state, "again")}
    </button>
  </div>`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockTime(at: string, language: string): string {
  const known = clocks.get(language);
  const clock = known ?? new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  if (!known) clocks.set(language, clock);
  return clock.format(new Date(at));
}
