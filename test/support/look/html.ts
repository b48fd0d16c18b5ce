/** Small pieces of HTML. Whatever was said by anybody goes through `escaped`. */

export type Json = { readonly [key: string]: unknown };

/** A look has a theme and a width. */
export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Where the bytes of a picture are: a data URL, or undefined while there are none. */
export type PictureAt = (id: string) => string | undefined;

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Words as they stand, line by line. */
export function lines(text: string): string {
  return escaped(text).replaceAll("\n", "<br>");
}

export function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A picture, as wide as there is room and it has dots for. */
export function picture(source: string | undefined, alt: string): string {
  if (source === undefined) return `<div class="missing">${lines(alt)}</div>`;
  return `<img src="${source}" alt="${escaped(alt)}">`;
}

export function pngUrl(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  return `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
}
