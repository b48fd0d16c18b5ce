/** Our messages as plain JSON for the page; pictures become files beside the transcript. */
import { createHash } from "node:crypto";
import type { FilePart, Form, Link, Message, Part } from "../../src/platform.ts";
import type { Content, ContentPart } from "./entries.ts";
import type { OpenForm } from "./wire.ts";

export interface Rendered {
  readonly content: Content;
  /** PNG bytes by file name; the name is their hash, so the same picture is kept once. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** `hold` keeps a file for its reader and gives the token that it is had by. */
export function renderMessage(message: Message, hold: (file: FilePart) => string): Rendered {
  const pictures = new Map<string, Uint8Array>();
  const parts = message.parts.flatMap((part) =>
    part.kind === "file"
      ? [{ kind: part.kind, token: hold(part.file), title: part.file.title }]
      : renderPart(part, pictures),
  );
  return { content: { summary: message.summary, locale: message.locale, parts }, pictures };
}

/** The form as it goes to the page; `message` is where the button was that opened it. */
export function renderForm(form: Form, message: string | undefined): OpenForm {
  return message === undefined ? form : { ...form, message };
}

function renderPart(
  part: Exclude<Part, { kind: "file" }>,
  pictures: Map<string, Uint8Array>,
): ContentPart[] {
  switch (part.kind) {
    case "picture": {
      const { png, width, height, alt } = part.picture;
      const file = `${createHash("sha256").update(png).digest("hex")}.png`;
      pictures.set(file, png);
      return [{ kind: "picture", file, width, height, alt }];
    }
    case "link":
      return isSafe(part.link) ? [{ kind: "link", link: part.link }] : [];
    case "quote": {
      const { link, marks, ...words } = part;
      const quote =
        marks === undefined
          ? words
          : { ...words, marks: marks.map(([a, b]) => [a, b] satisfies [number, number]) };
      return [link && isSafe(link) ? { ...quote, link } : quote];
    }
    case "bars": {
      const bars = part.bars.map((bar) => ({ ...bar, share: clampShare(bar.share) }));
      return [{ kind: "bars", title: part.title, bars }];
    }
    case "facts":
      return [{ kind: "facts", rows: part.rows.map(([label, value]) => [label, value]) }];
    case "scale":
    case "choices":
    case "actions":
    case "menu":
      return [{ ...part, options: [...part.options] }];
    default:
      return [part];
  }
}

/** Only what a browser opens as a page: `javascript:` and the like never become a link. */
function isSafe(link: Link): boolean {
  const protocol = URL.parse(link.url)?.protocol;
  return protocol === "http:" || protocol === "https:";
}

/** A bar is between nothing and all, whatever a division gave. */
function clampShare(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}
