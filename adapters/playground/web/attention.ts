/** What a person would do by hand after every drawing: scroll on, keep the focus, hear the news. */
import type { Shown } from "../entries.ts";
import { nameOf, type Pane, panes, placeOf, type State, say } from "./state.ts";

/** So near to where the newest is read (in pixels) still counts as being there. */
const NEAR_END = 60;
/** What stands above a new message that is taller than the log stays in sight: the question. */
const ABOVE_NEW = 72;

/** Logs whose reader has scrolled back. */
const scrolledBack = new WeakSet<Element>();

/** Keeps logs at their newest message as they or their content change size, unless scrolled back. */
const observer = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const log = target.closest<HTMLElement>("[data-log]");
    if (log && !scrolledBack.has(log)) log.scrollTop = newestPosition(log);
  }
});

/** For a log as it comes onto the page. */
export function followNewest(log: Element | undefined): void {
  if (!(log instanceof HTMLElement)) return;
  observer.observe(log);
  const list = log.querySelector("ol");
  if (list) observer.observe(list);
  log.addEventListener("scroll", () => {
    if (log.scrollTop < newestPosition(log) - NEAR_END) scrolledBack.add(log);
    else scrolledBack.delete(log);
  });
}

/** The end; of a message that is taller than the log, its beginning. */
function newestPosition(log: HTMLElement): number {
  const last = log.querySelector<HTMLElement>("li:last-child[data-message]");
  const end = log.scrollHeight - log.clientHeight;
  const top = last ? last.offsetTop - log.offsetTop - ABOVE_NEW : end;
  return Math.min(end, Math.max(top, 0));
}

/** Open menus close by Escape and by a press elsewhere, as everywhere. */
export function closeMenus(event: Event): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    const inside = event.target instanceof Node && menu.contains(event.target);
    if (event instanceof KeyboardEvent ? event.key !== "Escape" : inside) continue;
    if (inside) menu.querySelector("summary")?.focus();
    menu.open = false;
  }
}

/** A pressed button that is gone leaves the focus in its message or pane, not at the top of the page. */
export function keepFocus(): () => void {
  const focused = document.activeElement;
  const id = focused?.closest<HTMLElement>("[data-message]")?.dataset.message;
  const pane = focused?.closest<HTMLElement>("[data-pane]")?.dataset.pane;
  return () => {
    if (document.activeElement !== document.body) return;
    const message =
      id === undefined
        ? null
        : document.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
    const log = document.querySelector<HTMLElement>(`[data-log="${pane}"]`);
    (message ?? log)?.focus({ preventScroll: true });
  };
}

/** So many announcements are kept for a screen reader that is still reading. */
const ANNOUNCEMENTS_KEPT = 10;

/** Tells screen readers what the bot says in what is shown, by its one-line summary. */
export function announce(state: State, { place, from, content }: Shown): void {
  const announcer = document.querySelector("#announcer");
  if (!announcer || !content || !panes.some((pane) => placeOf(state, pane) === place)) return;
  const line = document.createElement("p");
  line.lang = content.locale;
  line.textContent = say(state, "said", { name: nameOf(state, from), text: content.summary });
  announcer.append(line);
  while (announcer.children.length > ANNOUNCEMENTS_KEPT) announcer.firstElementChild?.remove();
}

/** What stands on the page now is seen: on a narrow one only the pane in front. */
export function seenNow(state: State): ReadonlyMap<Pane, number> {
  const narrow = !matchMedia("(min-width: 64rem)").matches;
  const seq = state.model?.seq ?? 0;
  const seen = new Map(state.seen);
  for (const pane of panes) if (!narrow || pane === state.pane) seen.set(pane, seq);
  return seen;
}
