/** What the page knows: the transcript's model and what this one page is doing with it. */
import type { Chat, Shown } from "../entries.ts";
import type { OpenForm, PageConfig, PageEvent, Person } from "../wire.ts";
import { type Model, messagesOf } from "./model.ts";
import { fill, type Params, type Texts } from "./texts.ts";

export const panes = ["chat", "messages", "leads"] as const;
export type Pane = (typeof panes)[number];

/** A request that did not come through. `event` can be sent again as it is. */
export interface Problem {
  readonly kind: "failed" | "refused" | "too-long" | "no-slash";
  readonly reason?: string;
  readonly event?: PageEvent;
}

export interface State {
  readonly config: PageConfig;
  readonly language: string;
  readonly texts: Texts;
  readonly theme: "light" | "dark" | "system";
  readonly model: Model | undefined;
  readonly connected: boolean;
  /** The chat that is shown; the newest when undefined. */
  readonly chat: string | undefined;
  /** Who writes in the support chat: `customer` is the chat's own. */
  readonly writer: string;
  /** Whose direct messages are shown; the chat's customer when undefined. */
  readonly reader: string | undefined;
  /** Who acts in #support; the first lead when undefined. */
  readonly lead: string | undefined;
  /** The one pane of a narrow page. */
  readonly pane: Pane;
  readonly choosingCustomer: boolean;
  readonly tourOpen: boolean;
  /** Whether the command line suggests, and which suggestion is chosen (-1: none). */
  readonly suggesting: boolean;
  readonly suggestion: number;
  /** What stands in the fields, by place. */
  readonly drafts: ReadonlyMap<string, string>;
  /** Messages that were sent and are not in the transcript yet. */
  readonly outgoing: readonly Shown[];
  /** By scope: a place, a message's id, `form`. */
  readonly problems: ReadonlyMap<string, Problem>;
  /** Scopes with a request under way. */
  readonly busy: ReadonlySet<string>;
  readonly form: { readonly form: OpenForm; readonly as: string } | undefined;
  /** The last entry that was seen, by pane: what came later is new. */
  readonly seen: ReadonlyMap<Pane, number>;
}

export interface Store {
  readonly state: State;
  change(patch: Partial<State>): void;
}

/** Keeps the state and calls `draw` once after any number of changes in a row. */
export function createStore(initial: State, draw: (state: State) => void): Store {
  let state = initial;
  let waiting = false;
  return {
    get state() {
      return state;
    },
    change(patch) {
      state = { ...state, ...patch };
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        draw(state);
      });
    },
  };
}

/** A text of the page in its language. */
export function say(state: State, key: string, params?: Params): string {
  return fill(state.texts, key, params);
}

export function personOf(state: State, id: string): Person | undefined {
  return state.config.people.find((person) => person.id === id);
}

export function nameOf(state: State, id: string): string {
  return id === "bot" ? say(state, "bot.name") : (personOf(state, id)?.name ?? id);
}

export function withRole(state: State, role: Person["role"]): Person[] {
  return state.config.people.filter((person) => person.role === role);
}

/** The one who reads #support and types commands. */
export function leadOf(state: State): string {
  return state.lead ?? inSupport(state)[0]?.id ?? "";
}

/** Leads and admins, in the order of everybody. */
export function inSupport(state: State): Person[] {
  return state.config.people.filter(({ role }) => role === "lead" || role === "admin");
}

/** The chat that is shown. */
export function currentChat(state: State): Chat | undefined {
  const chats = state.model?.chats;
  if (!chats) return undefined;
  return (state.chat ? chats.get(state.chat) : undefined) ?? [...chats.values()].at(-1);
}

/** Who writes in the shown chat: an agent, or the chat's own customer. */
export function writerOf(state: State): string {
  const customer = currentChat(state)?.customer ?? "";
  return state.writer === "customer" ? customer : state.writer;
}

/** Whose direct messages are shown. */
export function readerOf(state: State): string {
  return state.reader ?? currentChat(state)?.customer ?? withRole(state, "customer")[0]?.id ?? "";
}

/** The place that a pane shows. */
export function placeOf(state: State, pane: Pane): string {
  if (pane === "leads") return "leads";
  if (pane === "messages") return `direct:${readerOf(state)}`;
  return `chat:${currentChat(state)?.id ?? ""}`;
}

/** A message with those in its thread. */
export interface Threaded {
  readonly message: Shown;
  readonly replies: readonly Shown[];
}

/** Messages with their threads; one whose first message is gone stands by itself. */
export function threadsOf(messages: readonly Shown[]): Threaded[] {
  const ids = new Set(messages.map(({ id }) => id));
  const isReply = ({ beneath }: Shown) => beneath !== undefined && ids.has(beneath);
  const replies = Map.groupBy(messages.filter(isReply), ({ beneath = "" }) => beneath);
  return messages
    .filter((message) => !isReply(message))
    .map((message) => ({ message, replies: replies.get(message.id) ?? [] }));
}

/** What stands in a place, oldest first, with what is on its way there. */
export function messagesIn(state: State, place: string): Shown[] {
  const { model, outgoing } = state;
  if (!model) return [];
  const coming = outgoing.filter((each) => each.place === place && !model.messages.has(each.id));
  return [...messagesOf(model, place), ...coming];
}

/** Whether something came into the pane since it was last looked at. */
export function hasNews(state: State, pane: Pane): boolean {
  const latest = Math.max(0, ...messagesIn(state, placeOf(state, pane)).map(({ seq }) => seq));
  return latest > (state.seen.get(pane) ?? 0);
}
