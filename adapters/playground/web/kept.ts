/** What somebody wrote and nobody has yet: kept in this tab over a reload until it has arrived. */
import type { Shown } from "../entries.ts";
import type { Problem, State, Store } from "./state.ts";

const STORAGE_KEY = "aftertalk.kept";

/** Notes what stands in the field of a place. */
export function setDraft(store: Store, place: string, text: string): void {
  const drafts = new Map(store.state.drafts);
  if (text === "") drafts.delete(place);
  else drafts.set(place, text);
  store.change({ drafts });
  keep(store.state);
}

/** Takes a message on its way; it is shown as being sent until the transcript has it. */
export function sendOff(store: Store, message: Shown): void {
  store.change({ outgoing: [...store.state.outgoing, message] });
  keep(store.state);
}

/** A message that was refused goes back to where it was written, before what is there now. */
export function takeBack(store: Store, { id, place, text = "" }: Shown): void {
  store.change({ outgoing: store.state.outgoing.filter((each) => each.id !== id) });
  const now = store.state.drafts.get(place);
  setDraft(store, place, now === undefined ? text : `${text}\n${now}`);
}

/** Forgets what has arrived. */
export function settle(store: Store): void {
  const { outgoing, model } = store.state;
  const left = outgoing.filter(({ id }) => !model?.messages.has(id));
  if (left.length === outgoing.length) return;
  store.change({ outgoing: left });
  keep(store.state);
}

/** What this tab kept from before a reload; whether it arrived is not known. */
export function loadKept(): Pick<State, "drafts" | "outgoing"> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "{}");
    const outgoing: Shown[] = kept.outgoing ?? [];
    return {
      drafts: new Map(kept.drafts ?? []),
      outgoing: outgoing.map((message) => ({ ...message, status: "unsaved" })),
    };
  } catch {
    return { drafts: new Map(), outgoing: [] }; // storage is off, or holds something else
  }
}

function keep({ drafts, outgoing }: State): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ drafts: [...drafts], outgoing }));
  } catch {
    // Storage is off or full: it is kept as long as the page.
  }
}

/** Why a text cannot be sent as it is; undefined when it can. */
export function problemOf(place: string, text: string, state: State): Problem | undefined {
  if (text.length > state.config.maxTextLength) return { kind: "too-long" };
  if (place === "leads" && !text.startsWith("/")) return { kind: "no-slash" };
  return undefined;
}
