/** Long words on a card that has many lines. Pure. */
import type { Texts } from "../locales/index.ts";
import { clip } from "./survey/drawing.ts";

/** Of what was and what is now each is shortened by itself, to where they begin to differ. */
export function clipSides(texts: Texts, value: string, most: number): string {
  const [from, to, ...more] = value.split(texts.text("change.from-to", { from: "", to: "" }));
  if (from === undefined || to === undefined || more.length > 0) return clip(value, 2 * most);
  const longest = Math.max(from.length, to.length);
  const same = [...from].findIndex((letter, n) => letter !== [...to][n]);
  const begin = longest > most ? Math.max(0, same - Math.floor(most / 4)) : 0;
  const side = (text: string) =>
    `${begin > 0 ? "…" : ""}${clip([...text].slice(begin).join(""), most)}`;
  return texts.text("change.from-to", { from: side(from), to: side(to) });
}
