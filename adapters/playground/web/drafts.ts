/** What somebody is writing is never lost: kept by place over a reload, cleared when it is said. */
import type { Draft, Problem, State, Store } from "./state.ts";

const STORAGE_KEY = "aftertalk.drafts";

export function setDraft(store: Store, place: string, draft: Draft): void {
  keep(store, new Map(store.state.drafts).set(place, draft));
}

/** Forgets a draft that was said, unless more was written meanwhile. */
export function clearDraft(store: Store, place: string, said: string): void {
  if (store.state.drafts.get(place)?.text.trim() !== said) return;
  const drafts = new Map(store.state.drafts);
  drafts.delete(place);
  keep(store, drafts);
}

/** Clears what stands in the transcript already, although the answer to its request never came. */
export function settleDrafts(store: Store): void {
  for (const [place, { attempt }] of store.state.drafts) {
    if (!attempt || !store.state.model?.messages.has(attempt.id)) continue;
    clearDraft(store, place, attempt.text);
    const problems = new Map(store.state.problems);
    if (problems.delete(`write:${place}`)) store.change({ problems });
  }
}

/** Drafts of this tab from before a reload. */
export function loadDrafts(): Map<string, Draft> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "[]");
    if (!Array.isArray(kept)) return new Map();
    return new Map(kept.map(([place, text]) => [String(place), { text: String(text) }]));
  } catch {
    return new Map(); // storage is off, or holds something else
  }
}

function keep(store: Store, drafts: ReadonlyMap<string, Draft>): void {
  store.change({ drafts });
  try {
    const texts = [...drafts].map(([place, draft]) => [place, draft.text]);
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(texts));
  } catch {
    // Storage is off or full: the draft lives as long as the page.
  }
}

/** Why a text cannot be sent as it is; undefined when it can. */
export function problemOf(place: string, text: string, state: State): Problem | undefined {
  if (text.length > state.config.maxTextLength) return { kind: "too-long" };
  if (place === "leads" && !text.startsWith("/")) return { kind: "no-slash" };
  return undefined;
}
