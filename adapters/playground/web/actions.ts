/** What people do on the page, as events; what did not come through stays and can be sent again. */
import type { Chat, Shown } from "../entries.ts";
import type { PageEvent } from "../wire.ts";
import { newId, type Outcome, sendEvent, sendNewChat } from "./api.ts";
import { seenNow } from "./attention.ts";
import { problemOf, sendOff, setDraft, settle, takeBack } from "./kept.ts";
import { leadOf, type Problem, type State, type Store } from "./state.ts";

type CloseReason = Extract<PageEvent, { kind: "chat-closed" }>["reason"];
type WithoutCommon<T> = T extends PageEvent ? Omit<T, "id" | "language" | "timeZone"> : never;
/** An event without what all of them have. */
type Deed = WithoutCommon<PageEvent>;

export interface Actions {
  /** Notes what is written in a place. */
  write(place: string, text: string): void;
  /** Sends what is written in a place. */
  submit(place: string, as: string): Promise<void>;
  /** Sends a message again that the core could not take. */
  resend(message: Shown): Promise<void>;
  /** Sends again what failed in a scope. */
  retry(scope: string): Promise<void>;
  press(message: Shown, token: string): Promise<void>;
  command(line: string): Promise<void>;
  closeChat(chat: Chat, reason: CloseReason, by: string): Promise<void>;
  reopenChat(chat: Chat, by: string): Promise<void>;
  newChat(customer: string): Promise<void>;
  submitForm(values: Readonly<Record<string, string>>): Promise<void>;
  dismissForm(): void;
  /** Shows something else. */
  change(patch: Partial<State>): void;
}

export function createActions(store: Store): Actions {
  const inTurn = createTurns();
  const perform = (scope: string, event: PageEvent, turn = scope) =>
    send(store, scope, event, (request) => inTurn(turn, request));
  const complete = (deed: Deed, id = newId()): PageEvent => ({
    ...deed,
    id,
    language: store.state.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const act = async (scope: string, deed: Deed) => {
    await perform(scope, complete(deed));
  };
  const deliver = async (message: Shown) => {
    const { id, place, from, text = "" } = message;
    const scope = `message:${id}`;
    const outcome = await perform(scope, complete(speech(place, from, text), id), place);
    settle(store);
    if (outcome?.kind !== "refused") return;
    takeBack(store, message);
    setProblem(store, `write:${place}`, store.state.problems.get(scope));
    setProblem(store, scope, undefined);
  };

  return {
    write(place, text) {
      setDraft(store, place, text);
      if (store.state.problems.has(`write:${place}`)) {
        setProblem(store, `write:${place}`, undefined);
      }
    },
    async submit(place, as) {
      const text = store.state.drafts.get(place)?.trim() ?? "";
      if (text === "") return;
      const problem = problemOf(place, text, store.state);
      if (problem) return setProblem(store, `write:${place}`, problem);
      const at = new Date().toISOString();
      const message: Shown = { id: newId(), place, from: as, text, at, seq: 0, status: "sending" };
      setDraft(store, place, "");
      sendOff(store, message);
      await deliver(message);
    },
    resend: deliver,
    async retry(scope) {
      const event = store.state.problems.get(scope)?.event;
      if (event) await perform(scope, event);
    },
    press: (message, token) =>
      act(`message:${message.id}`, {
        kind: "action",
        as: presserOf(message, store.state),
        message: message.id,
        token,
      }),
    command: (text) => act("write:leads", { kind: "command", as: leadOf(store.state), text }),
    closeChat: ({ id }, reason, by) =>
      act(`chat:${id}`, { kind: "chat-closed", as: by, chat: id, reason }),
    reopenChat: ({ id }, by) => act(`chat:${id}`, { kind: "chat-reopened", as: by, chat: id }),
    async newChat(customer) {
      const id = newId();
      const outcome = await sendNewChat({ id, customer });
      const failed = outcome.kind !== "accepted";
      setProblem(store, "new-chat", failed ? { kind: "failed" } : undefined);
      if (failed) return;
      store.change({ chat: id, reader: undefined, choosingCustomer: false, writer: "customer" });
    },
    submitForm: (values) => submitForm(store, values, perform, complete),
    dismissForm() {
      setProblem(store, "form", undefined);
      store.change({ form: undefined });
    },
    change(patch) {
      store.change(patch);
      store.change({ seen: seenNow(store.state) });
    },
  };
}

type Request = () => Promise<Outcome>;

/** Requests of one place go out one after another: what was done first arrives first. */
function createTurns(): (turn: string, request: Request) => Promise<Outcome> {
  const last = new Map<string, Promise<Outcome>>();
  return (turn, request) => {
    const outcome = last.get(turn)?.then(request) ?? request();
    last.set(turn, outcome);
    return outcome;
  };
}

/** One request at a time in a scope: a second click while the first is under way is not a second. */
async function send(
  store: Store,
  scope: string,
  event: PageEvent,
  inTurn: (request: Request) => Promise<Outcome>,
): Promise<Outcome | undefined> {
  if (store.state.busy.has(scope)) return undefined;
  store.change({ busy: new Set(store.state.busy).add(scope) });
  const outcome = await inTurn(() => sendEvent(event));
  const busy = new Set(store.state.busy);
  busy.delete(scope);
  store.change({ busy });
  setProblem(store, scope, problemFrom(outcome, event));
  if (outcome.kind === "accepted" && outcome.form) {
    store.change({ form: { form: outcome.form, as: event.as } });
  }
  return outcome;
}

function problemFrom(outcome: Outcome, event: PageEvent): Problem | undefined {
  if (outcome.kind === "failed") return { kind: "failed", event };
  return outcome.kind === "refused" ? { kind: "refused", reason: outcome.reason } : undefined;
}

function setProblem(store: Store, scope: string, problem: Problem | undefined): void {
  const problems = new Map(store.state.problems);
  if (problem) problems.set(scope, problem);
  else problems.delete(scope);
  store.change({ problems });
}

/** The form stays open with everything in it until it is accepted. */
async function submitForm(
  store: Store,
  values: Readonly<Record<string, string>>,
  perform: (scope: string, event: PageEvent) => Promise<Outcome | undefined>,
  complete: (deed: Deed) => PageEvent,
): Promise<void> {
  const open = store.state.form;
  if (!open) return;
  const { form, as } = open;
  const origin = form.message === undefined ? {} : { message: form.message };
  const failed = store.state.problems.get("form")?.event;
  const same = failed?.kind === "action" && equal(failed.values, values);
  const deed: Deed = { kind: "action", as, ...origin, token: form.submit.token, values };
  const outcome = await perform("form", same ? failed : complete(deed));
  if (outcome?.kind === "accepted" && store.state.form === open) store.change({ form: undefined });
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What is said in a place is a message there; in #support it is a command. */
function speech(place: string, as: string, text: string): Deed {
  if (place === "leads") return { kind: "command", as, text };
  const [kind, id = ""] = place.split(":");
  if (kind === "chat") return { kind: "chat-message", as, chat: id, text };
  return { kind: "direct-message", as, text };
}

/** Who presses a button: the one who alone sees the message, or to whom the place belongs. */
function presserOf(message: Shown, state: State): string {
  if (message.only !== undefined) return message.only;
  const [kind, id = ""] = message.place.split(":");
  if (kind === "direct") return id;
  return kind === "chat" ? (state.model?.chats.get(id)?.customer ?? "") : leadOf(state);
}
