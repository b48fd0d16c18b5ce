/** The page's requests to its server. */
import type { Entry, Snapshot } from "../entries.ts";
import type { Accepted, NewChat, OpenForm, PageConfig, PageEvent, Refused } from "../wire.ts";
import type { Texts } from "./texts.ts";

export type Outcome =
  | { readonly kind: "accepted"; readonly form?: OpenForm }
  /** Sending the same again would be refused again. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Not saved, or nobody knows: the same can be sent again. */
  | { readonly kind: "failed" };

export const sendEvent = (event: PageEvent) => post("/playground/events", event);
export const sendNewChat = (chat: NewChat) => post("/playground/chats", chat);
export const loadConfig = () => load<PageConfig>("/playground/config.json");
export const loadTexts = (language: string) => load<Texts>(`/playground/texts/${language}`);

/** An id that no other page makes; also where the page is not served securely. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Filling in sample data is the longest that the core is ever at work. */
const GIVE_UP_MS = 120_000;

async function post(path: string, body: unknown): Promise<Outcome> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    if (response.ok) return { kind: "accepted", ...((await response.json()) as Accepted) };
    if (response.status >= 500 || response.status === 401) return { kind: "failed" };
    const refused = (await response.json()) as Refused;
    return { kind: "refused", reason: refused.error.message };
  } catch {
    return { kind: "failed" }; // no network, too slow, or cut off in the middle
  }
}

/** Our own server's answers: their shapes are shared types. */
async function load<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

export interface StreamListener {
  snapshot(snapshot: Snapshot): void;
  entry(entry: Entry): void;
  connected(connected: boolean): void;
}

/** The browser comes back by itself after most failures; for the rest we do. */
const RETRY_MS = 1000;

/**
 * Follows the transcript for as long as the page is looked at. A browser holds few connections to
 * one host: pages in the background give theirs up, and catch up when they are looked at again.
 */
export function followTranscript(listener: StreamListener): void {
  let source: EventSource | undefined;
  let last = "";

  const open = () => {
    if (source || document.hidden) return;
    const opened = new EventSource(`/playground/stream?after=${encodeURIComponent(last)}`);
    source = opened;
    opened.addEventListener("open", () => listener.connected(true));
    opened.addEventListener("snapshot", (event) => {
      last = event.lastEventId;
      listener.snapshot(JSON.parse(event.data));
    });
    opened.addEventListener("entry", (event) => {
      last = event.lastEventId;
      listener.entry(JSON.parse(event.data));
    });
    opened.addEventListener("error", () => {
      listener.connected(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      close();
      setTimeout(open, RETRY_MS);
    });
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  open();
}
